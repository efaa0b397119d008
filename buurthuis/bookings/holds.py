"""Places that are kept for a while: letting go of those whose time is over, whoever comes along."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.bookings.steps import expire
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.states import Status

P = ParamSpec("P")
T = TypeVar("T")


def expire_holds() -> int:
    """Release every hold past its time; returns how many. The next wish does the same by itself."""
    late = select(Booking.room_id).where(
        Booking.status == Status.HELD, Booking.expires_at <= clock.now()
    )
    return sum(_expire_in(room_id) for room_id in sorted(set(db.session.scalars(late))))


def lets_the_line_move(verb: Callable[P, T]) -> Callable[P, T]:
    """Around an action: who finds a place taken by a hold that is over, passes it to who waits for it.

    A hold past its time is released in the transaction that wants its place, and is then offered to
    the first in line. So the verb is refused and leaves nothing behind, not even that; hence it is
    done once more by itself, and nobody in line has to wait for the worker.
    """

    @wraps(verb)
    def tried(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return verb(*args, **kwargs)
        except RoomTaken:
            expire_holds()
            raise

    return tried


@action
def _expire_in(room_id: int) -> int:
    """Those of one room; each room by itself, so that no worker holds the locks of many houses."""
    late = select(Booking).where(
        Booking.room_id == room_id,
        Booking.status == Status.HELD,
        Booking.expires_at <= clock.now(),
    )
    return expire(late, clock.now())
