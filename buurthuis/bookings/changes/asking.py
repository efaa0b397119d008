"""Asking a house for a change, beside the booking, and taking that back."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes import change_letters
from buurthuis.bookings.changes.meaning import Meaning, Wanted
from buurthuis.bookings.changes.steps import close, close_open, open_change
from buurthuis.bookings.models import Booking
from buurthuis.bookings.steps import own_minutes
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.changes import ChangeStatus, expires_at
from buurthuis.rules.states import Status

MOST_AT_ONCE = 200


def ask(
    booking: Booking, wanted: Wanted, meaning: Meaning, *, by: Person, now: datetime
) -> ChangeRequest:
    """Store a change that the house must agree to, and hold what it needs besides.

    Whoever asks again for the same gets what was asked before; for something else, that
    takes the place of it. The spaces of the room are locked.

    Raises:
        RoomTaken: somebody else holds part of it.
    """
    earlier = open_change(booking.id)
    if earlier is not None:
        if _is_same(earlier, booking, wanted):
            return earlier
        close(earlier, ChangeStatus.WITHDRAWN, by=by)
    change = _new(booking, wanted, meaning, by=by, now=now)
    db.session.add(change)
    db.session.flush()
    if meaning.moves and wanted.room.venue.requests_occupy:
        hold(change)
    for venue_id in sorted({booking.venue_id, change.venue_id}):
        note("change.asked", booking, by=by, venue_id=venue_id, **_told(change))
    change_letters.asked(change)
    return change


def hold(change: ChangeRequest) -> None:
    """Hold the time that the booking does not use already."""
    room = change.room
    setup, teardown = own_minutes(change.booking, room)
    use = claims.Use(
        booking_id=change.booking_id,
        room=room,
        initiative_id=change.booking.initiative_id,
        period=change.period,
        before_minutes=room.setup_minutes + setup,
        after_minutes=room.teardown_minutes + teardown + room.turnover_minutes,
    )
    claims.claim_besides(use, change.id, claims.lock_rooms([room])[room.id])


def end_with(booking: Booking, *, by: Person | None) -> None:
    """A booking that ends takes the change that waits along: nobody has to answer it any more.

    What it held goes with what the booking held.
    """
    change = close_open(booking.id, ChangeStatus.WITHDRAWN, by=by)
    if change is not None and change.leaves_house and by is not None:
        change_letters.withdrawn(change, by=by)


def expire(now: datetime) -> int:
    """End what nobody answered before the first of both times began; returns how many.

    A change of a booking that is no longer confirmed has nothing to wait for either.
    """
    over = (
        select(ChangeRequest)
        .join(Booking, Booking.id == ChangeRequest.booking_id)
        .where(
            ChangeRequest.status == ChangeStatus.ASKED,
            (ChangeRequest.expires_at <= now) | (Booking.status != Status.CONFIRMED),
        )
        .order_by(ChangeRequest.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=ChangeRequest, skip_locked=True)
    )
    changes = list(db.session.scalars(over))
    for change in changes:
        close(change, ChangeStatus.EXPIRED, by=None)
        if change.booking.status == Status.CONFIRMED:
            note("change.expired", change.booking, venue_id=change.venue_id)
            change_letters.expired(change)
    return len(changes)


def _is_same(change: ChangeRequest, booking: Booking, wanted: Wanted) -> bool:
    return (change.room_id, change.period, change.words) == (
        wanted.room.id,
        wanted.period,
        wanted.changed_words(booking),
    )


def _new(
    booking: Booking, wanted: Wanted, meaning: Meaning, *, by: Person, now: datetime
) -> ChangeRequest:
    return ChangeRequest(
        booking=booking,
        venue=wanted.room.venue,
        room=wanted.room,
        from_at=wanted.period.start,
        to_at=wanted.period.end,
        words=wanted.changed_words(booking),
        price_rule=meaning.rule,
        quote=meaning.quote,
        status=ChangeStatus.ASKED,
        asked_by=by,
        asked_at=now,
        expires_at=expires_at(booking.period, wanted.period),
    )


def _told(change: ChangeRequest) -> dict[str, Any]:
    return {
        "new_room_name": change.room.name,
        "new_from_iso": rfc3339(change.from_at),
        "new_to_iso": rfc3339(change.to_at),
    }
