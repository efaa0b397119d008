"""The week of a house: per day and room what is free, taken, mine or closed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import initiatives_of
from buurthuis.bookings.fair_use import with_fair_use
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import claims_on, facts_from, spaces_known
from buurthuis.foundation.db import db
from buurthuis.occupancy.queries import Held
from buurthuis.rules import availability
from buurthuis.rules.availability import RoomFacts
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.periods import Period, merge
from buurthuis.venues.fair_use import fair_use_of
from buurthuis.venues.hours import dutch_holidays
from buurthuis.venues.known import bookable_rooms
from buurthuis.venues.models import Room, Venue


class State(StrEnum):
    """What a visitor sees of a span."""

    FREE = "free"
    TAKEN = "taken"
    MINE = "mine"
    KEPT = "kept"  # free, but the rules of fair use keep it from the visitor
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a day in one room; `booking_id` and `title` only where the visitor may know them."""

    period: Period
    state: State
    booking_id: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class RoomDay:
    """One room on one day."""

    room: Room
    spans: list[Span]


@dataclass(frozen=True, slots=True)
class DayOfRooms:
    """One day with every room of the house."""

    day: date
    is_today: bool
    is_past: bool
    holiday: str | None
    rooms: list[RoomDay]


def week_of(
    venue: Venue,
    first: date,
    *,
    now: datetime,
    person: Person | None,
    only: Room | None = None,
) -> list[DayOfRooms]:
    """Seven days of a house, or of one room of it.

    What is free here can be booked: the same rule answers both.
    """
    rooms = bookable_rooms(venue) if only is None else [only]
    days = [first + timedelta(days=ahead) for ahead in range(7)]
    claims = claims_on(rooms, days[0], days[-1], spaces=spaces_known(rooms))
    found = facts_from(claims, rooms, days[0], days[-1])
    group = _group_of(person, venue)
    facts = with_fair_use(found, rooms, days[0], days[-1], initiative_id=group)
    mine = _mine(person, [claim for own in claims.values() for claim in own])
    spans = {
        room.id: list(_spans(room, facts[room.id], claims[room.id], mine, now)) for room in rooms
    }
    holidays = dutch_holidays(days[0], days[-1])
    return [_day(day, rooms, spans, now, holidays.get(day)) for day in days]


def _group_of(person: Person | None, venue: Venue) -> int | None:
    """For whom the form books first, where it matters who asks."""
    if person is None or not fair_use_of([venue.id]):
        return None
    groups = initiatives_of(person)
    return groups[0].id if groups else None


def _mine(person: Person | None, claims: Sequence[Held]) -> dict[int, str]:
    """The titles of the visitor's own bookings among the claims."""
    if person is None:
        return {}
    own = {membership.initiative_id for membership in person.memberships}
    ids = {claim.booking_id for claim in claims if claim.initiative_id in own}
    if not ids:
        return {}
    rows = db.session.execute(select(Booking.id, Booking.title).where(Booking.id.in_(ids)))
    return {row.id: row.title for row in rows}


def _spans(
    room: Room, facts: RoomFacts, claims: Sequence[Held], mine: dict[int, str], now: datetime
) -> Iterator[Span]:
    for period in availability.free_spans(facts, room.venue.limits, now=now):
        yield Span(period, State.FREE)
    for period in availability.kept_spans(facts, room.venue.limits, now=now):
        yield Span(period, State.KEPT)
    seen: set[int] = set()
    for claim in claims:
        if claim.booking_id in mine and claim.booking_id not in seen:
            seen.add(claim.booking_id or 0)
            yield Span(claim.use, State.MINE, claim.booking_id, mine[claim.booking_id or 0])
    taken = [c.use for c in claims if c.booking_id is not None and c.booking_id not in mine]
    for period in merge(taken):
        yield Span(period, State.TAKEN)
    for period in merge(facts.closures):
        yield Span(period, State.CLOSED)


def _day(
    day: date,
    rooms: Sequence[Room],
    spans: dict[int, list[Span]],
    now: datetime,
    holiday: str | None,
) -> DayOfRooms:
    whole = day_period(day)
    today = day_of(now)
    return DayOfRooms(
        day=day,
        is_today=day == today,
        is_past=day < today,
        holiday=holiday,
        rooms=[RoomDay(room, _clipped(spans[room.id], whole)) for room in rooms],
    )


def _clipped(spans: Sequence[Span], whole: Period) -> list[Span]:
    return sorted(
        (
            Span(part, span.state, span.booking_id, span.title)
            for span in spans
            if (part := span.period.intersection(whole)) is not None
        ),
        key=lambda span: span.period,
    )
