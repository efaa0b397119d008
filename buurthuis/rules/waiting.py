"""The waiting list: who stands before whom, which room is tried first, and how long an offer stands.

The list is one line in the order of joining. A place that comes free is offered to the first one
whom it fits, and kept for them while they think. How long that is depends on how near the start
is: half of the time that is left, a day at most. It ends an hour before the start, so that
whoever comes after can still come; and nobody is asked who would have less than half an hour.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from buurthuis.rules.periods import Period
from buurthuis.rules.states import Status

LONGEST_OFFER: Final = timedelta(hours=24)
SHORTEST_OFFER: Final = timedelta(minutes=30)
LAST_ANSWER_BEFORE_START: Final = timedelta(hours=1)
MOST_WISHES: Final = 20
"""So many wishes of one initiative may wait at once; a list is no net to catch a whole season."""


class Turn(StrEnum):
    """How somebody stands in the line."""

    WAITING = "waiting"
    OFFERED = "offered"
    TAKEN = "taken"
    MISSED = "missed"
    GIVEN_UP = "given_up"
    LEFT = "left"
    OVER = "over"


OPEN: Final = frozenset({Turn.WAITING, Turn.OFFERED})
"""Something may still come of it."""


@dataclass(frozen=True, slots=True)
class InLine:
    """One wish in the line; `number` rises in the order of joining, `spaces` are all that would do."""

    number: int
    period: Period
    spaces: frozenset[int]


def offer_until(*, now: datetime, starts_at: datetime) -> datetime | None:
    """Until when a place is kept for somebody who is offered it now, to the whole minute.

    None: the start is too near to ask anybody; then the place is for whoever comes first.
    """
    half = now + (starts_at - now) / 2
    until = min(now + LONGEST_OFFER, half, starts_at - LAST_ANSWER_BEFORE_START)
    until = until.replace(second=0, microsecond=0)
    return until if until - now >= SHORTEST_OFFER else None


def can_still_wait(*, now: datetime, starts_at: datetime) -> bool:
    """Whether an offer could still be made now."""
    return offer_until(now=now, starts_at=starts_at) is not None


def turn_of(
    *,
    offer: Status | None,
    offered_until: datetime | None,
    has_left: bool,
    starts_at: datetime,
    now: datetime,
) -> Turn:
    """How a wish stands, by what became of the place that was offered (`offer`), if one was.

    `offered_until` is the end of an offer that still stands; from that moment on it is missed,
    also when nobody has let the place go yet.
    """
    if offer is Status.HELD:
        is_past = offered_until is None or offered_until <= now
        return Turn.MISSED if is_past else Turn.OFFERED
    if offer is Status.EXPIRED:
        return Turn.MISSED
    if offer is Status.CANCELLED:
        return Turn.GIVEN_UP
    if offer is not None:
        return Turn.TAKEN
    if has_left:
        return Turn.LEFT
    return Turn.WAITING if can_still_wait(now=now, starts_at=starts_at) else Turn.OVER


def stands_before(other: InLine, own: InLine) -> bool:
    """Whether `other` joined earlier and may be offered a place that `own` wants too."""
    return (
        other.number < own.number
        and other.period.overlaps(own.period)
        and not other.spaces.isdisjoint(own.spaces)
    )


def place_in_line(own: InLine, others: Iterable[InLine]) -> int:
    """1 for the first in line: one more than those who stand before."""
    return 1 + sum(stands_before(other, own) for other in others)


def smallest_first(rooms: Iterable[tuple[int, int]], people: int | None) -> Sequence[int]:
    """The rooms (id, capacity) that hold so many people, the smallest first, then in id order.

    A large hall is not given to a small group while a smaller room would do.
    """
    fitting = [(capacity, room) for room, capacity in rooms if people is None or capacity >= people]
    return [room for _, room in sorted(fitting)]
