"""Writing down what an import did: with its rows for the way back, and with its entries for the next time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, update

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.imports.bringing.known import closure_plainly, told_by
from buurthuis.imports.bringing.models import CalendarImport, Deed, ImportedEntry, ImportRow
from buurthuis.imports.bringing.plan import Fate, Looked
from buurthuis.imports.house import HouseClosure
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with a row; `before` is what its booking was, to be brought back."""

    row: Looked
    deed: Deed
    booking: Booking | None = None
    closure: HouseClosure | None = None
    before: Mapping[str, Any] | None = None


def keep(found: CalendarImport, done: Sequence[Done], venue: Venue) -> None:
    """Keep everything that was done, in a constant number of messages."""
    db.session.flush()
    sources = [each.row.known.source_id for each in done if each.row.known]
    source_id = min(sources, default=found.id)
    rows = [
        {
            "draft": found.id,
            "row": each.row.entry.number,
            "now": each.deed,
            "what": each.booking.id if each.booking else None,
            "was": _before(each),
            "is_now": _after(each),
        }
        for each in done
    ]
    link = db.session.connection()
    link.execute(_KEEP_ROW, rows)
    entries = [_entry(each, venue, source_id) for each in done]
    new = [each for each, one in zip(entries, done, strict=True) if one.row.known is None]
    if new:
        db.session.execute(insert(ImportedEntry), new)
    again = [each for each, one in zip(entries, done, strict=True) if one.row.known]
    if again:
        link.execute(KEEP_ENTRY, [as_named(each) for each in again])


def keep_why(found: CalendarImport, rows: Iterable[Looked]) -> None:
    """Keep of the other rows why nothing happened with them, for whoever looks it up."""
    told = [
        {"draft": found.id, "row": row.entry.number, "why": row.because or row.fate}
        for row in rows
        if row.fate is not Fate.SAME
    ]
    if told:
        db.session.connection().execute(_KEEP_WHY, told)


def remind_nobody(bookings: Sequence[Booking]) -> None:
    """Nobody speaks for these groups, so nobody is reminded of what they have."""
    if bookings:
        values = [{"booking": each.id, "start": each.from_at} for each in bookings]
        db.session.connection().execute(_REMINDED, values)


def _entry(done: Done, venue: Venue, source_id: int) -> dict[str, Any]:
    entry = done.row.entry
    return {
        "venue_id": venue.id,
        "key": entry.key,
        "source_id": source_id,
        "booking_id": done.booking.id if done.booking else None,
        "closed": closure_plainly(done.closure) if done.closure else None,
        "said": entry.said,
        "as_left": told_by(done.booking) if done.booking else None,
    }


def _before(done: Done) -> dict[str, Any] | None:
    known = done.row.known
    if known is None:
        return None
    closed = closure_plainly(known.closed) if known.closed else None
    entry = {"said": known.said, "as_left": known.as_left, "closed": closed}
    return {"entry": entry, "booking": done.before}


def _after(done: Done) -> dict[str, Any]:
    if done.booking is not None:
        return told_by(done.booking)
    return closure_plainly(done.closure) if done.closure else {}


def as_named(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry by the names that `KEEP_ENTRY` has for its values."""
    named = {"house": entry["venue_id"], "known_as": entry["key"], "says": entry["said"]}
    return {**named, "days": entry["closed"], "told": entry["as_left"]}


_ROWS: Any = ImportRow.__table__
_KEEP_ROW = (
    update(_ROWS)
    .where(_ROWS.c.import_id == bindparam("draft"), _ROWS.c.number == bindparam("row"))
    .values(
        deed=bindparam("now"),
        booking_id=bindparam("what"),
        before=bindparam("was"),
        after=bindparam("is_now"),
    )
)
_KEEP_WHY = (
    update(_ROWS)
    .where(_ROWS.c.import_id == bindparam("draft"), _ROWS.c.number == bindparam("row"))
    .values(why=bindparam("why"))
)
_ENTRIES: Any = ImportedEntry.__table__
KEEP_ENTRY = (
    update(_ENTRIES)
    .where(_ENTRIES.c.venue_id == bindparam("house"), _ENTRIES.c.key == bindparam("known_as"))
    .values(said=bindparam("says"), closed=bindparam("days"), as_left=bindparam("told"))
)
_BOOKINGS: Any = Booking.__table__
_REMINDED = (
    update(_BOOKINGS)
    .where(_BOOKINGS.c.id == bindparam("booking"))
    .values(reminded_of_at=bindparam("start"))
)
