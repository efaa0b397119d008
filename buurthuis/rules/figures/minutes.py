"""Time as whole numbers, for counting much of it quickly: stretches of minutes since 1970, and days.

A list of stretches is in order and nothing in it overlaps, unless it says otherwise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, TypeAlias

from buurthuis.rules.calendar import day_period, minute_of, moment
from buurthuis.rules.periods import Period

Stretch: TypeAlias = tuple[int, int]

PRIME_FROM: Final = 18 * 60
"""On weekdays the evening is what everybody wants; on Saturday it is the whole day."""
_SATURDAY: Final = 5
_AN_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the clock in Amsterdam: 24 hours, 23 in spring, 25 in autumn."""

    date: date
    start: int
    end: int
    hours: tuple[int, ...]
    """What the clock shows in each hour that passes: in autumn 2 comes twice."""
    prime: tuple[Stretch, ...]


@lru_cache(maxsize=4096)
def the_day(day: date) -> Day:
    """A day in minutes."""
    period = day_period(day)
    start, end = number_of(period.start), number_of(period.end)
    passing = range((end - start) // 60)
    hours = tuple(minute_of(period.start + ahead * _AN_HOUR) // 60 for ahead in passing)
    return Day(day, start, end, hours, _prime_on(day, start, end))


def _prime_on(day: date, start: int, end: int) -> tuple[Stretch, ...]:
    if day.weekday() > _SATURDAY:
        return ()
    return ((start if day.weekday() == _SATURDAY else number_of(moment(day, PRIME_FROM)), end),)


def number_of(moment: datetime) -> int:
    """A moment as the number of its minute since 1970."""
    return int(moment.timestamp()) // 60


def stretch(period: Period) -> Stretch:
    """A period in minutes."""
    return number_of(period.start), number_of(period.end)


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time as a list in order; what is given may overlap."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def cut(stretches: Iterable[Stretch], start: int, end: int) -> list[Stretch]:
    """What lies between two minutes."""
    return [
        (max(start, since), min(end, until))
        for since, until in stretches
        if since < end and until > start
    ]


def common(stretches: Iterable[Stretch], others: Sequence[Stretch]) -> list[Stretch]:
    """What lies in both."""
    return [both for start, end in stretches for both in cut(others, start, end)]


def without(stretches: Iterable[Stretch], holes: Sequence[Stretch]) -> list[Stretch]:
    """What is left when holes are taken out."""
    left = []
    for start, end in stretches:
        at = start
        for hole_start, hole_end in cut(holes, start, end):
            if hole_start > at:
                left.append((at, hole_start))
            at = hole_end
        if at < end:
            left.append((at, end))
    return left


def length(stretches: Iterable[Stretch]) -> int:
    """How many minutes they have."""
    return sum(end - start for start, end in stretches)
