"""Prime time, and the weeks and months in which use of it is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from buurthuis.rules.calendar import day_of, day_period, moment_forgiving
from buurthuis.rules.periods import Period, intersect, merge

_A_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_A_WEEK: Final = timedelta(days=7)


class Per(StrEnum):
    """Over which stretch of the calendar a quota counts."""

    WEEK = "week"  # Monday to Sunday
    MONTH = "month"


@dataclass(frozen=True, slots=True, order=True)
class PrimeTime:
    """A stretch of one weekday (Monday is 0) that many want, in minutes of the clock."""

    weekday: int
    starts: int
    ends: int


@lru_cache(maxsize=1024)
def span_of(per: Per, day: date) -> Period:
    """The week (from Monday) or the month in which a day lies, from midnight to midnight."""
    if per is Per.WEEK:
        first = day - day.weekday() * _A_DAY
        after = first + _A_WEEK
    else:
        first = day.replace(day=1)
        after = (first + 31 * _A_DAY).replace(day=1)
    return Period(day_period(first).start, day_period(after).start)


def spans_in(per: Per, period: Period) -> list[Period]:
    """The weeks or months that a period touches."""
    found = [span_of(per, day_of(period.start))]
    while found[-1].end < period.end:
        found.append(span_of(per, day_of(found[-1].end)))
    return found


def prime_within(windows: tuple[PrimeTime, ...], period: Period) -> list[Period]:
    """The prime time within a period, merged; a night that began the day before counts as well."""
    if not windows:
        return []
    first, last = day_of(period.start) - _A_DAY, day_of(period.end)
    return intersect(_prime_on(windows, first, last), [period])


@lru_cache(maxsize=1024)
def _prime_on(windows: tuple[PrimeTime, ...], first: date, last: date) -> tuple[Period, ...]:
    """The windows that begin on the days from first to last, both included."""
    days = [first + ahead * _A_DAY for ahead in range((last - first).days + 1)]
    found = []
    for day in days:
        for window in windows:
            if window.weekday == day.weekday():
                start, end = (
                    moment_forgiving(day, window.starts),
                    moment_forgiving(day, window.ends),
                )
                if start < end:  # In the night of the spring clock change nothing may be left.
                    found.append(Period(start, end))
    return tuple(merge(found))


def from_day(periods: Iterable[Period], day: date) -> list[Period]:
    """What lies on this day or later."""
    start = day_period(day).start
    return [
        Period(max(period.start, start), period.end) for period in periods if period.end > start
    ]


def minutes_in(periods: Iterable[Period], counted: Sequence[Period]) -> int:
    """The minutes, as they pass, that periods have of what is counted; twice the same counts twice."""
    return sum(
        (min(period.end, part.end) - max(period.start, part.start)) // _MINUTE
        for period in periods
        for part in counted
        if period.overlaps(part)
    )
