"""The board finds the annual sheet in a few steps, sees what stands on it, and takes the files along."""

import csv
import hashlib
import io
import zipfile

import pytest
import time_machine
from pypdf import PdfReader

from buurthuis.accounts.models import RoleName
from tests.builders import a_person, a_role, a_venue
from tests.language.reader import leaks
from tests.pages.reading import in_english, link_called

MOST_PRESSES = 5
YEAR = "/board/annual?year=2026"

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def board(chandra, in_april, sign_in):
    """The browser of Chandra."""
    return in_english(sign_in(chandra))


def test_the_page_says_what_stands_on_the_sheet(board):
    page = board.get(YEAR).text

    assert "Annual sheet 2026, until now" in page
    assert "1 January up to and including 1 April 2026" in page
    for words in ("hours open", "Who paid?", "Who used the rooms?", "De Kajuit", "Not known yet"):
        assert words in page


def test_the_page_speaks_dutch_and_nothing_else(chandra, in_april, sign_in):
    browser = sign_in(chandra)
    browser.set_cookie("language", "nl")
    page = browser.get(YEAR).text

    assert "Jaarbeeld 2026, tot nu toe" in page
    assert leaks(page.partition("<main")[2], language="nl") == []


def test_from_the_front_page_to_the_file_takes_few_presses(board):
    page, presses = board.get("/"), 0
    for words in ("Figures", "Annual sheet", "Download the sheet"):
        page, presses = board.get(link_called(page, words)), presses + 1

    assert page.mimetype == "application/pdf"
    assert presses <= MOST_PRESSES


def test_every_file_fits_the_others(board):
    numbers = board.get("/board/annual/csv?year=2026")
    checksum = board.get("/board/annual/sha256?year=2026").text
    paper = PdfReader(io.BytesIO(board.get("/board/annual/pdf?year=2026").data))

    digest = hashlib.sha256(numbers.data).hexdigest()
    assert checksum == f"{digest}  jaarbeeld-2026.csv\n"
    assert digest in paper.pages[0].extract_text()
    assert digest in board.get(YEAR).text
    assert 'filename="jaarbeeld-2026.csv"' in numbers.headers["Content-Disposition"]
    assert {line["venue"] for line in csv.DictReader(io.StringIO(numbers.text))} == {
        *("", "kajuit", "meevaart"),
    }


def test_the_zip_has_the_sheets_of_all_houses(board):
    answer = board.get("/board/annual/zip?year=2026")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        names = set(packed.namelist())

    assert names == {
        *("jaarbeeld-2026.csv", "jaarbeeld-2026.csv.sha256", "jaarbeeld-2026.pdf"),
        *("jaarbeeld-2026-kajuit.pdf", "jaarbeeld-2026-meevaart.pdf"),
    }
    assert answer.data == board.get("/board/annual/zip?year=2026").data


def test_a_house_alone_has_a_sheet_of_its_own(board):
    page = board.get(f"{YEAR}&venue=kajuit")
    paper = board.get("/board/annual/pdf?year=2026&venue=kajuit")

    assert "De Meevaart" not in page.text.partition("<h1")[2].partition("Other days")[0]
    assert 'filename="jaarbeeld-2026-kajuit.pdf"' in paper.headers["Content-Disposition"]
    assert PdfReader(io.BytesIO(paper.data)).metadata.title.endswith("De Kajuit")


def test_a_board_of_one_house_sees_no_other(houses, in_april, sign_in):
    person = a_person("Chandra")
    a_role(person, RoleName.BOARD, houses[1])
    browser = sign_in(person)

    numbers = browser.get("/board/annual/csv?year=2026").text
    assert {line["venue"] for line in csv.DictReader(io.StringIO(numbers))} == {"kajuit"}
    assert browser.get("/board/annual/csv?year=2026&venue=meevaart").status_code == 404
    assert browser.get(f"{YEAR}&venue=meevaart").status_code == 404


def test_somebody_of_two_houses_reads_that_it_is_about_two(houses, in_april, sign_in):
    a_venue("brug", name="De Brug")
    person = a_person("Chandra")
    for house in houses:
        a_role(person, RoleName.MANAGER, house)
    paper = in_english(sign_in(person)).get("/board/annual/pdf?year=2026")

    assert PdfReader(io.BytesIO(paper.data)).metadata.title.endswith("2 houses together")


def test_dirk_has_no_business_here(houses, in_april, sign_in):
    browser = sign_in(a_person("Dirk"))

    assert browser.get(YEAR).status_code == 404
    for kind in ("pdf", "csv", "sha256", "zip"):
        assert browser.get(f"/board/annual/{kind}?year=2026").status_code == 404


def test_on_the_first_day_of_a_year_there_is_no_sheet_yet(chandra, sign_in):
    with time_machine.travel("2027-01-01 10:00Z", tick=False):
        board = in_english(sign_in(chandra))
        assert "Nothing is over yet" in board.get("/board/annual").text
        assert board.get("/board/annual/pdf").status_code == 404


def test_a_room_in_the_address_changes_nothing(board):
    assert board.get(f"{YEAR}&room=hut&standing=private").status_code == 200


def test_any_words_in_the_address_give_a_page(board):
    for words in ("year=99999", "year=٢٠٢٦", "from=x", "quarter=2026-9", "year="):
        assert board.get(f"/board/annual?{words}").status_code == 200
