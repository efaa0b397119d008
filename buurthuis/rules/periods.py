"""Periods of time, half-open: a period owns its first moment and not its last.

Because the end is not part of it, 10–11 and 11–12 touch and do not overlap. Every period is
kept in UTC, whatever offset it was given in, so that two periods compare by the moments they
mean and not by what a clock on the wall happened to show.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self


class NaiveMoment(ValueError):
    """A date and time without an offset: nobody can say which moment it means."""


class EndBeforeStart(ValueError):
    """The end does not lie after the start."""


def in_utc(moment: datetime) -> datetime:
    """The same moment, told in UTC.

    Raises:
        NaiveMoment: the moment has no offset.
    """
    if moment.tzinfo is UTC:
        return moment
    if moment.utcoffset() is None:
        raise NaiveMoment(f"{moment} has no offset.")
    return moment.astimezone(UTC)


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A stretch of time, `[start, end)`, in UTC.

    Raises:
        NaiveMoment: start or end has no offset.
        EndBeforeStart: the end does not lie after the start.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            # The class is frozen for everybody else; only its own birth may still set a field.
            object.__setattr__(self, "start", in_utc(self.start))
            object.__setattr__(self, "end", in_utc(self.end))
        if self.end <= self.start:
            raise EndBeforeStart(f"{self.end} is not after {self.start}.")

    @property
    def minutes(self) -> int:
        """Whole minutes that pass between start and end, as a stopwatch counts them."""
        return (self.end - self.start) // timedelta(minutes=1)

    def overlaps(self, other: Self) -> bool:
        """Whether some moment lies in both."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Self) -> bool:
        """Whether the other period lies wholly in this one."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Self) -> bool:
        """Whether one begins exactly where the other ends."""
        return self.end == other.start or other.end == self.start

    def intersection(self, other: Self) -> Self | None:
        """The time that lies in both, or None."""
        if not self.overlaps(other):
            return None
        return type(self)(max(self.start, other.start), min(self.end, other.end))

    def widened(self, *, before_minutes: int = 0, after_minutes: int = 0) -> Self:
        """The same period with minutes added on either side."""
        if not before_minutes and not after_minutes:
            return self
        before, after = timedelta(minutes=before_minutes), timedelta(minutes=after_minutes)
        return type(self)(self.start - before, self.end + after)

    def moved_to(self, start: datetime) -> Self:
        """A period that lasts exactly as long and starts elsewhere."""
        return type(self)(start, in_utc(start) + (self.end - self.start))


def merge(periods: Iterable[Period]) -> list[Period]:
    """The same time in as few periods as possible, in order; neighbours that touch are joined."""
    merged: list[Period] = []
    for period in sorted(periods):
        if merged and period.start <= merged[-1].end:
            merged[-1] = Period(merged[-1].start, max(merged[-1].end, period.end))
        else:
            merged.append(period)
    return merged


def intersect(some: Iterable[Period], others: Iterable[Period]) -> list[Period]:
    """The time that lies in both, merged and in order."""
    left, right = merge(some), merge(others)
    common: list[Period] = []
    at_left = at_right = 0
    while at_left < len(left) and at_right < len(right):
        both = left[at_left].intersection(right[at_right])
        if both is not None:
            common.append(both)
        if left[at_left].end <= right[at_right].end:
            at_left += 1
        else:
            at_right += 1
    return common


def subtract(periods: Iterable[Period], holes: Iterable[Period]) -> list[Period]:
    """The time of the periods that lies in no hole, merged and in order."""
    cut = merge(holes)
    left: list[Period] = []
    first = 0
    for period in merge(periods):
        while first < len(cut) and cut[first].end <= period.start:
            first += 1  # A hole that lies behind one period lies behind all later ones.
        left.extend(_without(period, cut, first))
    return left


def _without(period: Period, holes: list[Period], first: int) -> list[Period]:
    """What is left of one period; the holes are merged and in order, and those before `first` are past."""
    left: list[Period] = []
    start = period.start
    for number in range(first, len(holes)):
        hole = holes[number]
        if hole.start >= period.end:
            break
        if hole.start > start:
            left.append(Period(start, hole.start))
        start = hole.end
    if start < period.end:
        left.append(Period(start, period.end))
    return left
