"""Asking a house for a change, beside the booking, and taking that back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from buurthuis.accounts.models import Person
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes import change_letters
from buurthuis.bookings.changes.meaning import Meaning, Wanted
from buurthuis.bookings.changes.steps import open_change
from buurthuis.bookings.changes.together import asked_values, close_each, hold_each, open_changes
from buurthuis.bookings.letters import let_answer_go
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series import asked_letters
from buurthuis.bookings.series.models import SeriesChange
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.changes import ChangeStatus
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
    let_answer_go(booking)
    earlier = open_change(booking.id)
    if earlier is not None:
        if wanted.is_asked_in(earlier):
            return earlier
        close_each([earlier], ChangeStatus.WITHDRAWN, by=by)
    change = ChangeRequest(**asked_values(booking, wanted, meaning, by=by, now=now))
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
    hold_each([change], claims.lock_rooms([change.room]))


def end_with(booking: Booking, *, by: Person | None) -> None:
    """A booking that ends takes the change that waits along: nobody has to answer it any more.

    What it held goes with what the booking held.
    """
    end_with_each([booking], by=by)


def end_with_each(bookings: Sequence[Booking], *, by: Person | None) -> None:
    """As `end_with`, for many bookings at once."""
    changes = open_changes([booking.id for booking in bookings])
    close_each(changes, ChangeStatus.WITHDRAWN, by=by)
    for change in changes:
        if change.leaves_house and by is not None:
            change_letters.withdrawn(change, by=by)


def expire(now: datetime) -> int:
    """End what nobody answered before the first of both times began; returns how many.

    A change of a booking that is no longer confirmed has nothing to wait for either. The other
    days of a series go on waiting.
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
    close_each(changes, ChangeStatus.EXPIRED, by=None)
    still_booked = [each for each in changes if each.booking.status == Status.CONFIRMED]
    for change in still_booked:
        note("change.expired", change.booking, venue_id=change.venue_id)
        if change.series_change is None:
            change_letters.expired(change)
    for question in {each.series_change: None for each in still_booked if each.series_change}:
        _tell_of_expired_days(question, still_booked)
    return len(changes)


def _tell_of_expired_days(question: SeriesChange, expired: Sequence[ChangeRequest]) -> None:
    """One letter when the first days go by without an answer, and one when no day is left."""
    gone = [each for each in expired if each.series_change_id == question.id]
    of_it = ChangeRequest.series_change_id == question.id
    counts = dict(
        db.session.execute(
            select(ChangeRequest.status, func.count()).where(of_it).group_by(ChangeRequest.status)
        ).all()
    )
    waiting = counts.get(ChangeStatus.ASKED, 0)
    if not waiting or counts[ChangeStatus.EXPIRED] == len(gone):
        asked_letters.expired(question, gone, waiting=waiting)


def _told(change: ChangeRequest) -> dict[str, Any]:
    return {
        "new_room_name": change.room.name,
        "new_from_iso": rfc3339(change.from_at),
        "new_to_iso": rfc3339(change.to_at),
    }
