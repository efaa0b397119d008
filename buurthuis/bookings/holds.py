"""Places that are kept for a while: letting go of those whose time is over, whoever comes along."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.bookings.steps import expire
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.queries import spaces_of
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room

PATIENCE: Final = timedelta(minutes=30)
"""So long after its time a place is still kept while the provider does not answer."""

P = ParamSpec("P")
T = TypeVar("T")


def expire_holds() -> int:
    """Release every hold past its time; returns how many. The next wish does the same by itself.

    A place that is kept while it is paid for is left to whoever asks the provider first, for as
    long as PATIENCE lasts: a provider that does not answer keeps no room from others.
    """
    late = select(Booking).where(Booking.status == Status.HELD, Booking.expires_at <= clock.now())
    long_ago = clock.now() - PATIENCE
    found = [
        each
        for each in db.session.scalars(late)
        if not each.is_pay_hold or (each.expires_at or long_ago) <= long_ago
    ]
    return _expire(found)


def _expire_wanted(room: Room | None) -> None:
    """Release the holds past their time, those of payments where they are in the way in this room."""
    expire_holds()
    if room is None:
        return
    spaces = spaces_of([room])[room.id]
    in_the_way = select(Booking).where(
        Booking.status == Status.HELD,
        Booking.expires_at <= clock.now(),
        Booking.id.in_(select(Occupancy.booking_id).where(Occupancy.space_id.in_(spaces))),
    )
    _expire(list(db.session.scalars(in_the_way)))


def _expire(late: Sequence[Booking]) -> int:
    by_room: dict[int, set[int]] = {}
    for each in late:
        by_room.setdefault(each.room_id, set()).add(each.id)
    return sum(_expire_in(sorted(by_room[room_id])) for room_id in sorted(by_room))


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
        except RoomTaken as refusal:
            _expire_wanted(refusal.facts.get("room"))
            raise

    return tried


@action
def _expire_in(these: Sequence[int]) -> int:
    """Those of one room; each room by itself, so that no worker holds the locks of many houses."""
    late = select(Booking).where(
        Booking.id.in_(these), Booking.status == Status.HELD, Booking.expires_at <= clock.now()
    )
    return expire(late, clock.now())
