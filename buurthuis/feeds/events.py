"""What a feed says about a booking or a closure: public feeds as little as possible, private ones more."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, NamedTuple

from flask import current_app

from buurthuis.feeds.rows import BookingRow, ClosureRow, Place
from buurthuis.foundation.ical import event_bytes
from buurthuis.foundation.ical_event import Event, EventStatus
from buurthuis.foundation.links import absolute
from buurthuis.rules.states import Status

# Calendars outlive the visit of one reader, so their few words of our own are in Dutch.
TAKEN: Final = "Bezet"
CLOSED: Final = "Gesloten"
CANCELLED: Final = "VERVALT: "
ACTIVITY: Final = "activities.activity"
KEPT_EVENTS: Final = 20_000

STATUS: Final = {
    Status.REQUESTED: EventStatus.TENTATIVE,
    Status.HELD: EventStatus.TENTATIVE,
    Status.CANCELLED: EventStatus.CANCELLED,
}


class Written(NamedTuple):
    """An event as it stands in a file, and when it begins, in seconds since 1970."""

    starts: int
    text: bytes


def for_everybody(rows: Iterable[BookingRow], places: Mapping[int, Place]) -> list[Written]:
    """Bookings as the street may see them: a public one by its title, any other only as taken."""
    base = _base()
    return [
        Written(
            row.starts,
            _text(_titled if _is_announced(row) else _taken, row, places[row.room_id], base),
        )
        for row in rows
    ]


def for_its_people(rows: Iterable[BookingRow], places: Mapping[int, Place]) -> list[Written]:
    """Bookings as the people of the initiative or the house see them."""
    base = _base()
    return [Written(row.starts, _text(_inside, row, places[row.room_id], base)) for row in rows]


def closed(
    closures: Iterable[ClosureRow], house: Place, places: Mapping[int, Place]
) -> list[Written]:
    """Closures, each with its reason and the rooms it names."""
    base = _base()
    return [
        Written(row.starts, _text(_closed, row, _closed_place(row, house, places), base))
        for row in closures
    ]


@lru_cache(maxsize=KEPT_EVENTS)
def _text(tell: Callable[[Any, Place], Event], row: Any, place: Place, _base: str) -> bytes:
    """The bytes of an event, kept by all that it follows from, so nothing has to be thrown away."""
    return event_bytes(tell(row, place))


def _base() -> str:
    """What every link begins with."""
    return str(current_app.config["BASE_URL"])


def _is_announced(row: BookingRow) -> bool:
    return row.is_public and row.status == Status.CONFIRMED


def _titled(row: BookingRow, place: Place) -> Event:
    """A public booking; with the words and the page of its activity, where these were written."""
    page = "" if row.activity_id is None else absolute(ACTIVITY, activity_id=row.activity_id)
    picture = row.picture and absolute("pages.photo", picture=row.picture, size="large")
    return Event(
        uid=row.uid,
        sequence=row.sequence,
        starts_at=_moment(row.starts),
        ends_at=_moment(row.ends),
        summary=row.told_title or row.title,
        description=row.told_text or "",
        url=page,
        image=picture or "",
        location=place.location,
        changed_at=_moment(max(row.changed, place.named)),
    )


def _taken(row: BookingRow, place: Place) -> Event:
    """A booking without its title; its other UID keeps it apart from the titled one in one calendar."""
    return Event(
        uid=f"{sha256(f'taken {row.uid}'.encode()).hexdigest()[:24]}@buurthuis",
        sequence=row.sequence,
        starts_at=_moment(row.starts),
        ends_at=_moment(row.ends),
        summary=TAKEN,
        location=place.location,
        changed_at=_moment(max(row.changed, place.named)),
    )


def _inside(row: BookingRow, place: Place) -> Event:
    is_cancelled = row.status == Status.CANCELLED
    return Event(
        uid=row.uid,
        sequence=row.sequence,
        starts_at=_moment(row.starts),
        ends_at=_moment(row.ends),
        summary=CANCELLED + row.title if is_cancelled else row.title,
        location=place.location,
        description=row.initiative,
        status=STATUS.get(Status(row.status), EventStatus.CONFIRMED),
        is_busy=not is_cancelled,
        is_private=not row.is_public,
        url=absolute("bookings.show", booking_id=row.id),
        changed_at=_moment(max(row.changed, place.named, row.initiative_named or 0)),
    )


def _closed(row: ClosureRow, place: Place) -> Event:
    """A closure never changes: one that does is another one."""
    return Event(
        uid=f"closure-{row.id}@buurthuis",
        sequence=0,
        starts_at=_moment(row.starts),
        ends_at=_moment(row.ends),
        summary=f"{CLOSED}: {row.reason}" if row.reason else CLOSED,
        location=place.location,
        changed_at=_moment(max(row.made or 0, place.named)),
    )


def _closed_place(row: ClosureRow, house: Place, places: Mapping[int, Place]) -> Place:
    """The rooms that a closure names, and their house."""
    rooms = [places[each] for each in row.rooms]
    names = ", ".join(room.name for room in rooms)
    return Place(
        names,
        ", ".join(part for part in (names, house.location) if part),
        max(house.named, *(room.named for room in rooms), 0),
    )


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
