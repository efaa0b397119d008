"""The requests that wait for a house, with what a manager wants to know before deciding.

First the whole line in a few numbers each, so that it can be counted, chosen from and sorted;
then everything about the few requests of one page. Constant SQL, however long the line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, and_, case, func, or_, select, type_coerce
from sqlalchemy.orm import aliased, joinedload, lazyload

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import houses_of
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import WITH_EVERYTHING
from buurthuis.foundation.db import db
from buurthuis.rules import answers
from buurthuis.rules.calendar import day_of
from buurthuis.rules.periods import Period
from buurthuis.rules.spaces import spaces_of_room
from buurthuis.rules.states import LIVE, Status
from buurthuis.tariffs.models import Recognition
from buurthuis.venues.models import Room, RoomPart, Venue

WITH_BOOKER = joinedload(Booking.booked_by).options(
    lazyload(Person.roles), lazyload(Person.memberships)
)
TWO_DAYS = 2 * 24 * 3600
"""No booking lasts longer than a day, so whoever overlaps starts less than two before."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request in the line."""

    id: int
    asked_at: datetime
    period: Period
    room: tuple[str, str]
    initiative_id: int
    is_recognised: bool
    clashes: tuple[int, ...]
    earlier: int
    no_shows: int
    late_cancels: int

    @property
    def first_ever(self) -> bool:
        """The initiative has never been in this house before."""
        return self.earlier == 0

    @property
    def is_known(self) -> bool:
        """The house knows this group: it was here before, or it is recognised."""
        return self.is_recognised or not self.first_ever

    def is_late(self, now: datetime) -> bool:
        """It waits longer than neighbours should."""
        return answers.is_late(asked_at=self.asked_at, now=now)


@dataclass(frozen=True, slots=True)
class Request:
    """A request with its booking, and the bookings that want the same place."""

    booking: Booking
    waiting: Waiting
    clashes: list[Booking]


def waiting_count(person: Person) -> int:
    """How many requests wait for this person's yes or no, over the houses they manage."""
    houses = houses_of(person, RoleName.MANAGER)
    question = select(func.count()).where(Booking.status == Status.REQUESTED)
    if houses is not None:
        if not houses:
            return 0
        question = question.where(Booking.venue_id.in_(houses))
    return db.session.scalar(question) or 0


def line(venue: Venue, *, now: datetime) -> list[Waiting]:
    """Every request that waits for a house, oldest first; three statements, or four where halls have parts."""
    rows = db.session.execute(
        select(
            Booking.id,
            Booking.created_at,
            Booking.from_at,
            Booking.to_at,
            Room.slug,
            Room.name,
            Booking.initiative_id,
            _recognised(venue, now),
        )
        .join(Room, Room.id == Booking.room_id)
        .where(Booking.venue_id == venue.id, Booking.status == Status.REQUESTED)
        .order_by(Booking.created_at, Booking.id)
    ).all()
    if not rows:
        return []
    clashes = _clashes(venue)
    history = _history(venue, {row.initiative_id for row in rows})
    nothing = (0, 0, 0)
    return [
        Waiting(
            number,
            asked_at,
            Period(from_at, to_at),
            (slug, name),
            initiative_id,
            bool(is_recognised),
            tuple(clashes.get(number, ())),
            *history.get(initiative_id, nothing),
        )
        for number, asked_at, from_at, to_at, slug, name, initiative_id, is_recognised in rows
    ]


def requests_of(chosen: Sequence[Waiting]) -> list[Request]:
    """Everything about a few requests, in their order; one statement."""
    wanted = {number for each in chosen for number in (each.id, *each.clashes)}
    found = {
        booking.id: booking
        for booking in db.session.scalars(
            select(Booking).where(Booking.id.in_(wanted)).options(*WITH_EVERYTHING, WITH_BOOKER)
        )
    }
    return [
        Request(found[each.id], each, [found[other] for other in each.clashes])
        for each in chosen
        if each.id in found
    ]


def _recognised(venue: Venue, now: datetime) -> ColumnElement[bool]:
    today = day_of(now)
    return (
        select(Recognition.id)
        .where(
            Recognition.initiative_id == Booking.initiative_id,
            or_(Recognition.venue_id == venue.id, Recognition.venue_id.is_(None)),
            Recognition.valid_from <= today,
            or_(Recognition.valid_to.is_(None), Recognition.valid_to >= today),
        )
        .correlate(Booking)
        .exists()
    )


def _clashes(venue: Venue) -> dict[int, list[int]]:
    """Other live bookings that want a space of the same room at the time of each request.

    Each request is asked about by its own period, along the index of houses and starts.
    """
    other = aliased(Booking)
    earliest = type_coerce(Booking.from_at, BigInteger) - TWO_DAYS
    pairs = db.session.execute(
        select(Booking.id, Booking.room_id, other.id, other.room_id)
        .join(
            other,
            and_(
                other.venue_id == Booking.venue_id,
                other.from_at < Booking.to_at,
                type_coerce(other.from_at, BigInteger) > earliest,
                other.to_at > Booking.from_at,
                other.id != Booking.id,
                other.status.in_(LIVE),
                or_(
                    other.room_id == Booking.room_id,
                    and_(other.room_id.in_(_DIVISIBLE), Booking.room_id.in_(_DIVISIBLE)),
                ),
            ),
        )
        .where(Booking.venue_id == venue.id, Booking.status == Status.REQUESTED)
        .order_by(other.from_at, other.id)
    ).all()
    if not pairs:
        return {}
    spaces = _spaces_in(venue, {room for pair in pairs for room in (pair[1], pair[3])})
    found: dict[int, list[int]] = {}
    for number, room, other_number, other_room in pairs:
        if spaces[room] & spaces[other_room]:
            found.setdefault(number, []).append(other_number)
    return found


_DIVISIBLE = select(RoomPart.whole_id).union_all(select(RoomPart.part_id)).scalar_subquery()
"""Rooms that are made of others, or that others are made of."""


def _spaces_in(venue: Venue, rooms: Iterable[int]) -> dict[int, frozenset[int]]:
    parts: dict[int, list[int]] = {}
    pairs = select(RoomPart.whole_id, RoomPart.part_id).join(Room, Room.id == RoomPart.whole_id)
    for whole, part in db.session.execute(pairs.where(Room.venue_id == venue.id)):
        parts.setdefault(whole, []).append(part)
    return {room: spaces_of_room(room, parts) for room in rooms}


def _history(venue: Venue, initiatives: set[int]) -> dict[int, tuple[int, int, int]]:
    rows = db.session.execute(
        select(
            Booking.initiative_id,
            func.sum(case((Booking.status == Status.CONFIRMED, 1), else_=0)),
            func.sum(case((Booking.status == Status.NO_SHOW, 1), else_=0)),
            func.sum(case((Booking.cancelled_late.is_(True), 1), else_=0)),
        )
        .where(Booking.venue_id == venue.id, Booking.initiative_id.in_(initiatives))
        .group_by(Booking.initiative_id)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}
