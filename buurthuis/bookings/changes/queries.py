"""Questions about changes that were asked for; they never commit."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.standing import Purpose
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room, Venue

WITH_ITS_BOOKING = (
    joinedload(ChangeRequest.booking).joinedload(Booking.room).joinedload(Room.venue),
    joinedload(ChangeRequest.booking).joinedload(Booking.initiative),
    joinedload(ChangeRequest.booking).joinedload(Booking.booked_by),
    joinedload(ChangeRequest.room),
    joinedload(ChangeRequest.venue),
)


CHANGES = func.count(func.coalesce(-ChangeRequest.series_change_id, ChangeRequest.id).distinct())
"""How many changes these are: all days of a series that were asked together are one."""


def change(change_id: int) -> ChangeRequest:
    """One change with its booking.

    Raises:
        NotFound: there is none.
    """
    found = db.session.scalar(
        select(ChangeRequest).where(ChangeRequest.id == change_id).options(*WITH_ITS_BOOKING)
    )
    if found is None:
        raise NotFound
    return found


def open_change_of(booking: Booking) -> ChangeRequest | None:
    """The change of a booking that waits for an answer."""
    if booking.status != Status.CONFIRMED:
        return None
    return db.session.scalar(
        _open().where(ChangeRequest.booking_id == booking.id).options(*WITH_ITS_BOOKING)
    )


def latest_change_of(booking: Booking) -> ChangeRequest | None:
    """The last change that was asked of a booking, whatever became of it."""
    return db.session.scalar(
        select(ChangeRequest)
        .where(ChangeRequest.booking_id == booking.id)
        .order_by(ChangeRequest.id.desc())
        .limit(1)
        .options(*WITH_ITS_BOOKING)
    )


def changes_waiting(venue: Venue, *, now: datetime) -> Sequence[ChangeRequest]:
    """What this house has to answer, oldest first."""
    question = waiting_for(now).where(ChangeRequest.venue_id == venue.id)
    return db.session.scalars(
        question.options(*WITH_ITS_BOOKING, joinedload(ChangeRequest.series_change)).order_by(
            ChangeRequest.asked_at, ChangeRequest.id
        )
    ).all()


def changes_with(numbers: Collection[int], venue: Venue) -> Sequence[ChangeRequest]:
    """Changes by number that this house is or was asked for, in the order of asking."""
    question = select(ChangeRequest).where(
        ChangeRequest.id.in_(numbers), ChangeRequest.venue_id == venue.id
    )
    return db.session.scalars(question.options(*WITH_ITS_BOOKING).order_by(ChangeRequest.id)).all()


def words_of(asked: ChangeRequest) -> dict[str, Any]:
    """The words that change with it, as the booking would keep them."""
    words = dict(asked.words)
    return words | {"purpose": Purpose(words["purpose"])} if "purpose" in words else words


def waiting_for(now: datetime) -> Select[ChangeRequest]:
    """Changes that can still be answered: of a booking that stands, before both times."""
    return (
        _open()
        .join(Booking, Booking.id == ChangeRequest.booking_id)
        .where(Booking.status == Status.CONFIRMED, ChangeRequest.expires_at > now)
    )


def _open() -> Select[ChangeRequest]:
    return select(ChangeRequest).where(ChangeRequest.status == ChangeStatus.ASKED)
