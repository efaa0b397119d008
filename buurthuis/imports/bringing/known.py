"""What stands here already of another calendar: its entries by their keys, and how they were left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.imports.bringing.models import ImportedEntry
from buurthuis.imports.house import HouseClosure
from buurthuis.rules.periods import Period
from buurthuis.rules.states import LIVE, Status
from buurthuis.venues.models import Venue

TOLD: Final = (
    *("status", "sequence", "room_id", "initiative_id", "from_at", "to_at", "title", "remark"),
    *("purpose", "people", "is_public", "total_cents", "price_reason"),
    *("setup_minutes", "teardown_minutes", "turnover_minutes"),
)
"""What of a booking tells whether somebody changed it."""


@dataclass(frozen=True, slots=True)
class Known:
    """An entry that was brought before, with its booking as it is now or the days that it closed."""

    key: str
    source_id: int
    said: str
    booking: Mapping[str, Any] | None = None
    booking_id: int | None = None
    as_left: Mapping[str, Any] | None = None
    closed: HouseClosure | None = None

    @property
    def is_live(self) -> bool:
        """Its booking may still take place."""
        return self.booking is not None and self.booking["status"] in LIVE

    @property
    def is_changed_here(self) -> bool:
        """Somebody changed the booking since it was brought."""
        return self.booking is not None and told_plainly(self.booking) != self.as_left

    @property
    def sequence(self) -> int:
        """How often its booking changed."""
        return 0 if self.booking is None else self.booking["sequence"]

    @property
    def period(self) -> Period:
        """When its booking is; to be asked only where there is one."""
        booking = self.booking or {}
        return Period(booking["from_at"], booking["to_at"])


def known_entries(venue: Venue) -> dict[str, Known]:
    """The entries that a house knows from other calendars, by their keys, in one question."""
    columns = [getattr(Booking, name) for name in TOLD]
    asked = (
        select(ImportedEntry, Booking.id, *columns)
        .outerjoin(Booking, Booking.id == ImportedEntry.booking_id)
        .where(ImportedEntry.venue_id == venue.id)
    )
    return {row[0].key: _known(tuple(row)) for row in db.session.execute(asked)}


def _known(row: Sequence[Any]) -> Known:
    entry, booking_id, *values = row
    booking = None if booking_id is None else dict(zip(TOLD, values, strict=True))
    closed = None if entry.closed is None else closure_of(entry.closed)
    return Known(
        key=entry.key,
        source_id=entry.source_id,
        said=entry.said,
        booking=booking,
        booking_id=booking_id,
        as_left=entry.as_left,
        closed=closed,
    )


def told_plainly(booking: Mapping[str, Any]) -> dict[str, Any]:
    """What a booking tells, as JSON can hold it."""
    return {name: plain(booking[name]) for name in TOLD}


def told_by(booking: Booking) -> dict[str, Any]:
    """The same of a row that was read."""
    return {name: plain(getattr(booking, name)) for name in TOLD}


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, datetime):
        return int(value.timestamp())
    return str(value) if isinstance(value, Status) else value


def closure_of(kept: Mapping[str, Any]) -> HouseClosure:
    """Closed days as they were kept."""
    from_at, to_at = (datetime.fromtimestamp(kept[name], UTC) for name in ("from_at", "to_at"))
    return HouseClosure(from_at, to_at, tuple(kept["rooms"]), kept["reason"])


def closure_plainly(closure: HouseClosure) -> dict[str, Any]:
    """Closed days as JSON can hold them."""
    return {
        "from_at": int(closure.from_at.timestamp()),
        "to_at": int(closure.to_at.timestamp()),
        "rooms": list(closure.rooms),
        "reason": closure.reason,
    }
