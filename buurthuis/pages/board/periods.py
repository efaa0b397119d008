"""Which days are asked for by an address: a year, a quarter, a month, or days of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flask_babel import gettext as _

from buurthuis.foundation.formatting import day, month
from buurthuis.rules.figures.spans import Span, months_back, year_span

FIRST_YEAR: Final = 2000
LONGEST_DAYS: Final = 3660
_A_DAY: Final = timedelta(days=1)

Address = dict[str, str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Days with their name, and the words in the address that ask for them."""

    span: Span
    address: tuple[tuple[str, str], ...]

    @property
    def is_year(self) -> bool:
        """It is a calendar year."""
        return self.span == year_span(self.span.first.year)

    @property
    def name(self) -> str:
        """How it is called: "2026", "kwartaal 1 van 2026", "maart 2026"."""
        first, last = self.span.first, self.span.last
        if self.is_year:
            return str(first.year)
        if self.address[0][0] == "quarter":
            return quarter_name(first)
        if self.span.days == 1:
            return _with_year(first)
        if not self.span.is_of_whole_months:
            return _(
                "%(first)s to %(last)s",
                first=day(first, last.year),
                last=_with_year(last),
            )
        if (first.year, first.month) == (last.year, last.month):
            return month(first)
        return _("%(first)s up to and including %(last)s", first=month(first), last=month(last))


def chosen(words: Mapping[str, str], today: date) -> Chosen:
    """The days that an address asks for; this year when it asks for none, or for none there are."""
    for read in (_own, _month, _quarter, _year):
        found = read(words)
        if found is not None and _is_known(found.span, today):
            return found
    return of_year(today.year)


def of_year(year: int) -> Chosen:
    """A calendar year."""
    return Chosen(year_span(year), (("year", str(year)),))


def of_quarter(year: int, quarter: int) -> Chosen:
    """A quarter, the first is 1."""
    first = date(year, quarter * 3 - 2, 1)
    return Chosen(Span(first, months_back(first, -3)), (("quarter", f"{year}-{quarter}"),))


def quarter_of(on: date) -> Chosen:
    """The quarter in which a day lies."""
    return of_quarter(on.year, quarter_number(on))


def quarter_name(on: date) -> str:
    """How the quarter of a day is called."""
    return _("quarter %(number)s of %(year)s", number=quarter_number(on), year=on.year)


def quarter_number(on: date) -> int:
    """Which quarter of its year a day lies in; the first is 1."""
    return (on.month + 2) // 3


def of_month(year: int, number: int) -> Chosen:
    """A month."""
    first = date(year, number, 1)
    return Chosen(Span(first, months_back(first, -1)), (("month", f"{year}-{number:02}"),))


def of_days(first: date, last: date) -> Chosen:
    """Days of one's own, both included."""
    address = (("from", first.isoformat()), ("until", last.isoformat()))
    return Chosen(Span(first, last + _A_DAY), address)


def offered(today: date) -> list[Chosen]:
    """What people ask for most: this year and the last two, this quarter and month and those before."""
    last_month = months_back(today.replace(day=1), 1)
    this_quarter = quarter_of(today)
    return [
        *(of_year(today.year - back) for back in range(3)),
        this_quarter,
        quarter_of(months_back(this_quarter.span.first, 3)),
        of_month(today.year, today.month),
        of_month(last_month.year, last_month.month),
    ]


def beside(here: Chosen, today: date) -> tuple[Chosen | None, Chosen | None]:
    """The same kind of days before and after, as far as there are any."""
    first, key = here.span.first, here.address[0][0]
    if key == "year":
        found = [of_year(first.year + step) for step in (-1, 1)]
    elif key == "quarter":
        found = [quarter_of(months_back(first, step)) for step in (3, -3)]
    elif key == "month":
        found = [
            of_month(each.year, each.month) for each in (months_back(first, 1), here.span.after)
        ]
    else:
        return None, None
    before, after = (each if _is_known(each.span, today) else None for each in found)
    return before, after


def _is_known(span: Span, today: date) -> bool:
    begun = span.first <= today and span.first.year >= FIRST_YEAR
    return begun and span.days <= LONGEST_DAYS


def _own(words: Mapping[str, str]) -> Chosen | None:
    try:
        first, last = (date.fromisoformat(words.get(key, "")) for key in ("from", "until"))
        return of_days(first, last) if first <= last and last.year < date.max.year else None
    except ValueError:
        return None


def _month(words: Mapping[str, str]) -> Chosen | None:
    numbers = _numbers(words.get("month", ""))
    return of_month(*numbers) if numbers and 1 <= numbers[1] <= 12 else None


def _quarter(words: Mapping[str, str]) -> Chosen | None:
    numbers = _numbers(words.get("quarter", ""))
    return of_quarter(*numbers) if numbers and 1 <= numbers[1] <= 4 else None


def _year(words: Mapping[str, str]) -> Chosen | None:
    numbers = _numbers(words.get("year", "") + "-1")
    return of_year(numbers[0]) if numbers else None


def _numbers(text: str) -> tuple[int, int] | None:
    """A year with something after it: "2026-3"."""
    year, _dash, rest = text.partition("-")
    both = (year, rest)
    if not all(each.isascii() and each.isdigit() and len(each) <= 4 for each in both):
        return None
    found = int(year), int(rest)
    return found if FIRST_YEAR <= found[0] < 9000 else None


def _with_year(on: date) -> str:
    return f"{day(on)} {on.year}"
