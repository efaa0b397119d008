"""One answer to "may this be booked?", for the finder, the form, the week grid and other programs.

What is offered must be bookable, so the search for other times asks the same question as the
form that books. A room is described by facts: the windows in which it can be booked, closures
already taken out; the time that others hold in any of its spaces, their buffers included; and
the buffers it needs itself. A booking fits when

- it lies inside one window. Its buffers need not: one may set up before the doors open;
- its buffers meet nothing that others hold. Its own group's other bookings may lie inside its
  buffers, but not inside its own time;
- it has the company it needs. A garden may go only together with a room: then its group has such
  a room all that time, or asks for it in the same go;
- it keeps the house's limits: the step of the clock, the shortest and the longest booking, the
  notice, and how far ahead one may book. At a boundary the booker gets the better side;
- it keeps the rules of fair use, where the house has any (rules/fair_use.py).

Length, step and notice are read from the clock on the wall.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from buurthuis.rules import fair_use
from buurthuis.rules.calendar import (
    clock_between,
    clock_minutes,
    day_of,
    day_period,
    minute_of,
    moment_forgiving,
)
from buurthuis.rules.fair_use import Excess, FairFacts
from buurthuis.rules.overlap import with_buffers
from buurthuis.rules.periods import Period, intersect, merge, subtract
from buurthuis.rules.standing import Purpose
from buurthuis.rules.stepping import is_on_step, last_step, next_step

DAYS_TO_LOOK_AHEAD: Final = 7
_MINUTE: Final = timedelta(minutes=1)


class Problem(StrEnum):
    """Why something cannot be booked, in the order in which a visitor is told."""

    IN_THE_PAST = "in_the_past"
    TOO_SOON = "too_soon"
    TOO_FAR_AHEAD = "too_far_ahead"
    OFF_THE_STEP = "off_the_step"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_MANY_PEOPLE = "too_many_people"
    CLOSED = "closed"
    OUTSIDE_HOURS = "outside_hours"
    BUFFER_TOO_LONG = "buffer_too_long"
    TAKEN = "taken"
    ALONE = "alone"


Obstacle = Problem | Excess
"""What stands in the way: a problem, or a rule of fair use with what it leaves."""


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """What is known of a room around the time that is asked for.

    `windows` are merged, closures already taken out. `busy` is what others hold, their buffers
    included. `own` is what the asking group has booked itself, without buffers. A group may take
    `own_buffer_minutes` at most to prepare, and again to clear up, on top of the room's own.
    A room that goes only with others names them in `only_with`; `company` is when the asking
    group has one of those. `fair` is what fair use knows of who asks, in a house with such rules.
    """

    capacity: int
    windows: Sequence[Period]
    closures: Sequence[Period] = ()
    busy: Sequence[Period] = ()
    setup_minutes: int = 0
    teardown_minutes: int = 0
    turnover_minutes: int = 0
    own: Sequence[Period] = ()
    own_buffer_minutes: int = 0
    only_with: frozenset[int] = frozenset()
    company: Sequence[Period] = ()
    fair: FairFacts | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a house asks of every booking; a step is best a divisor of a day."""

    step_minutes: int
    min_minutes: int
    max_minutes: int
    notice_minutes: int
    horizon_days: int


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody asks for: a time, and room for so many people.

    `setup_minutes` and `teardown_minutes` are what the group wants itself to prepare and to clear
    up. `along` are the rooms that it asks for in the same go, for the same time. A series
    (`is_series`) has less of the prime time than single bookings.
    """

    period: Period
    people: int | None = None
    setup_minutes: int = 0
    teardown_minutes: int = 0
    along: frozenset[int] = frozenset()
    purpose: Purpose | None = None
    is_series: bool = False


def problems(ask: Ask, facts: RoomFacts, limits: Limits, *, now: datetime) -> list[Obstacle]:
    """Everything that stands in the way; an empty list means yes.

    Problems come in their order, then the rules of fair use.
    """
    return [
        *_problems_of_time(ask.period, limits, now),
        *_problems_of_length(ask.period, limits),
        *_problems_of_room(ask, facts),
        *_against_fair_use(ask, facts, now),
    ]


def _against_fair_use(ask: Ask, facts: RoomFacts, now: datetime) -> list[Excess]:
    if facts.fair is None:
        return []
    return fair_use.excesses(
        ask.period, facts.fair, purpose=ask.purpose, is_series=ask.is_series, now=now
    )


def alternatives(
    ask: Ask, facts: RoomFacts, limits: Limits, *, now: datetime, count: int = 3
) -> list[Period]:
    """The nearest other starts for a booking of the same length, without any problem.

    Looked for on the same day and on the seven days after it. In each free span the starts
    nearest to the wanted clock time are offered, so that the answer shows different choices.
    """
    if _is_too_small(ask, facts):
        return []
    wanted = ask.period
    spans = _not_kept(ask, facts, limits, now)
    starts = set(_nearby_starts(wanted, spans, limits.step_minutes))
    starts.discard(wanted.start)
    found: list[Period] = []
    for start in sorted(starts, key=lambda start: (abs(start - wanted.start), start)):
        if len(found) == count:
            break
        other = wanted.moved_to(start)
        if not problems(replace(ask, period=other), facts, limits, now=now):
            found.append(other)
    return found


def free_spans(facts: RoomFacts, limits: Limits, *, now: datetime) -> list[Period]:
    """The longest spans in which every booking on the step fits, if it is neither short nor long.

    Spans that are shorter than the shortest booking are left out. Of a quota of fair use less may be
    left than a span is long.
    """
    spans: list[Period] = []
    for span in _not_kept(None, facts, limits, now):
        start = next_step(span.start, limits.step_minutes)
        end = last_step(span.end, limits.step_minutes)
        if start < end and clock_minutes(Period(start, end)) >= limits.min_minutes:
            spans.append(Period(start, end))
    return spans


def kept_spans(facts: RoomFacts, limits: Limits, *, now: datetime) -> list[Period]:
    """What would be free, if fair use did not keep it from who asks."""
    spans = _spans_within(facts, limits, now)
    return fair_use.shut(spans, facts.fair, purpose=None, is_series=False, now=now)


def _not_kept(ask: Ask | None, facts: RoomFacts, limits: Limits, now: datetime) -> list[Period]:
    """Where a booking may lie; without an ask, a single one for any purpose."""
    spans = _spans_within(facts, limits, now)
    if facts.fair is None:
        return spans
    purpose, is_series = (None, False) if ask is None else (ask.purpose, ask.is_series)
    kept = fair_use.shut(spans, facts.fair, purpose=purpose, is_series=is_series, now=now)
    return subtract(spans, kept)


def _problems_of_time(period: Period, limits: Limits, now: datetime) -> Iterator[Problem]:
    if period.start < now:
        yield Problem.IN_THE_PAST
    elif clock_between(now, period.start) < limits.notice_minutes * _MINUTE:
        yield Problem.TOO_SOON
    if day_of(period.start) > day_of(now) + timedelta(days=limits.horizon_days):
        yield Problem.TOO_FAR_AHEAD


def _problems_of_length(period: Period, limits: Limits) -> Iterator[Problem]:
    step = limits.step_minutes
    if not (is_on_step(period.start, step) and is_on_step(period.end, step)):
        yield Problem.OFF_THE_STEP
    length = clock_minutes(period)
    if length < limits.min_minutes:
        yield Problem.TOO_SHORT
    if length > limits.max_minutes:
        yield Problem.TOO_LONG


def _problems_of_room(ask: Ask, facts: RoomFacts) -> Iterator[Problem]:
    if _is_too_small(ask, facts):
        yield Problem.TOO_MANY_PEOPLE
    if any(closure.overlaps(ask.period) for closure in facts.closures):
        yield Problem.CLOSED
    elif not any(window.contains(ask.period) for window in facts.windows):
        yield Problem.OUTSIDE_HOURS
    if max(ask.setup_minutes, ask.teardown_minutes) > facts.own_buffer_minutes:
        yield Problem.BUFFER_TOO_LONG
    if _is_taken(ask, facts):
        yield Problem.TAKEN
    if _is_alone(ask, facts):
        yield Problem.ALONE


def _is_too_small(ask: Ask, facts: RoomFacts) -> bool:
    return ask.people is not None and ask.people > facts.capacity


def _is_taken(ask: Ask, facts: RoomFacts) -> bool:
    wanted = with_buffers(
        ask.period,
        setup_minutes=facts.setup_minutes + ask.setup_minutes,
        teardown_minutes=facts.teardown_minutes + ask.teardown_minutes,
        turnover_minutes=facts.turnover_minutes,
    )
    return any(held.overlaps(wanted) for held in facts.busy) or any(
        core.overlaps(ask.period) for core in facts.own
    )


def _is_alone(ask: Ask, facts: RoomFacts) -> bool:
    """The room goes only with others, and the group has none of them all that time."""
    if not facts.only_with or facts.only_with & ask.along:
        return False
    return not any(company.contains(ask.period) for company in merge(facts.company))


def _spans_within(facts: RoomFacts, limits: Limits, now: datetime) -> list[Period]:
    """Where a booking may lie, whatever its length and step.

    A period that others hold keeps away more than itself: no booking may end so late that its
    teardown and turnover run into it, or start so early that its set-up does.
    """
    kept_away = [
        held.widened(
            before_minutes=facts.teardown_minutes + facts.turnover_minutes,
            after_minutes=facts.setup_minutes,
        )
        for held in facts.busy
    ]
    free = subtract(facts.windows, [*kept_away, *facts.own, *facts.closures])
    return intersect(free, _open_for_booking(limits, now))


def _open_for_booking(limits: Limits, now: datetime) -> list[Period]:
    """The time from the end of the notice to the last day of the horizon, as one span or none."""
    today = day_of(now)
    last_day = day_period(today + timedelta(days=limits.horizon_days))
    minute = minute_of(now) + limits.notice_minutes
    # A minute that has begun is not notice enough, for notice is counted to the second.
    if now.second or now.microsecond:
        minute += 1
    earliest = max(now, moment_forgiving(today, minute))
    return [Period(earliest, last_day.end)] if earliest < last_day.end else []


def _nearby_starts(wanted: Period, spans: Sequence[Period], step: int) -> Iterator[datetime]:
    """In each span, and on each day, the starts nearest to the wanted clock time."""
    day, minute = day_of(wanted.start), minute_of(wanted.start)
    length = wanted.end - wanted.start
    for ahead in range(DAYS_TO_LOOK_AHEAD + 1):
        its_day = day_period(day + timedelta(days=ahead))
        hoped_for = moment_forgiving(day + timedelta(days=ahead), minute)
        for span in spans:
            first = max(span.start, its_day.start)
            last = min(span.end - length, its_day.end - _MINUTE)
            if first <= last:
                nearest = min(max(hoped_for, first), last)
                yield from (last_step(nearest, step), next_step(nearest, step))
