"""How the annual sheet writes days, hours and values where there is little room."""

from datetime import date
from fractions import Fraction
from typing import Final

from babel.dates import format_date
from flask_babel import gettext as _

from buurthuis.foundation.formatting import euros, language, number
from buurthuis.rules.figures.codes import Unit
from buurthuis.rules.figures.figure import Figure
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.money import Cents
from buurthuis.statistics.words import shown, written

UNKNOWN: Final = "–"
_HOUR: Final = 60
_WHOLE_FROM: Final = 10


def hours_of(minutes: int) -> str:
    """A length with its unit: "1.204 uur"."""
    return written("", Fraction(minutes), Unit.MINUTES)


def bare(figure: Figure) -> str:
    """The value without its unit, for under a head that says it; a dash where there is none."""
    if figure.value is None:
        return shown(figure)
    if figure.unit is Unit.CENTS:
        return whole_euros(round(figure.value))
    if figure.unit is not Unit.MINUTES:
        return shown(figure)
    hours = figure.value / _HOUR
    return number(round(hours) if hours >= _WHOLE_FROM else round(float(hours), 1))


def whole_euros(cents: Cents) -> str:
    """An amount without its cents: on this sheet they say nothing."""
    return euros(round(Fraction(cents, 100)) * 100).removesuffix(",00").removesuffix(".00")


def hours_open(figure: Figure) -> Figure:
    """How long the building was open for somebody: what stands above the line of GEB."""
    return figure.numerator_alone(Unit.MINUTES)


def long_day(day: date) -> str:
    """A day without its weekday: "31 december 2026"."""
    return format_date(day, "d MMMM y", locale=language())


def days_of(span: Span) -> str:
    """The first and the last day, both of which belong to it; the year once where there is one."""
    first, last = span.first, span.last
    if first == last:
        return long_day(first)
    begin = long_day(first) if first.year != last.year else _day_and_month(first)
    return _("%(first)s up to and including %(last)s", first=begin, last=long_day(last))


def _day_and_month(day: date) -> str:
    return format_date(day, "d MMMM", locale=language())
