"""Questions of the feeds: light rows instead of whole bookings, and a constant number of statements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from buurthuis.accounts.hashes import token_hash
from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.proofs import MARKS, WITH_WHAT_THEY_DO
from buurthuis.activities.models import Activity
from buurthuis.bookings.models import Booking
from buurthuis.feeds.models import Feed
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.keeping import kept_row
from buurthuis.foundation.pulse import Pulse, heard
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.queries import spaces_of
from buurthuis.rules.periods import Period
from buurthuis.rules.states import LIVE, Status
from buurthuis.venues.models import Closure, Room, Venue
from buurthuis.venues.photos import Picture

DAYS_BACK = 35
DAYS_AHEAD = 800

# What its own people see: also what was cancelled, so that nobody stands before a closed door.
SHOWN_INSIDE = LIVE | {Status.NO_SHOW, Status.CANCELLED}


class BookingRow(NamedTuple):
    """A booking, as far as a feed needs it."""

    id: int
    uid: str
    sequence: int
    room_id: int
    from_at: datetime
    to_at: datetime
    title: str
    status: Status
    is_public: bool
    created_at: datetime
    changed_at: datetime
    initiative: str
    activity_id: int | None
    told_title: str | None
    told_text: str | None
    picture: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a room is, and when that was last written down anew."""

    location: str
    changed_at: datetime


def window(now: datetime) -> Period:
    """The time that feeds show: a little of the past, and more than anybody can book ahead."""
    return Period(now - timedelta(days=DAYS_BACK), now + timedelta(days=DAYS_AHEAD))


def places() -> dict[int, Place]:
    """Where each room is."""
    rooms = db.session.scalars(select(Room).options(joinedload(Room.venue)))
    return {
        room.id: Place(
            ", ".join(part for part in (room.name, room.venue.name, room.venue.address) if part),
            room.venue.changed_at,
        )
        for room in rooms
    }


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


def closures_of_house(venue: Venue, period: Period) -> Sequence[Closure]:
    """When the house, or rooms of it, cannot be used."""
    return db.session.scalars(
        select(Closure)
        .where(
            Closure.venue_id == venue.id,
            Closure.to_at > period.start,
            Closure.from_at < period.end,
        )
        .options(selectinload(Closure.rooms))
        .order_by(Closure.from_at, Closure.id)
    ).all()


def closures_of_room(room: Room, period: Period) -> list[Closure]:
    """When a room cannot be used; a closed part closes its hall, and a hall its parts."""
    closures = closures_of_house(room.venue, period)
    named = [each for closure in closures for each in closure.rooms]
    spaces = spaces_of([room, *named])
    mine = set(spaces[room.id])
    return [
        closure
        for closure in closures
        if closure.is_of_whole_house
        or any(mine.intersection(spaces[each.id]) for each in closure.rooms)
    ]


def room(slug: str) -> Room:
    """A room in use and its house, without the hours and features that no feed tells of.

    Raises:
        NotFound: there is none.
    """
    question = select(Room).where(Room.slug == slug, Room.retired_at.is_(None))
    found = db.session.scalar(question.options(joinedload(Room.venue)))
    if found is None:
        raise NotFound
    return found


def feeds_of(person: Person) -> Sequence[Feed]:
    """The subscriptions a person has and did not withdraw, oldest first."""
    return db.session.scalars(
        select(Feed)
        .where(Feed.person_id == person.id, Feed.withdrawn_at.is_(None))
        .order_by(Feed.made_at, Feed.id)
    ).all()


def feed(feed_id: int) -> Feed:
    """One subscription that still stands.

    Raises:
        NotFound
    """
    return _standing(Feed.id == feed_id)


def feed_behind(token: str) -> Feed:
    """The subscription behind a secret link, for a calendar app that reads.

    The link is proven each time; what was made with it comes out of the memory of the process.

    Raises:
        NotFound: there never was one, or it was withdrawn.
    """
    row = db.session.connection().execute(_PROOF, {"hash": token_hash(token)}).one_or_none()
    if row is None:
        raise NotFound
    number, *marks = row
    return kept_row(_feed_with_owner, number, heard(marks).people)


def _feed_with_owner(session: Session, number: int) -> Feed:
    with_owner = (joinedload(Feed.person).options(*WITH_WHAT_THEY_DO), joinedload(Feed.venue))
    question = select(Feed).where(Feed.id == number).options(*with_owner)
    return session.scalars(question).unique().one()


# Put together once, for calendar apps ask every hour.
_PROOF = (
    select(Feed.id, *MARKS)
    .outerjoin_from(Feed, Pulse, true())
    .where(Feed.token_hash == bindparam("hash"), Feed.withdrawn_at.is_(None))
)


def houses_among(houses: set[int] | None) -> Sequence[Venue]:
    """Houses by their ids, all of them for None, by name."""
    question = select(Venue).order_by(Venue.name, Venue.id)
    if houses is not None:
        question = question.where(Venue.id.in_(houses))
    return db.session.scalars(question).all()


def _standing(which: ColumnElement[bool]) -> Feed:
    found = db.session.scalar(
        select(Feed)
        .where(which, Feed.withdrawn_at.is_(None))
        .options(joinedload(Feed.person), joinedload(Feed.venue))
    )
    if found is None:
        raise NotFound
    return found


def _rows(period: Period, *conditions: ColumnElement[bool]) -> list[BookingRow]:
    question = (
        select(*COLUMNS)
        .join(Booking.initiative)
        .outerjoin(Activity, Activity.booking_id == Booking.id)
        .outerjoin(Picture, Picture.id == Activity.picture_id)
        .where(Booking.from_at >= period.start, Booking.from_at < period.end, *conditions)
        .order_by(Booking.from_at, Booking.id)
    )
    return [BookingRow(*row) for row in db.session.execute(question)]


# In the order of a BookingRow.
COLUMNS: tuple[ColumnElement[Any], ...] = (
    Booking.id.expression,
    Booking.uid.expression,
    Booking.sequence.expression,
    Booking.room_id.expression,
    Booking.from_at.expression,
    Booking.to_at.expression,
    Booking.title.expression,
    Booking.status.expression,
    Booking.is_public.expression,
    Booking.created_at.expression,
    Booking.changed_at.expression,
    Initiative.name.expression,
    *(Activity.id.expression, Activity.title.expression, Activity.text.expression),
    Picture.name.expression,
)
