"""What a feed says about a booking or a closure: public feeds as little as possible, private ones more."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from buurthuis.feeds.queries import BookingRow, Place
from buurthuis.foundation.ical_event import Event, EventStatus
from buurthuis.foundation.links import absolute
from buurthuis.rules.states import Status
from buurthuis.venues.models import Closure, Venue

# Calendars outlive the visit of one reader, so their few words of our own are in Dutch.
TAKEN = "Bezet"
CLOSED = "Gesloten"
CANCELLED = "VERVALT: "
ACTIVITY = "activities.activity"

STATUS = {
    Status.REQUESTED: EventStatus.TENTATIVE,
    Status.HELD: EventStatus.TENTATIVE,
    Status.CANCELLED: EventStatus.CANCELLED,
}


def for_everybody(rows: Iterable[BookingRow], places: dict[int, Place]) -> list[Event]:
    """Bookings as the street may see them: a public one by its title, any other only as taken."""
    return [_titled(row, places) if _is_announced(row) else _taken(row, places) for row in rows]


def for_its_people(rows: Iterable[BookingRow], places: dict[int, Place]) -> list[Event]:
    """Bookings as the people of the initiative or the house see them."""
    return [_inside(row, places) for row in rows]


def closed(closures: Iterable[Closure], venue: Venue) -> list[Event]:
    """Closures, each with its reason and the rooms it names."""
    return [_closed(closure, venue) for closure in closures]


def _is_announced(row: BookingRow) -> bool:
    return row.is_public and row.status == Status.CONFIRMED


def _titled(row: BookingRow, places: dict[int, Place]) -> Event:
    """A public booking; with the words and the page of its activity, where these were written."""
    page = "" if row.activity_id is None else absolute(ACTIVITY, activity_id=row.activity_id)
    picture = row.picture and absolute("pages.photo", picture=row.picture, size="large")
    return Event(
        uid=row.uid,
        sequence=row.sequence,
        starts_at=row.from_at,
        ends_at=row.to_at,
        summary=row.told_title or row.title,
        description=row.told_text or "",
        url=page,
        image=picture or "",
        location=places[row.room_id].location,
        changed_at=_changed_at(row, places),
    )


def _taken(row: BookingRow, places: dict[int, Place]) -> Event:
    """A booking without its title; its other UID keeps it apart from the titled one in one calendar."""
    return Event(
        uid=f"{sha256(f'taken {row.uid}'.encode()).hexdigest()[:24]}@buurthuis",
        sequence=row.sequence,
        starts_at=row.from_at,
        ends_at=row.to_at,
        summary=TAKEN,
        location=places[row.room_id].location,
        changed_at=_changed_at(row, places),
    )


def _inside(row: BookingRow, places: dict[int, Place]) -> Event:
    is_cancelled = row.status == Status.CANCELLED
    return Event(
        uid=row.uid,
        sequence=row.sequence,
        starts_at=row.from_at,
        ends_at=row.to_at,
        summary=CANCELLED + row.title if is_cancelled else row.title,
        location=places[row.room_id].location,
        description=row.initiative,
        status=STATUS.get(row.status, EventStatus.CONFIRMED),
        is_busy=not is_cancelled,
        is_private=not row.is_public,
        url=absolute("bookings.show", booking_id=row.id),
        changed_at=_changed_at(row, places),
    )


def _closed(closure: Closure, venue: Venue) -> Event:
    rooms = ", ".join(room.name for room in closure.rooms)
    return Event(
        uid=f"closure-{closure.id}@buurthuis",
        sequence=0,
        starts_at=closure.from_at,
        ends_at=closure.to_at,
        summary=f"{CLOSED}: {closure.reason}" if closure.reason else CLOSED,
        location=", ".join(part for part in (rooms, venue.name, venue.address) if part),
        changed_at=venue.changed_at,
    )


def _changed_at(row: BookingRow, places: dict[int, Place]) -> datetime:
    """A house or room that got another name changes what is shown, too."""
    return max(row.changed_at, places[row.room_id].changed_at)
