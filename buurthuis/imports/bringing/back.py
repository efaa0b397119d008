"""What the way back stands on: what an import left, who changed it since, and how one thing goes back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.bookings.pricing import freeze_as
from buurthuis.bookings.queries import WITH_EVERYTHING
from buurthuis.bookings.steps import touch
from buurthuis.foundation.db import Model, db
from buurthuis.imports.bringing.following import ALSO
from buurthuis.imports.bringing.known import TOLD, told_by
from buurthuis.imports.bringing.models import CalendarImport, Deed, ImportRow, State
from buurthuis.rules.standing import Purpose
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room, Venue

OUR_OWN: Final = frozenset({"occupancy", "import_row", "imported_entry"})
"""Tables that point to a booking because it holds time, or because it was brought along."""
BY_ITSELF: Final = frozenset({"sequence", "total_cents", "price_reason"})
"""What goes back in its own way: changes count on, and a price goes back whole."""
MOMENTS: Final = frozenset({"from_at", "to_at", "expires_at"})


def bookings_of(rows: Sequence[ImportRow]) -> dict[int, Booking]:
    """The bookings of rows by their ids, locked in the order of those."""
    ids = [row.booking_id for row in rows if row.booking_id]
    asked = select(Booking).where(Booking.id.in_(ids)).options(*WITH_EVERYTHING)
    locking = asked.order_by(Booking.id).with_for_update(of=Booking)
    fresh = locking.execution_options(populate_existing=True)
    return {booking.id: booking for booking in db.session.scalars(fresh)}


def changed_since(rows: Sequence[ImportRow], bookings: Mapping[int, Booking]) -> list[ImportRow]:
    """The rows whose booking is no longer as the import left it, or is in use: somebody said who came."""
    booked = [row.booking_id for row in rows if row.deed is Deed.BOOKED and row.booking_id]
    used = pointed_at(Booking, booked)
    return [
        row
        for row in rows
        if row.booking_id
        if row.booking_id in used or told_by(bookings[row.booking_id]) != row.after
    ]


def pointed_at(kind: type[Model], ids: Collection[int]) -> set[int]:
    """Those of these rows to which another table points, whichever it is."""
    name = kind.__tablename__
    keys = [
        key
        for table in Model.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == name and table.name not in OUR_OWN
    ]
    found: set[int] = set()
    for key in keys if ids else ():
        pointing = select(key.parent).where(key.parent.in_(ids)).distinct()
        found |= set(db.session.scalars(pointing))
    return found


def later_import(found: CalendarImport) -> int | None:
    """The last import that went on with what this one brought, if there is one in the books."""
    mine = select(ImportRow.booking_id).where(
        ImportRow.import_id == found.id, ImportRow.booking_id.is_not(None)
    )
    asked = (
        select(CalendarImport.id)
        .join(ImportRow, ImportRow.import_id == CalendarImport.id)
        .where(
            CalendarImport.venue_id == found.venue_id,
            CalendarImport.state == State.BROUGHT,
            CalendarImport.id > found.id,
            ImportRow.booking_id.in_(mine),
        )
        .order_by(CalendarImport.id.desc())
        .limit(1)
    )
    return db.session.scalar(asked)


def put_back(booking: Booking, before: Mapping[str, Any], *, now: datetime) -> None:
    """Let a booking be what it was, its price included; calendars see it as one more change."""
    was = before["booking"]
    for name in (*TOLD, *ALSO):
        if name not in BY_ITSELF:
            setattr(booking, name, _typed(name, was[name]))
    booking.room = db.session.get_one(Room, was["room_id"])
    booking.cancelled_at = booking.cancelled_by_id = None
    booking.cancelled_late = False
    freeze_as(booking, was["price"])
    touch(booking, now)


def left_again(
    found: CalendarImport, rows: Sequence[ImportRow], bookings: Mapping[int, Booking]
) -> None:
    """Earlier imports left these bookings as they were put back now, so those can be undone as well."""
    was = {row.booking_id: _told_before(row) for row in rows}
    asked = select(ImportRow).where(
        ImportRow.booking_id.in_(was.keys()), ImportRow.import_id != found.id
    )
    for earlier in db.session.scalars(asked):
        if earlier.after == was[earlier.booking_id]:
            earlier.after = told_by(bookings[earlier.booking_id or 0])


def _told_before(row: ImportRow) -> dict[str, Any]:
    was = (row.before or {})["booking"]
    return {name: was[name] for name in TOLD}


def entry_before(row: ImportRow, booking: Booking | None, venue: Venue) -> dict[str, Any]:
    """What was known of an entry before, with its booking as it was put back."""
    before = row.before or {}
    entry = before["entry"]
    as_left = entry["as_left"]
    if booking is not None and before["booking"] and as_left == _told_before(row):
        as_left = told_by(booking)
    return {**entry, "as_left": as_left, "venue_id": venue.id, "key": row.key}


def _typed(name: str, value: Any) -> Any:
    if name in MOMENTS:
        return None if value is None else datetime.fromtimestamp(value, UTC)
    kind = {"status": Status, "purpose": Purpose}.get(name)
    return value if kind is None else kind(value)
