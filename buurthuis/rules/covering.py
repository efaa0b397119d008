"""Asking others to take a shift over: whom first, how many at a time, and who hears when nobody can.

Those who may take a shift are asked a few at a time, by day, and who was asked longest ago comes
first, so that it is not always the same few. Nobody is asked earlier than a week before, for until
then the shift simply stands on everybody's list. Within a day of its start everybody is asked at
once, at any hour. When all were asked and nobody said yes, the back-up hears of it, then the
coordinator, once each. Between two steps lies time to answer: an hour, or a quarter of what is left
when that is less; when everybody has answered there is nothing to wait for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from buurthuis.rules.calendar import minute_of
from buurthuis.rules.reminders import FIRST_MINUTE, LAST_MINUTE

AT_A_TIME: Final = 3
LONGEST_PATIENCE: Final = timedelta(hours=1)
SHORTEST_PATIENCE: Final = timedelta(minutes=10)
EVERYBODY_WITHIN: Final = timedelta(hours=24)
ASKED_AHEAD: Final = timedelta(days=7)
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


class Step(StrEnum):
    """What happens next to a call."""

    WAIT = "wait"
    ASK = "ask"
    TELL_BACKUP = "tell_backup"
    TELL_COORDINATOR = "tell_coordinator"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may take the shift, when they were last asked for any, and whether it suits them."""

    person: int
    last_asked_at: datetime | None = None
    suits: bool = True


@dataclass(frozen=True, slots=True)
class SoFar:
    """How a call stands: who was asked, whether somebody still thinks, when the last step was."""

    asked: frozenset[int] = frozenset()
    somebody_thinks: bool = False
    last_step_at: datetime | None = None
    is_backup_told: bool = False
    is_coordinator_told: bool = False


def next_step(
    so_far: SoFar,
    candidates: Sequence[Candidate],
    *,
    has_backup: bool,
    starts_at: datetime,
    now: datetime,
) -> tuple[Step, tuple[int, ...]]:
    """What to do now for a shift that starts then, and which people to ask."""
    left = starts_at - now
    is_near = left <= EVERYBODY_WITHIN
    if left > ASKED_AHEAD or not (is_near or FIRST_MINUTE <= minute_of(now) < LAST_MINUTE):
        return Step.WAIT, ()
    if _is_thinking(so_far, starts_at, now):
        return Step.WAIT, ()
    fresh = least_recently_asked(each for each in candidates if each.person not in so_far.asked)
    if fresh:
        return Step.ASK, fresh if is_near else fresh[:AT_A_TIME]
    if has_backup and not so_far.is_backup_told:
        return Step.TELL_BACKUP, ()
    if not so_far.is_coordinator_told:
        return Step.TELL_COORDINATOR, ()
    return Step.WAIT, ()


def least_recently_asked(candidates: Iterable[Candidate]) -> tuple[int, ...]:
    """The people in the order in which they are asked: who never was, then who was longest ago.

    Those whom it does not suit come last.
    """
    in_order = sorted(
        candidates,
        key=lambda each: (not each.suits, each.last_asked_at or _NEVER, each.person),
    )
    return tuple(each.person for each in in_order)


def patience(*, asked_at: datetime, starts_at: datetime) -> timedelta:
    """How long people get to answer before the next step."""
    quarter = (starts_at - asked_at) / 4
    return min(LONGEST_PATIENCE, max(SHORTEST_PATIENCE, quarter))


def _is_thinking(so_far: SoFar, starts_at: datetime, now: datetime) -> bool:
    if so_far.last_step_at is None or not so_far.somebody_thinks:
        return False
    return now < so_far.last_step_at + patience(asked_at=so_far.last_step_at, starts_at=starts_at)
