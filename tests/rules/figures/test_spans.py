"""Spans of days: what they are compared with, and how they are cut."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.figures.spans import (
    NoSuchSpan,
    Span,
    before,
    months_back,
    months_in,
    quarters_in,
    until_yesterday,
    year_span,
)

firsts = st.dates(date(2020, 1, 1), date(2030, 1, 1))
spans = st.builds(
    lambda first, days: Span(first, first + timedelta(days=days)), firsts, st.integers(1, 800)
)


def span(first: str, after: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(after))


def test_a_span_has_at_least_one_day():
    with pytest.raises(NoSuchSpan):
        span("2026-10-05", "2026-10-05")


def test_a_span_knows_its_days():
    week = span("2026-10-19", "2026-10-26")

    assert week.days == len(list(week)) == 7
    assert week.last == date(2026, 10, 25) in week
    assert week.after not in week
    assert week.period.minutes == (7 * 24 + 1) * 60, "the clock goes back in it"
    assert not week.is_of_whole_months
    assert year_span(2026).is_of_whole_months


@pytest.mark.parametrize(
    ("first", "after", "earlier_first", "earlier_after"),
    [
        ("2026-01-01", "2027-01-01", "2025-01-01", "2026-01-01"),
        ("2024-01-01", "2026-01-01", "2022-01-01", "2024-01-01"),
        ("2026-04-01", "2026-07-01", "2026-01-01", "2026-04-01"),
        ("2026-01-01", "2026-02-01", "2025-12-01", "2026-01-01"),
        ("2026-10-05", "2026-10-12", "2026-09-28", "2026-10-05"),
        ("2026-01-01", "2026-10-09", "2025-01-01", "2025-10-09"),
        ("2024-02-29", "2024-12-01", "2023-02-28", "2023-12-01"),
    ],
)
def test_a_span_is_compared_with_what_is_alike(first, after, earlier_first, earlier_after):
    assert before(span(first, after)) == span(earlier_first, earlier_after)


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        ("2026-03-31", 1, "2026-02-28"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-12-31", 12, "2025-12-31"),
        ("2026-12-01", -1, "2027-01-01"),
    ],
)
def test_months_back_stays_on_the_day_or_ends_with_the_month(day, months, found):
    assert months_back(date.fromisoformat(day), months) == date.fromisoformat(found)


def test_what_is_to_come_is_no_result():
    week = span("2026-10-05", "2026-10-12")

    assert until_yesterday(week, date(2026, 10, 8)) == span("2026-10-05", "2026-10-08")
    assert until_yesterday(week, date(2026, 11, 1)) == week
    assert until_yesterday(week, date(2026, 10, 5)) is None


@given(spans)
def test_months_and_quarters_are_all_days_of_a_span_once(whole):
    days = list(whole)

    for parts in (months_in(whole), quarters_in(whole)):
        assert [day for part in parts for day in part] == days
    assert all(part.first.month == part.last.month for part in months_in(whole))
    named = [(part.first.year, (part.first.month - 1) // 3) for part in quarters_in(whole)]
    assert len(set(named)) == len(named)
