"""What calendars tell of: light rows of bookings and closures, in a constant number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, String, select, type_coerce
from sqlalchemy.orm import Session, joinedload

from buurthuis.accounts.models import Initiative
from buurthuis.activities.models import Activity
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.keeping import kept
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.queries import spaces_of
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.periods import Period
from buurthuis.rules.states import LIVE, Status
from buurthuis.venues.models import Closure, ClosureRoom, Room, Venue
from buurthuis.venues.photos import Picture

DAYS_BACK: Final = 35
DAYS_AHEAD: Final = 800

# What its own people see: also what was cancelled, so that nobody stands before a closed door.
SHOWN_INSIDE: Final = LIVE | {Status.NO_SHOW, Status.CANCELLED}


class BookingRow(NamedTuple):
    """A booking, as far as a calendar tells of it; times are seconds since 1970, as they are stored."""

    id: int
    uid: str
    sequence: int
    room_id: int
    starts: int
    ends: int
    title: str
    status: str
    is_public: bool
    changed: int
    initiative: str
    initiative_named: int | None
    activity_id: int | None
    told_title: str | None
    told_text: str | None
    picture: str | None


class ClosureRow(NamedTuple):
    """A closure, and the names of the rooms that it is about."""

    id: int
    starts: int
    ends: int
    reason: str
    made: int | None
    rooms: tuple[int, ...]


class Place(NamedTuple):
    """Where a room or house is, and when that was last called otherwise, in seconds since 1970."""

    name: str
    location: str
    named: int


def window(now: datetime) -> Period:
    """The days that calendars show: a little of the past, and more than anybody can book ahead.

    Whole days, so that a calendar stays the same for a day when nothing else changes.
    """
    today = day_of(now)
    first, last = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
    return Period(day_period(first).start, day_period(last).start)


def places() -> dict[int, Place]:
    """Where each room is; asked once, until a house changes."""
    known = _places()
    return _read_places(db.session()) if known is None else known


def place_of(venue: Venue) -> Place:
    """Where a house is."""
    return Place("", _location(venue), _second(venue.named_at))


def public_bookings(period: Period) -> list[BookingRow]:
    """What was made public in all houses and is certain."""
    return _rows(period, Booking.is_public.is_(True), Booking.status == Status.CONFIRMED)


def bookings_that_fill_house(venue: Venue, period: Period) -> list[BookingRow]:
    """The bookings that hold a room of a house."""
    holding = select(Occupancy.booking_id).where(Occupancy.booking_id == Booking.id)
    return _rows(period, Booking.venue_id == venue.id, Booking.status.in_(LIVE), holding.exists())


def bookings_that_fill_room(room: Room, period: Period) -> list[BookingRow]:
    """The bookings that hold a room or part of it, those of the hall around it included."""
    # The spaces are asked once, by their index; asked per booking this cost seconds.
    holding = select(Occupancy.booking_id).where(
        Occupancy.space_id.in_(spaces_of([room])[room.id]),
        Occupancy.from_at < period.end,
        Occupancy.to_at > period.start,
        Occupancy.booking_id.is_not(None),
    )
    return _rows(
        period,
        Booking.venue_id == room.venue_id,
        Booking.status.in_(LIVE),
        Booking.id.in_(holding),
    )


def bookings_of_house(venue_id: int, period: Period) -> list[BookingRow]:
    """What the managers of a house see."""
    return _rows(period, Booking.venue_id == venue_id, Booking.status.in_(SHOWN_INSIDE))


def bookings_of_initiatives(initiatives: Collection[int], period: Period) -> list[BookingRow]:
    """What the people of these initiatives see."""
    return _rows(period, Booking.initiative_id.in_(initiatives), Booking.status.in_(SHOWN_INSIDE))


def closures_of_house(venue_id: int, period: Period) -> list[ClosureRow]:
    """When the house, or rooms of it, cannot be used."""
    which = (
        Closure.venue_id == venue_id,
        Closure.to_at > period.start,
        Closure.from_at < period.end,
    )
    link = db.session.connection()
    named: dict[int, list[int]] = defaultdict(list)
    pairs = select(ClosureRoom.closure_id, ClosureRoom.room_id).join(
        Closure, Closure.id == ClosureRoom.closure_id
    )
    for closure_id, room_id in link.execute(pairs.where(*which).order_by(ClosureRoom.room_id)):
        named[closure_id].append(room_id)
    asked = select(*_OF_CLOSURE).where(*which).order_by(Closure.from_at, Closure.id)
    return [
        ClosureRow._make((*row, tuple(named.get(row[0], ())))) for row in link.execute(asked).all()
    ]


def closures_of_room(room: Room, period: Period) -> list[ClosureRow]:
    """When a room cannot be used; a closed part closes its hall, and a hall its parts."""
    closures = closures_of_house(room.venue_id, period)
    named = {each for closure in closures for each in closure.rooms}
    rooms = db.session.scalars(select(Room).where(Room.id.in_(named))).all() if named else ()
    spaces = spaces_of([room, *rooms])
    mine = set(spaces[room.id])
    return [
        closure
        for closure in closures
        if not closure.rooms or any(mine.intersection(spaces[each]) for each in closure.rooms)
    ]


@kept
def _places(session: Session) -> dict[int, Place]:
    return _read_places(session)


def _read_places(session: Session) -> dict[int, Place]:
    rooms: Iterable[Room] = session.scalars(select(Room).options(joinedload(Room.venue)))
    return {
        room.id: Place(
            room.name,
            ", ".join(part for part in (room.name, _location(room.venue)) if part),
            max(_second(room.named_at), _second(room.venue.named_at)),
        )
        for room in rooms
    }


def _location(venue: Venue) -> str:
    return ", ".join(part for part in (venue.name, venue.address) if part)


def _second(moment: datetime | None) -> int:
    return 0 if moment is None else int(moment.timestamp())


def _rows(period: Period, *conditions: ColumnElement[bool]) -> list[BookingRow]:
    question = (
        select(*_OF_BOOKING)
        .join(Initiative, Initiative.id == Booking.initiative_id)
        .outerjoin(Activity, Activity.booking_id == Booking.id)
        .outerjoin(Picture, Picture.id == Activity.picture_id)
        .where(Booking.from_at >= period.start, Booking.from_at < period.end, *conditions)
        .order_by(Booking.from_at, Booking.id)
    )
    return [BookingRow(*row) for row in db.session.connection().execute(question).all()]


def _as_stored(column: Any) -> ColumnElement[Any]:
    """A moment as its number: a calendar of thousands needs few of them as anything else."""
    return type_coerce(column, BigInteger)


# In the order of a BookingRow and of a ClosureRow.
_OF_BOOKING: Final[tuple[Any, ...]] = (
    *(Booking.id, Booking.uid, Booking.sequence, Booking.room_id),
    *(_as_stored(Booking.from_at), _as_stored(Booking.to_at), Booking.title),
    *(type_coerce(Booking.status, String), Booking.is_public, _as_stored(Booking.changed_at)),
    *(Initiative.name, _as_stored(Initiative.renamed_at)),
    *(Activity.id, Activity.title, Activity.text, Picture.name),
)
_OF_CLOSURE: Final[tuple[Any, ...]] = (
    *(Closure.id, _as_stored(Closure.from_at), _as_stored(Closure.to_at)),
    *(Closure.reason, _as_stored(Closure.made_at)),
)
