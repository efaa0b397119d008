"""Storing the demo: many bookings and their claims in few statements, each piece in one transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, insert, select, update

from buurthuis.bookings.models import Booking, BookingMessage
from buurthuis.foundation.action import action
from buurthuis.foundation.db import Model, db
from buurthuis.occupancy import claims
from buurthuis.occupancy.models import Occupancy
from buurthuis.venues.models import Room

Row = dict[str, Any]


@action
def store(bookings: Sequence[Row], held: dict[str, list[Row]], messages: dict[str, Row]) -> None:
    """Store bookings with their claims and what was asked about them; both come by a booking's uid.

    Raises (when it commits):
        RoomTaken: somebody booked in the meantime; nothing of this piece is stored.
    """
    spaces = {row["space_id"] for rows in held.values() for row in rows}
    claims.lock(sorted(spaces))
    db.session.execute(insert(_table_of(Booking)), bookings)
    ids = _ids_of([row["uid"] for row in bookings])
    _insert(Occupancy, ids, [(uid, row) for uid, rows in held.items() for row in rows])
    _insert(BookingMessage, ids, list(messages.items()))


@action
def let_rooms_be_old() -> None:
    """A house of the demo did not begin today: its rooms were always there."""
    db.session.execute(update(Room).values(made_at=None))


def _ids_of(uids: Sequence[str]) -> dict[str, int]:
    """The ids that the database gave; to have them returned by the insert is slower by far."""
    asked = select(Booking.uid, Booking.id).where(Booking.uid.between(min(uids), max(uids)))
    return dict(db.session.execute(asked).all())


def _insert(model: type[Model], ids: dict[str, int], rows: Sequence[tuple[str, Row]]) -> None:
    if rows:
        db.session.execute(
            insert(_table_of(model)), [{**row, "booking_id": ids[uid]} for uid, row in rows]
        )


def _table_of(model: type[Model]) -> Table:
    """The table itself: storing many rows needs nothing of what its class knows besides."""
    return Model.metadata.tables[model.__tablename__]
