"""Questions about bookings: what is free, what I have, what waits for the house; they never commit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, or_, select, union_all
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Initiative, Membership, Person
from buurthuis.bookings.counting import made_before_apart
from buurthuis.bookings.facts import facts_from as facts_from
from buurthuis.bookings.facts import with_company
from buurthuis.bookings.fair_use import with_fair_use
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.occupancy.queries import Held, held
from buurthuis.rules import availability
from buurthuis.rules.availability import Ask, Obstacle, Problem, RoomFacts
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose
from buurthuis.tariffs.charges import Beside
from buurthuis.tariffs.each import Wanted, price_each
from buurthuis.tariffs.queries import Priced
from buurthuis.venues.known import bookable_rooms
from buurthuis.venues.models import Room, Venue

Spaces = Mapping[int, tuple[int, ...]]
"""The physical spaces of rooms, by the id of the room."""

LONGER_THAN_ANY_BOOKING = timedelta(days=2)
"""Who looks for what overlaps a time begins this much earlier: starts are in the indexes, ends are not."""

WITH_EVERYTHING = (
    joinedload(Booking.venue),
    joinedload(Booking.room),
    joinedload(Booking.initiative),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A room that is free for what was asked, and what it costs; no price means ask the house."""

    room: Room
    period: Period
    priced: Priced | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A room that is not free, why not, and the nearest times at which it is, once looked for."""

    room: Room
    problems: list[Obstacle]
    alternatives: list[Period] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: what is free, and what is large enough but not free."""

    free: list[Offer] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)


def room_facts(
    rooms: Sequence[Room],
    first: date,
    last: date,
    *,
    initiative_id: int | None = None,
    ignoring: int | None = None,
    spaces: Spaces | None = None,
    is_series: bool = False,
) -> dict[int, RoomFacts]:
    """What the rule needs to know of each room from the first day to the last, both included.

    One statement, however many rooms, and a few more where a house has rules of fair use.
    `initiative_id` is who asks: its own bookings give way to each other's buffers. `ignoring` leaves
    out one booking, for a change of that booking itself. `spaces` saves a statement where they are
    known already.
    """
    spaces = spaces or spaces_known(rooms)
    held_here = claims_on(rooms, first, last, spaces=spaces, ignoring=ignoring)
    facts = facts_from(held_here, rooms, first, last, initiative_id=initiative_id)
    left_out = () if ignoring is None else (ignoring,)
    return with_fair_use(
        facts,
        *(rooms, first, last),
        initiative_id=initiative_id,
        ignoring=left_out,
        is_series=is_series,
    )


def spaces_known(rooms: Iterable[Room]) -> dict[int, tuple[int, ...]]:
    """The spaces of rooms as they came along with them; who claims time asks again under the lock."""
    return {room.id: tuple(sorted(room.spaces)) for room in rooms}


def claims_on(
    rooms: Sequence[Room],
    first: date,
    last: date,
    *,
    spaces: Spaces,
    ignoring: int | None = None,
) -> dict[int, list[Held]]:
    """What is held of each room from the day before the first to the day after the last.

    With a room that goes only with others comes what is held of those.
    """
    around = Period(
        day_period(first - timedelta(days=1)).start, day_period(last + timedelta(days=1)).end
    )
    by_space: dict[int, list[Held]] = defaultdict(list)
    all_rooms = with_company(rooms)
    spaces = {**spaces_known(all_rooms[key] for key in all_rooms.keys() - spaces.keys()), **spaces}
    every_space = {space for own in spaces.values() for space in own}
    for claim in held(every_space, around, ignoring=ignoring):
        by_space[claim.space_id].append(claim)
    return {key: [claim for space in spaces[key] for claim in by_space[space]] for key in all_rooms}


def find(
    period: Period,
    *,
    people: int | None,
    purpose: Purpose,
    initiative: Initiative | None,
    now: datetime,
    venue: Venue | None = None,
) -> Found:
    """Every room of every house for one wish: free ones with their price, and the others."""
    rooms = bookable_rooms(venue)
    ask = Ask(period, people, purpose=purpose)
    first, last = day_of(period.start), day_of(period.end)
    asks_for = None if initiative is None else initiative.id
    facts = room_facts(rooms, first, last, initiative_id=asks_for)
    found = Found()
    free = []
    for room in rooms:
        limits = room.venue.limits
        problems = availability.problems(ask, facts[room.id], limits, now=now)
        if not problems:
            free.append(room)
        elif Problem.TOO_MANY_PEOPLE not in problems:
            found.taken.append(Taken(room, problems))
    prices = price_each(
        [Wanted(room, period, initiative, purpose, Beside(people)) for room in free],
        counting=made_before_apart,
    )
    found.free.extend(
        Offer(room, period, priced) for room, priced in zip(free, prices, strict=True)
    )
    return found


def with_other_times(
    taken: Sequence[Taken], ask: Ask, *, initiative: Initiative | None, now: datetime
) -> list[Taken]:
    """The same rooms with the nearest times at which each is free, the nearest of all first.

    It reads a week of every room, so ask it for the rooms that will be shown.
    """
    asks_for = None if initiative is None else initiative.id
    facts = facts_around([each.room for each in taken], ask.period, asks_for)
    looked_at = [
        replace(
            each,
            alternatives=availability.alternatives(
                ask, facts[each.room.id], each.room.venue.limits, now=now
            ),
        )
        for each in taken
    ]
    return sorted(looked_at, key=lambda each: _distance(each, ask.period))


def facts_around(
    rooms: Sequence[Room], period: Period, initiative_id: int | None
) -> dict[int, RoomFacts]:
    """Facts wide enough to look for the nearest other times as well."""
    first, last = day_of(period.start), day_of(period.end)
    reach = timedelta(days=availability.DAYS_TO_LOOK_AHEAD)
    return room_facts(rooms, first, last + reach, initiative_id=initiative_id)


def _distance(taken: Taken, period: Period) -> timedelta:
    if not taken.alternatives:
        return timedelta(days=365)
    return abs(taken.alternatives[0].start - period.start)


def problems_of(
    room: Room,
    ask: Ask,
    *,
    now: datetime,
    initiative_id: int | None = None,
    ignoring: int | None = None,
    spaces: Spaces | None = None,
) -> list[Obstacle]:
    """What stands in the way of one wish for one room; the finder and the booking ask this same thing."""
    facts = room_facts(
        [room],
        day_of(ask.period.start),
        day_of(ask.period.end),
        initiative_id=initiative_id,
        ignoring=ignoring,
        spaces=spaces,
        is_series=ask.is_series,
    )
    return availability.problems(ask, facts[room.id], room.venue.limits, now=now)


def alternatives_of(
    room: Room, ask: Ask, *, now: datetime, initiative_id: int | None = None
) -> list[Period]:
    """The nearest other times at which the room can be booked for as long."""
    facts = facts_around([room], ask.period, initiative_id)
    return availability.alternatives(ask, facts[room.id], room.venue.limits, now=now)


def booking(booking_id: int) -> Booking:
    """One booking with its room, house and initiative.

    Raises:
        NotFound: there is none.
    """
    found = db.session.scalar(
        select(Booking).where(Booking.id == booking_id).options(*WITH_EVERYTHING)
    )
    if found is None:
        raise NotFound
    return found


def made_together(booking: Booking) -> ColumnElement[bool] | None:
    """Which bookings were made with this one, as days of its series or rooms of its bundle."""
    if booking.series_id is not None:
        return Booking.series_id == booking.series_id
    return None if booking.bundle_id is None else Booking.bundle_id == booking.bundle_id


def bookings_of(person: Person, *, now: datetime, past: int = 20) -> list[Booking]:
    """My bookings: all that are to come, soonest first, then the latest of the past."""
    mine = [membership.initiative_id for membership in person.memberships]
    if not mine:
        return []
    coming = (
        select(Booking)
        .where(
            Booking.initiative_id.in_(mine),
            # The start is in the index and the end is not, so the range must begin at a start.
            Booking.from_at > now - LONGER_THAN_ANY_BOOKING,
            Booking.to_at > now,
        )
        .order_by(Booking.from_at, Booking.id)
    )
    # Each group's latest, read from the end of the index, however much has been.
    latest = [_latest(initiative_id, now, past) for initiative_id in mine]
    been = (
        select(Booking)
        .where(Booking.id.in_(union_all(*latest)))
        .order_by(Booking.from_at.desc(), Booking.id)
    )
    return [
        *db.session.scalars(coming.options(*WITH_EVERYTHING).limit(200)),
        *db.session.scalars(been.options(*WITH_EVERYTHING).limit(past)),
    ]


def _latest(initiative_id: int, now: datetime, count: int) -> Select[int]:
    question = select(Booking.id).where(
        Booking.initiative_id == initiative_id, Booking.from_at < now, Booking.to_at <= now
    )
    found = question.order_by(Booking.from_at.desc()).limit(count).subquery()
    return select(found.c.id)


def overlapping(period: Period) -> Select[Booking]:
    """Bookings that overlap a period; none lasts longer than a day, so the index range stays short."""
    earliest = period.start - LONGER_THAN_ANY_BOOKING
    return select(Booking).where(
        Booking.from_at < period.end, Booking.from_at > earliest, Booking.to_at > period.start
    )


def visible_to(person: Person, houses: set[int] | None) -> Select[Booking]:
    """What a person may see: their initiatives' bookings, and those of houses where they work."""
    mine = select(Membership.initiative_id).where(Membership.person_id == person.id)
    question = select(Booking).options(*WITH_EVERYTHING)
    if houses is None:
        return question
    return question.where(or_(Booking.initiative_id.in_(mine), Booking.venue_id.in_(houses)))
