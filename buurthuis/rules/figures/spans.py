"""Spans of days for which figures are asked, and the span with which each is compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from buurthuis.rules.calendar import moment
from buurthuis.rules.periods import Period

_A_DAY: Final = timedelta(days=1)


class NoSuchSpan(ValueError):
    """A span without days."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from `first` until the day before `after`, on the clock of the houses."""

    first: date
    after: date

    def __post_init__(self) -> None:
        if self.after <= self.first:
            raise NoSuchSpan(f"{self.first} to {self.after}")

    @property
    def last(self) -> date:
        """The last day that belongs to it."""
        return self.after - _A_DAY

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.after - self.first).days

    @property
    def period(self) -> Period:
        """The same as moments, from midnight to midnight."""
        return Period(moment(self.first, 0), moment(self.after, 0))

    def __iter__(self) -> Iterator[date]:
        """Each day."""
        return (self.first + ahead * _A_DAY for ahead in range(self.days))

    def __contains__(self, day: date) -> bool:
        """Whether a day belongs to it."""
        return self.first <= day < self.after

    @property
    def is_of_whole_months(self) -> bool:
        """It begins and ends with a month."""
        return self.first.day == 1 and self.after.day == 1


def year_span(year: int) -> Span:
    """A calendar year."""
    return Span(date(year, 1, 1), date(year + 1, 1, 1))


def months_back(day: date, months: int) -> date:
    """The same day so many months earlier; the last day of that month where it is shorter."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    first = date(year, month + 1, 1)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (after - first).days) - 1)


def before(span: Span) -> Span:
    """With what a span is compared: as many months, else days, just before it.

    What is longer than half a year is compared with the same days of the year before, so that
    summers meet summers.
    """
    if span.days > 180:
        years = -(-span.days // 366)
        return Span(months_back(span.first, 12 * years), months_back(span.after, 12 * years))
    if span.is_of_whole_months:
        months = (span.after.year - span.first.year) * 12 + span.after.month - span.first.month
        return Span(months_back(span.first, months), span.first)
    return Span(span.first - span.days * _A_DAY, span.first)


def until_yesterday(span: Span, today: date) -> Span | None:
    """The part of a span that is over; None when nothing is. What is to come is no result."""
    after = min(span.after, today)
    return Span(span.first, after) if after > span.first else None


def months_in(span: Span) -> list[Span]:
    """The months that a span touches, the first and the last cut to it."""
    found = []
    first = span.first
    while first < span.after:
        next_month = months_back(first.replace(day=1), -1)
        found.append(Span(first, min(next_month, span.after)))
        first = next_month
    return found


def quarters_in(span: Span) -> list[Span]:
    """The quarters that a span touches, the first and the last cut to it."""
    found: list[Span] = []
    for month in months_in(span):
        if found and (month.first.month - 1) % 3:
            found[-1] = Span(found[-1].first, month.after)
        else:
            found.append(month)
    return found
