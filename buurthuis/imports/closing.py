"""Closing a house or rooms over bookings that are there: each is cancelled or moved, all in one go."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person
from buurthuis.bookings import closing_letters, queries
from buurthuis.bookings.bundles.company import left_alone_by
from buurthuis.bookings.calling_off import call_off, give_back
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes import change_letters
from buurthuis.bookings.changes.meaning import Wanted, meaning_for_house
from buurthuis.bookings.changes.steps import close_open, resettle
from buurthuis.bookings.changes.together import close_each
from buurthuis.bookings.in_calendar import sure
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import WITH_EVERYTHING
from buurthuis.bookings.refusals import ReasonMissing
from buurthuis.bookings.rights import decides
from buurthuis.bookings.steps import permit, touch
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.imports.house import House, HouseClosure
from buurthuis.imports.keeping import checked, locked, remember, remember_beginning, store
from buurthuis.imports.models import Part
from buurthuis.imports.queries import house_of
from buurthuis.imports.refusals import OthersInTheWay
from buurthuis.occupancy.models import LONGEST_SECONDS, Occupancy
from buurthuis.occupancy.queries import spaces_of
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.availability import Ask, Problem, RoomFacts, problems
from buurthuis.rules.calendar import day_of
from buurthuis.rules.changes import ChangeStatus
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.venues.models import Room, Venue

LONGEST = timedelta(seconds=LONGEST_SECONDS)
STOPS_A_MOVE = frozenset(
    {Problem.TOO_MANY_PEOPLE, Problem.CLOSED, Problem.OUTSIDE_HOURS, Problem.TAKEN}
)
"""The house moves a booking itself, so its terms for bookers do not count; these do."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one booking: moved to another room, or cancelled when there is none.

    `seen` is the sequence of the booking at which it was looked at.
    """

    booking_id: int
    seen: int
    room: str | None = None


@dataclass(frozen=True, slots=True)
class InTheWay:
    """A booking in the way of a closure, and the other rooms that are free at its time."""

    booking: Booking
    rooms: list[Room]


@action
def close_over(
    slug: str, closure: HouseClosure, fates: Sequence[Fate], *, by: Person, reason: str
) -> int:
    """Cancel and move what stands in the way, and close: all of it or nothing.

    Whoever is moved never pays more. Changes that were asked for the closed time are refused
    with the same reason. Gives the number of the newest version of the house.

    Raises:
        NotFound: no house has this slug.
        OthersInTheWay: the bookings in the way are no longer those that were looked at.
        RoomTaken: a room to which one would move is not free.
        ReasonMissing: nobody would know why.
        HouseHasMistakes: the closure makes no sense.
    """
    venue = locked(slug)
    if venue is None:
        raise NotFound(venue=slug)
    if not reason.strip():
        raise ReasonMissing
    house, now = house_of(venue), clock.now()
    found = _locked_in_the_way(venue, closure, now)
    _insist_on_the_same(found, fates)
    wanted = {fate.booking_id: fate.room for fate in fates}
    rooms = {room.slug: room for room in venue.rooms}
    closed = _closed_spaces(venue, closure)
    before: dict[int, dict[str, Any]] = {}
    certain = {booking.id for booking in sure(found)}
    for booking in found:
        permit(decides(by, booking), booking, by)
        slug_of_room = wanted[booking.id]
        if slug_of_room is None:
            give_back(booking, by=by, now=now)
        else:
            room = rooms.get(slug_of_room)
            before[booking.id] = _move_away(booking, room, closed, by=by, now=now)
    closing_letters.tell(found, before, by=by, reason=reason, certain=certain)
    _call_off_what_is_alone(found, by=by, now=now, reason=reason)
    _refuse_changes(closed, closure, by=by, reason=reason)
    return _store(venue, house, closure, by=by)


def in_the_way(venue: Venue, closure: HouseClosure, *, now: datetime) -> list[InTheWay]:
    """The bookings that a closure would meet, each with the rooms to which it could go.

    The number of statements does not grow with the bookings.
    """
    found = list(db.session.scalars(_question(venue, closure, now)))
    if not found:
        return []
    closed = _closed_spaces(venue, closure)
    spaces = spaces_of(venue.rooms)
    others = [
        room
        for room in venue.rooms
        if room.retired_at is None and not closed & set(spaces[room.id])
    ]
    first = min(day_of(booking.from_at) for booking in found)
    last = max(day_of(booking.to_at) for booking in found)
    facts = queries.room_facts(others, first, last, spaces=spaces) if others else {}
    return [InTheWay(booking, _free(booking, others, facts)) for booking in found]


def _free(booking: Booking, others: Collection[Room], facts: Mapping[int, RoomFacts]) -> list[Room]:
    """The rooms that are free at the time of a booking, the smallest in which it fits first."""
    free = [room for room in others if not _stops(booking, room, facts[room.id])]
    return sorted(free, key=lambda room: (room.capacity < booking.room.capacity, room.capacity))


def _stops(booking: Booking, room: Room, facts: RoomFacts) -> bool:
    ask = Ask(booking.period, booking.people)
    found = problems(ask, facts, room.venue.limits, now=booking.from_at)
    return any(problem in STOPS_A_MOVE for problem in found)


def _move_away(
    booking: Booking,
    room: Room | None,
    closed: Collection[int],
    *,
    by: Person,
    now: datetime,
) -> dict[str, Any]:
    """Move a booking at its own time to another room of the house; returns where it was.

    Raises:
        RoomTaken: that room is not free, not large enough, or closed as well.
    """
    if room is None or set(spaces_of([room])[room.id]) & set(closed):
        raise RoomTaken
    day, until = day_of(booking.from_at), day_of(booking.to_at)
    facts = queries.room_facts([room], day, until, initiative_id=booking.initiative_id)
    if _stops(booking, room, facts[room.id]):
        raise RoomTaken(room=room)
    wanted = Wanted(room, booking.period)
    try:
        quote = meaning_for_house(booking, wanted).quote
    except NoPrice:
        raise RoomTaken(room=room) from None
    close_open(booking.id, ChangeStatus.WITHDRAWN, by=by)
    touch(booking, now)
    return resettle(booking, wanted, quote, by=by)


def _call_off_what_is_alone(
    found: Sequence[Booking], *, by: Person, now: datetime, reason: str
) -> None:
    """What groups have beside these, and goes only with one of them, ends as well."""
    for booking in found:
        for alone in left_alone_by(booking) if not booking.is_live else ():
            call_off(alone, by=by, now=now, reason=reason)


def _locked_in_the_way(venue: Venue, closure: HouseClosure, now: datetime) -> list[Booking]:
    question = _question(venue, closure, now).order_by(None).order_by(Booking.id)
    locking = question.with_for_update(of=Booking).execution_options(populate_existing=True)
    return list(db.session.scalars(locking))


def _question(venue: Venue, closure: HouseClosure, now: datetime) -> Select[Booking]:
    """The bookings that hold time which a closure wants, the first one first."""
    spaces = _closed_spaces(venue, closure)
    holding = _held(spaces, closure, Occupancy.booking_id).where(Occupancy.change_id.is_(None))
    return (
        select(Booking)
        .where(Booking.id.in_(holding), Booking.to_at > now)
        .options(*WITH_EVERYTHING, joinedload(Booking.booked_by))
        .order_by(Booking.from_at, Booking.id)
    )


def _held(spaces: Collection[int], closure: HouseClosure, column: Any) -> Select[Any]:
    return select(column).where(
        Occupancy.space_id.in_(spaces),
        Occupancy.from_at < closure.to_at,
        Occupancy.from_at > closure.from_at - LONGEST,
        Occupancy.to_at > closure.from_at,
        Occupancy.booking_id.is_not(None),
    )


def _closed_spaces(venue: Venue, closure: HouseClosure) -> set[int]:
    rooms = [
        room
        for room in venue.rooms
        if room.retired_at is None and (not closure.rooms or room.slug in closure.rooms)
    ]
    return {space for own in spaces_of(rooms).values() for space in own}


def _insist_on_the_same(found: Sequence[Booking], fates: Sequence[Fate]) -> None:
    """Nothing happens to a booking that nobody looked at, or that changed since."""
    seen = {fate.booking_id: fate.seen for fate in fates}
    others = [booking for booking in found if seen.get(booking.id) != booking.sequence]
    gone = seen.keys() - {booking.id for booking in found}
    if others or gone:
        raise OthersInTheWay(bookings=others)


def _refuse_changes(
    spaces: Collection[int], closure: HouseClosure, *, by: Person, reason: str
) -> None:
    """Say no to changes that ask for the time which is closed now."""
    asking = _held(spaces, closure, Occupancy.change_id).where(Occupancy.change_id.is_not(None))
    question = select(ChangeRequest).where(
        ChangeRequest.id.in_(asking), ChangeRequest.status == ChangeStatus.ASKED
    )
    for change in db.session.scalars(question.order_by(ChangeRequest.id).with_for_update()):
        close_each([change], ChangeStatus.REFUSED, by=by, reason=reason)
        logbook.note("change.refused", change.booking, by=by, venue_id=change.venue_id)
        change_letters.refused(change)


def _store(venue: Venue, house: House, closure: HouseClosure, *, by: Person) -> int:
    after = checked(replace(house, closures=(*house.closures, closure)))
    remember_beginning(venue, house)
    store(venue, after)
    number = remember(venue, after, part=Part.CLOSURES, by=by)
    facts = {"part": Part.CLOSURES, "version": number}
    logbook.note("house.changed", venue, by=by, venue_id=venue.id, **facts)
    return number
