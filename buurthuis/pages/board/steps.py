"""The columns of a picture: months, quarters or years of the days asked, with a short and a long name."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.dates import format_date
from flask_babel import gettext as _

from buurthuis.foundation.formatting import language, month
from buurthuis.pages.board.periods import quarter_name, quarter_number
from buurthuis.rules.figures.spans import Span, months_in, quarters_in

MOST_STEPS: Final = 18
MOST_LETTERS: Final = 6


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of the days asked, and how it is called."""

    span: Span
    short: str
    long: str

    @property
    def names(self) -> tuple[str, str]:
        """Both names, for a picture."""
        return self.short, self.long


def steps_of(span: Span) -> list[Step]:
    """Months; quarters where there are too many, and years where there are too many of those."""
    months = months_in(span)
    if len(months) <= MOST_STEPS:
        width = "MMMMM" if len(months) > MOST_LETTERS else "MMM"
        return [Step(each, _month(each.first, width), month(each.first)) for each in months]
    return coarse_steps_of(span)


def coarse_steps_of(span: Span) -> list[Step]:
    """Quarters, or years where there are too many."""
    quarters = quarters_in(span)
    if len(quarters) <= 8:
        return [_quarter(each) for each in quarters]
    return [Step(each, _short_year(each.first), str(each.first.year)) for each in _years_in(span)]


def _quarter(span: Span) -> Step:
    short = _("Q%(number)s", number=quarter_number(span.first))
    return Step(span, short, quarter_name(span.first))


def _years_in(span: Span) -> list[Span]:
    found: list[Span] = []
    first = span.first
    while first < span.after:
        after = min(date(first.year + 1, 1, 1), span.after)
        found.append(Span(first, after))
        first = after
    return found


def _month(on: date, width: str) -> str:
    return format_date(on, width, locale=language()).removesuffix(".")


def _short_year(on: date) -> str:
    return f"’{on.year % 100:02}"
