"""Amounts of calendar years, and what of them falls into other spans: by days, each day as much."""

from collections.abc import Mapping
from fractions import Fraction

from buurthuis.rules.figures.spans import Span, year_span
from buurthuis.rules.money import Cents


def years_in(span: Span) -> range:
    """The calendar years that a span touches."""
    return range(span.first.year, span.last.year + 1)


def days_of(year: int, span: Span) -> int:
    """How many days of a year belong to a span."""
    whole = year_span(year)
    return max(0, (min(span.after, whole.after) - max(span.first, whole.first)).days)


def falls_in(yearly: Mapping[int, Cents], span: Span) -> Fraction | None:
    """What of the amounts of years falls into a span, exact; None where a year of it has none.

    >>> from datetime import date
    >>> falls_in({2026: 365_00}, Span(date(2026, 2, 1), date(2026, 3, 1)))
    Fraction(2800, 1)
    """
    years = years_in(span)
    if any(year not in yearly for year in years):
        return None
    parts = (Fraction(yearly[year] * days_of(year, span), year_span(year).days) for year in years)
    return sum(parts, Fraction(0))
