"""When rooms, parts or closures of a house change: who holds what follows, or the change is refused."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.exc import DBAPIError

from buurthuis.bookings.models import Booking
from buurthuis.bookings.steps import use_of
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import refusal_for
from buurthuis.imports.outside import taking
from buurthuis.imports.refusals import BookingsInTheWay
from buurthuis.occupancy.claims import claim, claim_closure, is_held, reclaim, release_closure
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.queries import held, spaces_of
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.periods import Period
from buurthuis.rules.states import LIVE, Status
from buurthuis.venues.models import Closure, Room, Venue


@dataclass(frozen=True, slots=True)
class Spaces:
    """The physical spaces of the rooms in use, by room."""

    of_rooms: dict[int, tuple[int, ...]]
    in_use: frozenset[int]

    @classmethod
    def of(cls, venue: Venue) -> "Spaces":
        """As they are stored now."""
        in_use = frozenset(room.id for room in venue.rooms if room.retired_at is None)
        return cls(spaces_of(venue.rooms), in_use)

    def changed(self, after: "Spaces") -> list[int]:
        """The rooms that were there before and are made of other spaces now."""
        return [
            room
            for room, spaces in self.of_rooms.items()
            if after.of_rooms.get(room, spaces) != spaces
        ]


def settle(
    venue: Venue, before: Spaces, *, going: list[Room], new: list[Closure], now: datetime
) -> None:
    """Let claims follow the rooms, remove the rooms that go, and claim time for closures.

    Raises:
        BookingsInTheWay: with the bookings that clash.
    """
    after = Spaces.of(venue)
    closing = list(new)
    if after == before and not going and not new:
        return
    periods = [Period(closure.from_at, closure.to_at) for closure in new]
    taking.step_aside(venue, now, periods if after == before and not going else None)
    if after != before or going:
        closing = list(venue.own_closures)
        for closure in closing:
            release_closure(closure)
        _reclaim(venue, before.changed(after), now)
        _remove(venue, going, now)
    for closure in closing:
        _claim(closure)
    taking.settle(venue, now)


def let_requests_hold(venue: Venue, now: datetime) -> None:
    """The house now keeps the place of a request: those that wait claim theirs.

    Raises:
        BookingsInTheWay: with those that want a place which another one wants or has.
    """
    waiting = _bookings(
        Booking.venue_id == venue.id, Booking.to_at > now, Booking.status == Status.REQUESTED
    )
    try:
        with db.session.begin_nested():
            for request in waiting:
                if not is_held(request.id):
                    claim(use_of(request), spaces_of([request.room])[request.room_id])
            db.session.flush()
    except RoomTaken as taken:
        raise BookingsInTheWay(bookings=_clashing(venue, now), closure=None) from taken
    except DBAPIError as error:
        _insist_on_taken(error)
        raise BookingsInTheWay(bookings=_clashing(venue, now), closure=None) from error


def _reclaim(venue: Venue, rooms: Collection[int], now: datetime) -> None:
    try:
        with db.session.begin_nested():
            reclaim(rooms, since=now)
            db.session.flush()
    except DBAPIError as error:
        _insist_on_taken(error)
        raise BookingsInTheWay(bookings=_clashing(venue, now), closure=None) from error


def _remove(venue: Venue, going: Collection[Room], now: datetime) -> None:
    """Remove rooms without bookings; what a hall once held in them is over."""
    if going:
        taking.forget_rooms(venue, going)
    for room in going:
        db.session.execute(
            delete(Occupancy).where(Occupancy.space_id == room.id, Occupancy.ends_at <= now)
        )
        db.session.delete(room)
    db.session.flush()
    db.session.expire(venue, ["rooms"])


def _claim(closure: Closure) -> None:
    try:
        with db.session.begin_nested():
            claim_closure(closure)
            db.session.flush()
    except DBAPIError as error:
        _insist_on_taken(error)
        raise BookingsInTheWay(bookings=_held_through(closure), closure=closure.from_at) from error


def _insist_on_taken(error: DBAPIError) -> None:
    """Only a refused overlap is answered here."""
    if not isinstance(refusal_for(error), RoomTaken):
        raise error


def _held_through(closure: Closure) -> list[Booking]:
    """The live bookings that hold time a closure wants."""
    rooms = closure.rooms or closure.venue.rooms
    spaces = {space for own in spaces_of(rooms).values() for space in own}
    claims = held(spaces, Period(closure.from_at, closure.to_at))
    ids = {claim.booking_id for claim in claims if claim.booking_id is not None}
    return _bookings(Booking.id.in_(ids))


def _clashing(venue: Venue, now: datetime) -> list[Booking]:
    """The coming live bookings of a house that would meet another one in one of their spaces."""
    spaces = spaces_of(venue.rooms)
    coming = _bookings(Booking.venue_id == venue.id, Booking.to_at > now, Booking.status.in_(LIVE))
    clashing = {
        booking.id: booking
        for pair in combinations(coming, 2)
        if _meet(*pair, spaces)
        for booking in pair
    }
    return list(clashing.values())


def _meet(one: Booking, other: Booking, spaces: dict[int, tuple[int, ...]]) -> bool:
    shared = set(spaces[one.room_id]) & set(spaces[other.room_id])
    return bool(shared) and _with_buffers(one).overlaps(_with_buffers(other))


def _with_buffers(booking: Booking) -> Period:
    after = booking.teardown_minutes + booking.turnover_minutes
    return booking.period.widened(before_minutes=booking.setup_minutes, after_minutes=after)


def _bookings(*conditions: ColumnElement[bool]) -> list[Booking]:
    return list(db.session.scalars(select(Booking).where(*conditions).order_by(Booking.from_at)))
