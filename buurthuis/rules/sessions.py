"""Open sessions: in which spans a house must be open because of its bookings, and where they are cut.

Bookings of one house that lie close together are one session: nobody locks up for less than the
house's gap, nor for less than it takes to close and to open again. Only what is certain makes a
session; what may still come is told beside it and changes nothing. A group that opens the house
itself belongs to its session and asks nobody.

A session that is too long for one person is cut, at its longest idle gap or where a part of the day
begins or ends. Everything is counted in moments, so a night, a clock change and an evening that
passes midnight need no word of their own; only the parts of the day are read from the clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from buurthuis.rules.calendar import day_of, moment_forgiving
from buurthuis.rules.opening import LATEST_CLOSING, DayPart
from buurthuis.rules.periods import Period, merge


class CutAt(StrEnum):
    """Where a session that is too long for one person is divided."""

    GAP = "gap"
    DAY_PART = "day_part"


@dataclass(frozen=True, slots=True)
class Use:
    """One booking as the door sees it: from when somebody must be in until all are out."""

    booking: int
    period: Period
    is_certain: bool = True
    opens_itself: bool = False


@dataclass(frozen=True, slots=True)
class Habits:
    """How a house wants to be opened, all times in minutes.

    `longest` is how long one person stays at most, None without limit.
    """

    merge_gap: int = 60
    lead_in: int = 15
    lead_out: int = 15
    longest: int | None = None
    cut_at: CutAt = CutAt.GAP
    hand_over: int = 15
    openers: int = 1
    closers: int = 1
    hosts: int = 0

    @property
    def stays_open(self) -> timedelta:
        """Between two bookings that lie no further apart nobody locks up.

        Whoever would close then would not have gone before somebody came to open again.
        """
        return timedelta(minutes=max(self.merge_gap, self.lead_in + self.lead_out))


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A span in which the house is open, the bookings it is open for, and who is asked for it.

    `asks` is the span in which somebody is needed, without the minutes before and after it; None
    where every group opens itself. `period` holds all bookings, and `asks` with those minutes.
    `key` names the session: the smallest of its bookings, until a promise named it otherwise.
    """

    key: int
    period: Period
    bookings: tuple[int, ...]
    asks: Period | None
    cuts: tuple[datetime, ...] = ()
    is_certain: bool = True


def open_sessions(
    uses: Iterable[Use], habits: Habits, day_parts: Sequence[DayPart] = ()
) -> list[OpenSession]:
    """The sessions of one house, in order: those that are certain, and beside them those that may come.

    Every use lies in exactly one session. What may come is merged by itself alone.
    """
    ordered = sorted(uses, key=lambda use: (use.period, use.booking))
    found = [
        _session(together, habits, day_parts)
        for is_certain in (True, False)
        for together in _together([use for use in ordered if use.is_certain is is_certain], habits)
    ]
    return sorted(found, key=lambda session: (session.period, not session.is_certain, session.key))


def watched(session: OpenSession, habits: Habits) -> Period | None:
    """From when until when somebody of the house is there, with the minutes before and after."""
    if session.asks is None:
        return None
    return session.asks.widened(before_minutes=habits.lead_in, after_minutes=habits.lead_out)


def adds_nothing(maybe: OpenSession, sessions: Iterable[OpenSession]) -> bool:
    """Whether the house is open, and somebody there, all that time already for what is certain."""
    wanted = maybe.asks or maybe.period
    spans = [each.asks if maybe.asks else each.period for each in sessions if each.is_certain]
    return any(span is not None and span.contains(wanted) for span in spans)


def _together(uses: Sequence[Use], habits: Habits) -> list[list[Use]]:
    """The uses, given in order of their start, by the session in which they lie."""
    gap = habits.stays_open
    found: list[list[Use]] = []
    until: datetime | None = None
    for use in uses:
        if until is None or use.period.start - until > gap:
            found.append([])
            until = use.period.end
        found[-1].append(use)
        until = max(until, use.period.end)
    return found


def _session(uses: Sequence[Use], habits: Habits, day_parts: Sequence[DayPart]) -> OpenSession:
    bookings = tuple(sorted(use.booking for use in uses))
    whole = _hull([use.period for use in uses])
    asking = [use.period for use in uses if not use.opens_itself]
    if not asking:
        return OpenSession(bookings[0], whole, bookings, None, (), uses[0].is_certain)
    asks = _hull(asking)
    there = asks.widened(before_minutes=habits.lead_in, after_minutes=habits.lead_out)
    gaps = [
        Period(one.end, other.start) for one, other in pairwise(merge(use.period for use in uses))
    ]
    return OpenSession(
        key=bookings[0],
        period=_hull([whole, there]),
        bookings=bookings,
        asks=asks,
        cuts=_cuts(there, gaps, habits, day_parts),
        is_certain=uses[0].is_certain,
    )


def _hull(periods: Sequence[Period]) -> Period:
    """From the first start to the last end."""
    return Period(min(each.start for each in periods), max(each.end for each in periods))


def _cuts(
    there: Period, gaps: Sequence[Period], habits: Habits, day_parts: Sequence[DayPart]
) -> tuple[datetime, ...]:
    """Where the time that somebody is there is cut, until no stretch is too long or none can be cut."""
    if habits.longest is None or there.minutes <= habits.longest:
        return ()
    at_gaps = [(gap.minutes, _middle(gap)) for gap in gaps]
    at_parts = [(0, boundary) for boundary in _boundaries(there, day_parts)]
    wished = (at_gaps, at_parts) if habits.cut_at is CutAt.GAP else (at_parts, at_gaps)
    longest = timedelta(minutes=habits.longest)
    left, done = [there], []
    while left:
        stretch = left.pop()
        cut = _best(wished, stretch) if stretch.end - stretch.start > longest else None
        if cut is not None:
            done.append(cut)
            left += [Period(stretch.start, cut), Period(cut, stretch.end)]
    return tuple(sorted(done))


def _best(wished: Sequence[Sequence[tuple[int, datetime]]], stretch: Period) -> datetime | None:
    """Where to cut a stretch: of the first kind of places that it has, the largest, then the most central."""
    for places in wished:
        inside = [each for each in places if stretch.start < each[1] < stretch.end]
        if inside:
            middle = stretch.start + (stretch.end - stretch.start) / 2
            return min(inside, key=lambda each: (-each[0], abs(each[1] - middle), each[1]))[1]
    return None


def _middle(gap: Period) -> datetime:
    """The middle of a gap, to the whole minute below."""
    return gap.start + timedelta(minutes=gap.minutes // 2)


def _boundaries(there: Period, day_parts: Sequence[DayPart]) -> set[datetime]:
    """The moments at which a part of some day begins or ends."""
    clocks = {clock for part in day_parts for clock in (part.starts, part.ends)}
    day = day_of(there.start - timedelta(minutes=LATEST_CLOSING))
    found = set()
    while day <= day_of(there.end):
        found |= {moment_forgiving(day, clock) for clock in clocks}
        day += timedelta(days=1)
    return found
