"""Undoing an import: everything is as it was before it, or nothing changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings.holds import lets_the_line_move
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import Spaces
from buurthuis.bookings.series.steps import lock_and_clear
from buurthuis.bookings.steps import use_of
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import note, note_each
from buurthuis.foundation.rows import row_of
from buurthuis.imports.bringing.back import (
    bookings_of,
    changed_since,
    entry_before,
    later_import,
    left_again,
    pointed_at,
    put_back,
)
from buurthuis.imports.bringing.drafting import locked_import
from buurthuis.imports.bringing.known import closure_of
from buurthuis.imports.bringing.models import (
    CalendarImport,
    Deed,
    ImportedEntry,
    ImportRow,
    State,
)
from buurthuis.imports.bringing.queries import rows_done
from buurthuis.imports.bringing.refusals import ChangedSince, LaterImport, UndoneAlready
from buurthuis.imports.bringing.shutting import with_closures
from buurthuis.imports.bringing.written import KEEP_ENTRY, as_named
from buurthuis.imports.keeping import locked
from buurthuis.imports.queries import house_of
from buurthuis.occupancy import claims
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class _Scene:
    """Where it happens, under the locks, with the bookings that came with the import."""

    venue: Venue
    spaces: Spaces
    bookings: dict[int, Booking]
    by: Person
    now: datetime

    def of(self, row: ImportRow) -> Booking:
        """The booking of a row."""
        return self.bookings[row.booking_id or 0]


@lets_the_line_move
@action
def undo(import_id: int, *, by: Person) -> int:
    """Take an import out of the books again; gives with how many rows something was undone.

    What it brought is gone as if it had never come, what it changed or ended is as it was, and what
    it closed is open. Only the counting on of changes and the logbook tell of it.

    Raises:
        UndoneAlready: it is not in the books.
        ChangedSince: somebody changed or used what came with it.
        LaterImport: a later import went on with it.
        RoomTaken: what ended or moved can no longer go back.
        NotFound, NotAllowed: the person does not manage this house.
    """
    found, scene, rows = _opened(import_id, by)
    changed = changed_since(rows, scene.bookings)
    if changed:
        raise ChangedSince(bookings=[scene.of(row) for row in changed])
    return _undone(found, rows, scene)


@lets_the_line_move
@action
def undo_the_rest(import_id: int, *, by: Person) -> int:
    """As `undo`, but what somebody changed or used since stays as it is now.

    Raises:
        UndoneAlready, LaterImport, RoomTaken, NotFound, NotAllowed
    """
    found, scene, rows = _opened(import_id, by)
    changed = {row.id for row in changed_since(rows, scene.bookings)}
    return _undone(found, [row for row in rows if row.id not in changed], scene)


def _opened(import_id: int, by: Person) -> tuple[CalendarImport, _Scene, Sequence[ImportRow]]:
    venue = locked(row_of(CalendarImport, import_id).venue.slug)
    if venue is None:
        raise NotFound
    found = locked_import(import_id, by)
    if found.state is not State.BROUGHT:
        raise UndoneAlready(number=import_id)
    now = clock.now()
    spaces = lock_and_clear(venue.rooms, now)
    later = later_import(found)
    if later is not None:
        raise LaterImport(number=later)
    rows = rows_done(found)
    return found, _Scene(venue, spaces, bookings_of(rows), by, now), rows


def _undone(found: CalendarImport, rows: Sequence[ImportRow], scene: _Scene) -> int:
    booked = [row for row in rows if row.deed is Deed.BOOKED]
    moved = [row for row in rows if row.deed in (Deed.CHANGED, Deed.CANCELLED)]
    claims.release_many([row.booking_id for row in (*booked, *moved) if row.booking_id])
    _forget(found, booked)
    for row in moved:
        put_back(scene.of(row), row.before or {}, now=scene.now)
    db.session.flush()
    left_again(found, moved, scene.bookings)
    here = [scene.of(row) for row in moved if scene.of(row).is_live]
    claims.claim_many([use_of(booking) for booking in here], scene.spaces)
    note_each("booking.put_back", [(booking, {}) for booking in here], by=scene.by)
    _open_again([row for row in rows if row.deed is Deed.CLOSED], scene)
    _know_as_before(rows, scene)
    _forget_groups(found)
    found.state, found.undone_at, found.undone_by_id = State.UNDONE, scene.now, scene.by.id
    note("calendar.undone", found, by=scene.by, venue_id=scene.venue.id, count=len(rows))
    return len(rows)


def _forget(found: CalendarImport, rows: Sequence[ImportRow]) -> None:
    """Take out what came with the import, and all that this program noted of it but the logbook."""
    ids = [row.booking_id for row in rows if row.booking_id]
    keys = [row.key for row in rows]
    known = (ImportedEntry.venue_id == found.venue_id, ImportedEntry.key.in_(keys))
    plainly = {"synchronize_session": False}
    for statement in (
        update(ImportRow).where(ImportRow.booking_id.in_(ids)).values(booking_id=None),
        delete(ImportedEntry).where(*known),
        delete(Booking).where(Booking.id.in_(ids)),
    ):
        db.session.execute(statement, execution_options=plainly)


def _open_again(rows: Sequence[ImportRow], scene: _Scene) -> None:
    """Open what it closed, as far as nobody did, and close again what that took over from."""
    closed = [closure_of(row.after or {}) for row in rows]
    before = [(row.before or {}).get("entry") for row in rows]
    again = [closure_of(each["closed"]) for each in before if each and each["closed"]]
    here = set(house_of(scene.venue).closures) if closed else set()
    if here.intersection(closed):
        with_closures(scene.venue, again, instead_of=closed, by=scene.by)


def _know_as_before(rows: Sequence[ImportRow], scene: _Scene) -> None:
    """What is known of entries is what was known before; of those that were new nothing is."""
    new = [row.key for row in rows if row.before is None]
    known = (ImportedEntry.venue_id == scene.venue.id, ImportedEntry.key.in_(new))
    db.session.execute(delete(ImportedEntry).where(*known))
    again: list[dict[str, Any]] = [
        entry_before(row, scene.bookings.get(row.booking_id or 0), scene.venue)
        for row in rows
        if row.before is not None
    ]
    if again:
        db.session.connection().execute(KEEP_ENTRY, [as_named(each) for each in again])


def _forget_groups(found: CalendarImport) -> None:
    """Groups that were put in the books for it and have nothing else by now go as well."""
    made = list(db.session.scalars(select(Initiative.id).where(Initiative.id.in_(found.groups))))
    idle = set(made) - pointed_at(Initiative, made)
    db.session.execute(delete(Initiative).where(Initiative.id.in_(idle)))
