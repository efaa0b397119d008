"""The story of a board member with ten minutes: from the front page to the rows, and a sheet to send on."""

import csv
import hashlib
import io

import pytest
import time_machine
from pypdf import PdfReader

from buurthuis.accounts.models import RoleName
from buurthuis.accounts.tokens import make_token
from tests.accounts.mailbox import answer, ask, code_for
from tests.builders import a_person, a_role
from tests.pages.reading import in_english, link_called
from tests.rules.figures import golden
from tests.statistics.golden_rows import GoldenHouse

EMAIL = "chandra@board.example"
AFTERWARDS = "2026-10-20 10:00Z"
THE_WEEK = {"from": "2026-10-05", "until": "2026-10-11"}
FROM_SESSIONS = {"ROOSTER", "ROOSTER.AHEAD", "ROOSTER.FILL_DAYS"}
"""Which shifts there are follows from the sessions of a house; the week by hand just names some."""


@pytest.fixture
def house(app):
    """The house whose week was counted by hand."""
    return GoldenHouse()


@pytest.fixture
def chandra(house):
    person = a_person("Chandra", EMAIL)
    a_role(person, RoleName.BOARD, house.venue)
    return person


@pytest.fixture
def browser(client, chandra):
    """A browser in which nobody signed in yet, a week later."""
    with time_machine.travel(AFTERWARDS, tick=False):
        yield in_english(client)


def lines(page):
    assert page.status_code == 200, page.status_code
    return list(csv.DictReader(io.StringIO(page.text)))


def comes_in(browser):
    """From the front page with a code from her mail; the front page again."""
    browser.get(link_called(browser.get("/"), "Sign in"))
    ask(browser, EMAIL)
    answer(browser, EMAIL, code_for(EMAIL))
    return browser.get("/")


def test_chandra_finds_what_stands_behind_a_figure_and_takes_the_sheet_along(
    app, browser, chandra, house
):
    # She signs in, and the front page has the figures.
    front = comes_in(browser)
    overview = browser.get(link_called(front, "Figures"))
    assert "2026" in overview.text

    # She looks at one week, and opens the table of all figures.
    page = browser.get("/board", query_string=THE_WEEK)
    table = browser.get(link_called(page, "All figures"))
    assert ">12%<" in table.text

    # She opens the use of rooms, and takes the very rows behind it along: they add up.
    figure = browser.get(link_called(table, "Use (time)"))
    assert "22 hours of 188 hours" in figure.text
    rows = lines(browser.get(link_called(figure, "All rows as a file")))
    assert sum(int(row["Part"]) for row in rows) == 1320
    assert len(rows) == 8
    assert {row["Group"] for row in rows} == set(golden.GROUPS)

    # Her treasurer's program reads the same number.
    program = {"Authorization": f"Bearer {make_token(chandra)}"}
    days = {"from": "2026-10-05", "to": "2026-10-12", "venue": house.venue.slug}
    asked = app.test_client().get("/api/v1/figures", query_string=days, headers=program).json
    read = {each["code"]: each for each in asked["items"]}
    assert (read["BENUT"]["numerator"], read["BENUT"]["denominator"]) == (1320, 11280)

    # The annual sheet of that week is a paper, with its numbers and their checksum.
    annual = browser.get(link_called(page, "Annual sheet"))
    paper = browser.get(link_called(annual, "Download the sheet"))
    numbers = browser.get("/board/annual/csv", query_string=THE_WEEK)
    told = {(row["code"], row["venue"]): row for row in lines(numbers)}
    whole = told.get(("BENUT", ""), told.get(("BENUT", house.venue.slug)))
    assert (whole["numerator"], whole["denominator"]) == ("1320", "11280")
    digest = hashlib.sha256(numbers.data).hexdigest()
    text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(paper.data)).pages)
    assert digest in text


def test_every_figure_of_the_week_is_the_sum_of_its_rows(browser, house):
    comes_in(browser)
    table = lines(browser.get("/board/export/figures.csv", query_string=THE_WEEK))
    checked = set()
    for row in (each for each in table if each["Code"] not in FROM_SESSIONS):
        by_hand = golden.EXPECTED[row["Code"]]
        assert row["Part"] == str("" if by_hand.numerator is None else by_hand.numerator), row
        asked = {**THE_WEEK, "code": row["Code"]}
        file = browser.get("/board/export/rows.csv", query_string=asked)
        if file.status_code == 404 or not row["Part"] or row["Code"].startswith("VRIJ_EUR"):
            continue  # Medians and spreads have no rows that add up; hours are no euros.
        assert sum(int(each.get("Part", 1)) for each in lines(file)) == int(row["Part"]), row[
            "Code"
        ]
        checked.add(row["Code"].partition(".")[0])

    few = {"OPEN", "BENUT", "DAGDEEL", "STOEL", "GEB", "M2", "VERL", "AANTAL", "BEZOEK"}
    assert checked >= few | {"VRIJ_U", "KORT", "DEK", "GELIJK", "ONTM", "LEER"}
