"""What is due when a booking is cancelled, and when a cancellation comes late.

A house asks for notice: so many hours, days, weeks or working days before the start, and each
step says which share of the price is due with at least that much notice. Notice is counted on
the local clock: 24 hours before 19:00 is 19:00 the day before, also in the night of a clock
change. Exactly at a boundary the booker is in time. Working days leave out weekends and public
holidays; two working days before Tuesday 19:00 is the Friday before, 19:00.

A cancellation is late when something is due for it. A house that says nothing about that only
says from when on it is late; then nothing is ever due.
"""

import itertools
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from buurthuis.rules.calendar import clock_between, day_of, minute_of, moment_forgiving
from buurthuis.rules.money import WHOLE, BasisPoints, Cents, share

SATURDAY = 5
A_YEAR = timedelta(days=365)
"""For how long a house remembers that a group came too late, or not at all."""


class NoticeUnit(StrEnum):
    """In what a house counts notice."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    WORKING_DAYS = "working_days"

    @property
    def hours(self) -> int:
        """How long at least one of them lasts on the clock."""
        return {NoticeUnit.HOURS: 1, NoticeUnit.WEEKS: 7 * 24}.get(self, 24)


@dataclass(frozen=True, slots=True)
class Step:
    """With at least this notice, this share of the price is due."""

    notice: int
    unit: NoticeUnit
    due_bp: BasisPoints


@dataclass(frozen=True, slots=True)
class Policy:
    """What is due by how much notice is given, before the start, after it, and for who never came.

    `steps` ask for less and less notice. `late_bp` is due with less notice than the last step
    asks, `begun_bp` once it has begun. Who does not come and said nothing owes `unused_bp` of the
    list price, so that a place for nothing is not left empty for nothing. Who was late, or did
    not come, `person_decides_after` times in a year is no longer charged by this rule: a person
    decides. None is never.
    """

    steps: Sequence[Step] = ()
    late_bp: BasisPoints = 0
    begun_bp: BasisPoints = 0
    unused_bp: BasisPoints = 0
    person_decides_after: int | None = None

    def decides_a_person(self, times_before: int) -> bool:
        """Whether a person decides for a group that was late, or did not come, so often before."""
        return self.person_decides_after is not None and times_before >= self.person_decides_after


@dataclass(frozen=True, slots=True)
class Due:
    """Which share is due now, what that is, and until when it stays so; None is for ever."""

    share_bp: BasisPoints
    cents: Cents
    until: datetime | None
    is_late: bool = False


def is_late(*, now: datetime, starts_at: datetime, notice_hours: int) -> bool:
    """Whether less notice is given than the house asks for."""
    return clock_between(now, starts_at) < timedelta(hours=notice_hours)


def in_time_until(*, starts_at: datetime, notice_hours: int) -> datetime:
    """The last moment at which a cancellation is in time."""
    return moment_forgiving(day_of(starts_at), minute_of(starts_at) - notice_hours * 60)


def last_moment(step: Step, starts_at: datetime, holidays: Container[date] = ()) -> datetime:
    """The last moment at which a step still counts."""
    day, minute = day_of(starts_at), minute_of(starts_at)
    if step.unit is NoticeUnit.HOURS:
        return moment_forgiving(day, minute - step.notice * 60)
    if step.unit is NoticeUnit.WORKING_DAYS:
        return moment_forgiving(_working_days_before(day, step.notice, holidays), minute)
    days = step.notice * (7 if step.unit is NoticeUnit.WEEKS else 1)
    return moment_forgiving(day - timedelta(days=days), minute)


def due(
    policy: Policy,
    *,
    price_cents: Cents,
    starts_at: datetime,
    now: datetime,
    holidays: Container[date] = (),
) -> Due:
    """What is due of a price, without its deposit, when it is cancelled now."""

    def part(share_bp: BasisPoints, until: datetime | None) -> Due:
        return Due(share_bp, share(price_cents, share_bp), until, share_bp > 0)

    if now >= starts_at:
        return part(policy.begun_bp, None)
    for step in policy.steps:
        until = last_moment(step, starts_at, holidays)
        if now <= until:
            return part(step.due_bp, until)
    return part(policy.late_bp, starts_at)


def due_without_policy(*, starts_at: datetime, now: datetime, notice_hours: int) -> Due:
    """The same where a house only says from when on it is late: never anything."""
    if is_late(now=now, starts_at=starts_at, notice_hours=notice_hours):
        return Due(0, 0, None, is_late=True)
    return Due(0, 0, in_time_until(starts_at=starts_at, notice_hours=notice_hours))


def ahead(due_at: Callable[[datetime], Due], now: datetime) -> list[Due]:
    """What is due from now on, one after the other, as long as nobody cancels; equals as one."""
    found = [due_at(now)]
    while (until := found[-1].until) is not None:
        later = due_at(until + timedelta(seconds=1))
        if _is_same(found[-1], later):
            found.pop()
        found.append(later)
    return found


def together(each: Sequence[Sequence[Due]]) -> list[Due]:
    """What is due for several bookings at once, as `ahead` tells of each; amounts are added up.

    A share is told where all have the same one, else it is that of the first.
    """
    ends = sorted({due.until for dues in each for due in dues if due.until is not None})
    found: list[Due] = []
    for until in [*ends, None]:
        now = [next(due for due in dues if _holds_until(due, until)) for dues in each]
        late = any(due.is_late for due in now)
        both = Due(now[0].share_bp, sum(due.cents for due in now), until, late)
        if found and _is_same(found[-1], both):
            found.pop()
        found.append(both)
    return found


def due_unused(policy: Policy, list_cents: Cents, price_cents: Cents) -> Cents:
    """What somebody owes who did not come and said nothing: a share of the list price.

    Where the house asks anything for that, it is never less than what coming costs; nothing means
    that the house asks nothing besides the price.
    """
    if not policy.unused_bp:
        return 0
    return max(share(list_cents, policy.unused_bp), price_cents)


def falls(steps: Sequence[Step]) -> bool:
    """Whether each step asks for less notice than the one before; a working day is at least a day."""
    hours = [step.notice * step.unit.hours for step in steps]
    return all(longer > shorter for longer, shorter in itertools.pairwise(hours))


def grows(policy: Policy) -> bool:
    """Whether less notice never costs less, as nobody would understand otherwise."""
    shares = [*(step.due_bp for step in policy.steps), policy.late_bp, policy.begun_bp]
    return all(earlier <= later for earlier, later in itertools.pairwise(shares)) and (
        max(shares) <= WHOLE
    )


def _is_same(earlier: Due, later: Due) -> bool:
    return (earlier.cents, earlier.is_late) == (later.cents, later.is_late)


def _holds_until(due: Due, until: datetime | None) -> bool:
    return due.until is None or (until is not None and until <= due.until)


def _working_days_before(day: date, count: int, holidays: Container[date]) -> date:
    """The day so many working days before another; of none, the day itself."""
    while count > 0:
        day -= timedelta(days=1)
        if day.weekday() < SATURDAY and day not in holidays:
            count -= 1
    return day
