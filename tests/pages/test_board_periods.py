"""Which days an address asks for, what they are called, and into which pieces a picture cuts them."""

from datetime import date

import pytest
from flask_babel import force_locale

from buurthuis.pages.board.periods import (
    beside,
    chosen,
    of_days,
    of_month,
    of_quarter,
    of_year,
    offered,
)
from buurthuis.pages.board.reading import before_in_step
from buurthuis.pages.board.steps import coarse_steps_of, steps_of
from buurthuis.rules.figures.spans import Span, year_span

TODAY = date(2026, 5, 20)

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def dutch(app):
    with app.app_context(), force_locale("nl"):
        yield


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ({}, date(2026, 1, 1), date(2026, 12, 31)),
        ({"year": "2024"}, date(2024, 1, 1), date(2024, 12, 31)),
        ({"quarter": "2025-4"}, date(2025, 10, 1), date(2025, 12, 31)),
        ({"month": "2024-02"}, date(2024, 2, 1), date(2024, 2, 29)),
        ({"from": "2026-03-02", "until": "2026-03-08"}, date(2026, 3, 2), date(2026, 3, 8)),
    ],
)
def test_an_address_names_its_days(words, first, last):
    span = chosen(words, TODAY).span

    assert (span.first, span.last) == (first, last)


@pytest.mark.parametrize(
    "words",
    [
        {"year": "2031"},
        {"year": "1999"},
        {"year": "x"},
        {"year": "²026"},
        {"quarter": "2025-5"},
        {"quarter": "2025"},
        {"month": "2025-13"},
        {"month": "2026-06"},
        {"from": "2026-03-08", "until": "2026-03-02"},
        {"from": "2026-03-08"},
        {"from": "2002-01-01", "until": "2026-01-01"},
        {"from": "9999-12-30", "until": "9999-12-31"},
    ],
)
def test_days_that_are_not_there_are_this_year(words):
    assert chosen(words, TODAY) == of_year(2026)


def test_what_was_chosen_stands_in_the_address_again():
    for each in [of_year(2025), of_quarter(2025, 3), of_month(2025, 7), *offered(TODAY)]:
        assert chosen(dict(each.address), TODAY) == each


def test_days_have_a_name():
    assert of_year(2025).name == "2025"
    assert of_month(2025, 3).name == "maart 2025"
    assert of_quarter(2025, 1).name == "kwartaal 1 van 2025"
    days = of_days(date(2025, 3, 3), date(2025, 3, 9))
    assert days.name == "maandag 3 maart tot en met zondag 9 maart 2025"
    months = of_days(date(2025, 1, 1), date(2025, 2, 28))
    assert months.name == "januari 2025 tot en met februari 2025"


def test_this_year_and_the_last_are_offered_first():
    names = [each.name for each in offered(date(2026, 1, 3))]

    assert names[:3] == ["2026", "2025", "2024"]
    assert names[-2:] == ["januari 2026", "december 2025"]


def test_there_is_a_way_to_the_days_before_and_after():
    before, after = beside(of_quarter(2026, 1), TODAY)

    assert before == of_quarter(2025, 4)
    assert after == of_quarter(2026, 2)
    assert beside(of_year(2026), TODAY) == (of_year(2025), None)
    assert beside(of_month(2025, 12), TODAY) == (of_month(2025, 11), of_month(2026, 1))
    assert beside(of_days(date(2025, 3, 3), date(2025, 3, 9)), TODAY) == (None, None)


def test_a_year_is_cut_into_months_and_a_long_time_into_quarters_or_years():
    assert [each.short for each in steps_of(year_span(2025))] == list("JFMAMJJASOND")
    assert [each.short for each in coarse_steps_of(year_span(2025))] == [
        "kw 1",
        "kw 2",
        "kw 3",
        "kw 4",
    ]
    assert len(steps_of(Span(date(2024, 1, 1), date(2026, 1, 1)))) == 8
    years = steps_of(Span(date(2020, 5, 1), date(2024, 2, 1)))
    assert [each.short for each in years] == ["’20", "’21", "’22", "’23", "’24"]
    assert [each.short for each in steps_of(of_quarter(2025, 1).span)] == ["jan", "feb", "mrt"]


def test_each_piece_meets_the_same_piece_of_the_year_before():
    february = of_month(2024, 2).span

    assert before_in_step(february, year_span(2024)) == of_month(2023, 2).span


def test_each_piece_of_some_weeks_meets_days_as_many_before():
    weeks = Span(date(2026, 3, 9), date(2026, 4, 6))
    piece = Span(date(2026, 4, 1), date(2026, 4, 6))

    assert before_in_step(piece, weeks) == Span(date(2026, 3, 4), date(2026, 3, 9))
