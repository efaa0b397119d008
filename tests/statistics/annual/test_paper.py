"""The annual sheet on paper: always two pages, for every reader, and the same bytes for the same sheet."""

import io
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from flask_babel import force_locale
from pypdf import PdfReader

from buurthuis.rules.few_words import MOST_WORDS
from buurthuis.statistics.annual.content import annual_sheet
from buurthuis.statistics.annual.paper import annual_paper
from buurthuis.statistics.annual.subject import Subject
from tests.statistics.annual.subjects import a_story, houses_together, one_house

LONG = (
    "Stichting Multicultureel Buurthuis en Ontmoetingscentrum De Vrolijke Buren van de "
    "Rivierenbuurt en Omstreken Zuid"
)
LONG_WORDS = " ".join(["ontmoetingsactiviteiten"] * MOST_WORDS)
NEW_YEARS_EVE = date(2025, 12, 31)


@pytest.fixture(autouse=True)
def _in_the_program(app):
    with app.app_context():
        yield


def drawn(subject: Subject, language: str = "nl") -> bytes:
    """The paper in a language."""
    with force_locale(language):
        sheet = annual_sheet(subject, file="jaarbeeld-2025.csv", checksum="0123abcd" * 8)
    return annual_paper(sheet, counted_until=NEW_YEARS_EVE)


def read_back(paper: bytes) -> PdfReader:
    """The paper as a reader has it."""
    return PdfReader(io.BytesIO(paper))


@cache
def one_line(text: str) -> str:
    """Without the ends of lines, which are where the paper put them."""
    return " ".join(text.split())


def crowded(number: int) -> Subject:
    """Everything as long as it can be."""
    whole = houses_together(number)
    named = tuple(replace(each, name=f"{LONG} {each.id}") for each in whole.houses)
    return replace(
        whole,
        houses=named,
        each=tuple(
            (house, figures) for house, (_old, figures) in zip(named, whole.each, strict=True)
        ),
        stories=(a_story(1, text=LONG_WORDS), a_story(2, text=LONG_WORDS)),
        stops=tuple((house.name, LONG_WORDS) for house in named[:6]),
    )


@pytest.mark.parametrize(
    "subject",
    [
        pytest.param(one_house, id="one house"),
        pytest.param(lambda: one_house(LONG), id="a long name"),
        pytest.param(lambda: one_house(stories=(), stops=()), id="without stories"),
        pytest.param(lambda: houses_together(6), id="six houses"),
        pytest.param(lambda: houses_together(12), id="twelve houses"),
        pytest.param(lambda: crowded(6), id="everything long"),
        pytest.param(lambda: crowded(12), id="twelve long houses"),
    ],
)
def test_it_is_always_two_pages_and_keeps_its_promise_to_readers(subject):
    paper = drawn(subject())

    assert len(read_back(paper).pages) == 2
    assert b"pdfuaid" in paper


def test_everything_of_the_sheet_stands_on_paper():
    subject = houses_together(6)
    with force_locale("nl"):
        sheet = annual_sheet(subject, file="jaarbeeld-2025.csv", checksum="0123abcd" * 8)
    first, second = (one_line(page.extract_text()) for page in read_back(drawn(subject)).pages)

    for large in sheet.bigs:
        assert one_line(large.value) in first
        assert large.label in first
    for row in (*sheet.table.rows, sheet.table.total):
        assert one_line(" ".join(row)) in first
    for words in (sheet.title, sheet.paid.sentence, sheet.checksum, *sheet.stops):
        assert one_line(words) in first
    for meaning in sheet.meanings:
        for words in (meaning.label, meaning.code, meaning.means, meaning.caveat):
            assert one_line(words) in second


def test_the_table_of_twelve_houses_stands_on_the_second_page():
    first, second = (page.extract_text() for page in read_back(drawn(houses_together(12))).pages)

    assert "Per huis" not in first
    assert "Per huis" in second


def test_a_screen_reader_hears_title_language_headings_and_the_picture():
    reader = read_back(drawn(one_house()))
    root = reader.root_object

    assert reader.metadata.creation_date.date() == NEW_YEARS_EVE
    assert reader.metadata.title == "Jaarbeeld 2025: De Meevaart"
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    tags = list(_tags(root["/StructTreeRoot"]))
    kinds = [tag.get("/S") for tag in tags]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") >= 5
    assert {"/Table", "/TH", "/Figure"} <= set(kinds)
    [alt] = [str(tag["/Alt"]) for tag in tags if tag.get("/S") == "/Figure"]
    assert "jan–mrt: 1.000 uur" in alt


def _tags(node):
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        tag = child.get_object()
        if hasattr(tag, "get"):
            yield tag
            yield from _tags(tag)


def test_the_same_sheet_gives_the_same_bytes():
    assert drawn(houses_together(3)) == drawn(houses_together(3))


def test_another_number_gives_other_bytes():
    assert drawn(houses_together(3)) != drawn(houses_together(3, stops=()))


def test_it_is_drawn_in_english_too():
    reader = read_back(drawn(one_house(), "en"))

    assert reader.root_object["/Lang"] == "en"
    assert "Who used the rooms?" in reader.pages[0].extract_text()


def test_a_name_in_any_letters_is_drawn():
    assert drawn(one_house("بيت الحي *#eval(1)* $x$")).startswith(b"%PDF-")
