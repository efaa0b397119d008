"""Bookings that follow the other calendar: they move, get other words, or end."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.bookings.calling_off import give_back_many
from buurthuis.bookings.changes.together import close_each, open_changes
from buurthuis.bookings.models import Booking
from buurthuis.bookings.pricing import freeze, frozen_on
from buurthuis.bookings.queries import WITH_EVERYTHING, Spaces
from buurthuis.bookings.steps import touch, use_of
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note_each
from buurthuis.imports.bringing.known import plain, told_by
from buurthuis.imports.bringing.models import Deed
from buurthuis.imports.bringing.plan import Looked
from buurthuis.imports.bringing.written import Done
from buurthuis.occupancy import claims
from buurthuis.rules.changes import ChangeStatus

ALSO = ("own_setup_minutes", "own_teardown_minutes", "expires_at")
"""What of a booking changes besides what tells whether somebody changed it."""


def cancelled(rows: Sequence[Looked], *, by: Person, now: datetime) -> list[Done]:
    """End the bookings of entries that ended elsewhere."""
    bookings = locked_bookings(rows)
    done = _each(rows, bookings, Deed.CANCELLED)
    if bookings:
        give_back_many(list(bookings.values()), by=by, now=now)
    return done


def changed(rows: Sequence[Looked], *, spaces: Spaces, by: Person, now: datetime) -> list[Done]:
    """Let bookings follow what their entries say now: all leave their place, and then take the new one."""
    bookings = locked_bookings(rows)
    done = _each(rows, bookings, Deed.CHANGED)
    moving = [row for row in rows if row.wants_place]
    here = [_booking(row, bookings) for row in moving]
    close_each(open_changes([each.id for each in here]), ChangeStatus.WITHDRAWN, by=by)
    claims.release_many([each.id for each in here])
    for row in rows:
        _follow(_booking(row, bookings), row, now)
    db.session.flush()
    claims.claim_many([use_of(each) for each in here], spaces)
    told = [(_booking(row, bookings), {"fields": list(row.differs)}) for row in rows]
    note_each("booking.followed", told, by=by)
    return done


def locked_bookings(rows: Sequence[Looked]) -> dict[int, Booking]:
    """The bookings of these rows by their ids, locked in the order of those."""
    ids = [row.known.booking_id for row in rows if row.known]
    if not ids:
        return {}
    asked = select(Booking).where(Booking.id.in_(ids)).options(*WITH_EVERYTHING)
    locking = asked.order_by(Booking.id).with_for_update(of=Booking)
    fresh = locking.execution_options(populate_existing=True)
    return {booking.id: booking for booking in db.session.scalars(fresh)}


def as_it_was(booking: Booking) -> dict[str, Any]:
    """Everything of a booking that following changes, as JSON can hold it."""
    also = {name: plain(getattr(booking, name)) for name in ALSO}
    return {**told_by(booking), **also, "price": frozen_on(booking)}


def _each(rows: Sequence[Looked], bookings: Mapping[int, Booking], deed: Deed) -> list[Done]:
    """What will be done with each row, with what its booking is until then."""
    here = [(row, _booking(row, bookings)) for row in rows]
    return [Done(row, deed, booking=each, before=as_it_was(each)) for row, each in here]


def _booking(row: Looked, bookings: Mapping[int, Booking]) -> Booking:
    return bookings[(row.known and row.known.booking_id) or 0]


def _follow(booking: Booking, row: Looked, now: datetime) -> None:
    entry = row.entry
    booking.title, booking.remark, booking.people = entry.title, entry.remark, entry.found.people
    if row.wants_place and row.room is not None:
        booking.from_at, booking.to_at = entry.period.start, entry.period.end
        booking.room, booking.room_id = row.room, row.room.id
        booking.setup_minutes = booking.teardown_minutes = booking.turnover_minutes = 0
        booking.own_setup_minutes = booking.own_teardown_minutes = 0
    if row.prospect is not None and row.prospect.priced is not None:
        freeze(booking, row.prospect.priced)
    touch(booking, now)
