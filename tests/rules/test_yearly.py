"""Amounts of years: each day of a year has as much, and a year that nobody wrote down has none."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.figures.spans import Span, months_in, year_span
from buurthuis.rules.yearly import days_of, falls_in, years_in

DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))


def test_a_whole_year_has_the_whole_amount():
    assert falls_in({2024: 36_600}, year_span(2024)) == 36_600


def test_a_span_over_two_years_takes_from_both():
    span = Span(date(2025, 12, 31), date(2026, 1, 3))

    assert falls_in({2025: 36_500, 2026: 73_000}, span) == 100 + 400
    assert list(years_in(span)) == [2025, 2026]


def test_a_year_that_misses_makes_it_unknown():
    assert falls_in({2025: 36_500}, Span(date(2025, 12, 31), date(2026, 1, 3))) is None


def test_a_day_of_a_leap_year_has_a_little_less():
    assert falls_in({2024: 366}, Span(date(2024, 2, 29), date(2024, 3, 1))) == Fraction(1)


def test_a_year_elsewhere_has_no_days_in_a_span():
    assert days_of(2020, year_span(2024)) == 0


@given(first=DAYS, last=DAYS, cents=st.integers(0, 10**8))
def test_months_add_up_to_their_span(first, last, cents):
    first, last = min(first, last), max(first, last)
    span = Span(first, date.fromordinal(last.toordinal() + 1))
    yearly = dict.fromkeys(range(2023, 2028), cents)

    assert sum(falls_in(yearly, month) for month in months_in(span)) == falls_in(yearly, span)
