"""What became of the promises of houses: their sessions now, and which promise is for which shift.

The worker reads it to tell people, the roster to show it. Nothing here is stored.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, false, or_, select, union
from sqlalchemy.orm import joinedload, selectinload

from buurthuis.accounts.queries import ALONE
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.roster.gathering import Door, Spot, doors_of, gather, near, where_now
from buurthuis.roster.models import STANDING, Duty, DutyBooking, DutyStatus
from buurthuis.rules.periods import Period
from buurthuis.rules.sessions import Habits, OpenSession, open_sessions
from buurthuis.rules.shifts import Promise, Settled, settle
from buurthuis.venues.models import Venue

COUNTS: Final = (*STANDING, DutyStatus.DONE, DutyStatus.MISSED)
"""Promises that belong to a shift: those that stand, and those whose shift is over."""

WITH_ALL: Final = (joinedload(Duty.venue), joinedload(Duty.person).options(*ALONE))
"""A promise with its house and whose it is."""


@dataclass(frozen=True, slots=True)
class HouseRoster:
    """One house as it is now.

    `settled` tells what became of each promise, `duties` are the promises by their number, and
    `freed_before` those that were found to be no longer needed before.
    """

    venue: Venue
    habits: Habits
    settled: Settled
    duties: dict[int, Duty]
    freed_before: list[Duty] = field(default_factory=list)


@dataclass(slots=True)
class _Known:
    """What was read so far, until every promise is followed to wherever its bookings are."""

    doors: dict[int, Door]
    asked: list[Spot]
    spots: list[Spot] = field(default_factory=list)
    sessions: dict[int, list[OpenSession]] = field(default_factory=dict)
    """The sessions that are wholly known, by house."""
    read: dict[int, Duty] = field(default_factory=dict)
    duties: dict[int, Duty] = field(default_factory=dict)
    """Of all promises that were read, those that have to do with these sessions."""
    places: dict[int, Spot | None] = field(default_factory=dict)


def duty_by_id(duty_id: int) -> Duty:
    """A promise, with its house and whose it is.

    Raises:
        NotFound
    """
    found = db.session.scalar(select(Duty).where(Duty.id == duty_id).options(*WITH_ALL))
    if found is None:
        raise NotFound
    return found


def settled_in(spots: Iterable[Spot], *, now: datetime) -> list[HouseRoster]:
    """What became of the promises of some houses around some spots of time, exactly.

    The sessions and promises of each spot lie as they would in any other span; there may be more of
    them than overlap it. The number of statements stays the same, but for promises whose bookings
    moved to another day: then they are looked for there, in as many statements again.
    """
    asked = list(spots)
    known = _Known(doors_of({spot.venue_id for spot in asked}), asked)
    new = asked
    while new:
        gather(known.doors, new, now=now)
        known.spots += new
        known.sessions = {key: _sessions_in(door, known.spots) for key, door in known.doors.items()}
        known.read |= {duty.id: duty for duty in _duties(new)}
        known.duties = _at_stake(known)
        new = _elsewhere(known)
    return [_settled(door, known) for door in known.doors.values()]


def _at_stake(known: _Known) -> dict[int, Duty]:
    """The promises for bookings of these sessions, or told for what was asked; and others of their name."""
    held = {
        booking
        for sessions in known.sessions.values()
        for session in sessions
        if session.is_certain
        for booking in session.bookings
    }
    mine = {
        key: duty
        for key, duty in known.read.items()
        if _is_told_for(duty, known.asked)
        or (duty.status in COUNTS and not held.isdisjoint(_remembered(duty)))
    }
    names = {duty.session_id for duty in mine.values() if duty.status in COUNTS}
    named = {
        key: duty
        for key, duty in known.read.items()
        if duty.status in COUNTS and duty.session_id in names
    }
    return mine | named


def _remembered(duty: Duty) -> set[int]:
    return {each.booking_id for each in duty.bookings}


def _is_told_for(duty: Duty, spots: Iterable[Spot]) -> bool:
    told = Period(duty.starts_at, duty.ends_at)
    return any(spot.venue_id == duty.venue_id and spot.period.overlaps(told) for spot in spots)


def _elsewhere(known: _Known) -> list[Spot]:
    """Where else the bookings are that the promises remember, or are named after."""
    for key, sessions in known.sessions.items():
        for session in sessions:
            if session.is_certain:
                known.places |= dict.fromkeys(session.bookings, Spot(key, session.period))
    asked = {
        booking
        for duty in known.duties.values()
        if duty.status in COUNTS
        for booking in (duty.session_id, *_remembered(duty))
    }
    left = asked - known.places.keys()
    found = where_now(left)
    known.places |= {booking: found.get(booking) for booking in left}
    return [spot for spot in found.values() if spot.venue_id in known.doors]


def _settled(door: Door, known: _Known) -> HouseRoster:
    here = door.venue.id
    duties = {key: duty for key, duty in known.duties.items() if duty.venue_id == here}
    promises = [promise_of(duty) for duty in duties.values() if duty.status in COUNTS]
    settled = settle(known.sessions[here], door.habits, promises, away=_away(here, known))
    freed = [duty for duty in duties.values() if duty.status is DutyStatus.NOT_NEEDED]
    return HouseRoster(door.venue, door.habits, settled, duties, freed)


def _away(venue_id: int, known: _Known) -> set[int]:
    """The names that serve another house: of a booking that is there, or of an older promise."""
    counted = [duty for duty in known.duties.values() if duty.status in COUNTS]
    oldest: dict[int, int] = {}
    for duty in sorted(counted, key=lambda duty: duty.id):
        oldest.setdefault(duty.session_id, duty.venue_id)
    there = {key for key, spot in known.places.items() if spot and spot.venue_id != venue_id}
    return there | {name for name, house in oldest.items() if house != venue_id}


def _sessions_in(door: Door, spots: Iterable[Spot]) -> list[OpenSession]:
    """The sessions of a house that meet one of the spots; others may lie half outside what was read."""
    periods = [spot.period for spot in spots if spot.venue_id == door.venue.id]
    return [
        session
        for session in open_sessions(door.uses.values(), door.habits, door.day_parts)
        if any(session.period.overlaps(period) for period in periods)
    ]


def promise_of(duty: Duty) -> Promise:
    """A promise in the words of the house rules."""
    return Promise(
        id=duty.id,
        session=duty.session_id,
        kind=duty.kind,
        watch=duty.watch,
        place=duty.place,
        part=duty.part,
        period=Period(duty.starts_at, duty.ends_at),
        bookings=frozenset(_remembered(duty)),
    )


def _duties(spots: Sequence[Spot]) -> Sequence[Duty]:
    """The promises that may belong to sessions of the spots, or were told for a time in them.

    With them come others of the same name, for one name is used only once.
    """
    booked = (
        select(DutyBooking.duty_id)
        .join(Booking, Booking.id == DutyBooking.booking_id)
        .where(near(spots))
    )
    ids = union(booked, select(Duty.id).where(_told_for(spots)))
    names = select(Duty.session_id).where(Duty.id.in_(ids), Duty.status.in_(COUNTS))
    asked = select(Duty).where(
        or_(Duty.id.in_(ids), Duty.session_id.in_(names)),
        Duty.status.in_((*COUNTS, DutyStatus.NOT_NEEDED)),
    )
    person = joinedload(Duty.person).options(*ALONE)
    with_all = asked.options(person, selectinload(Duty.bookings))
    return db.session.scalars(with_all.order_by(Duty.id)).all()


def _told_for(spots: Iterable[Spot]) -> ColumnElement[bool]:
    return or_(
        false(),
        *(
            and_(
                Duty.venue_id == spot.venue_id,
                Duty.starts_at < spot.period.end,
                Duty.ends_at > spot.period.start,
            )
            for spot in spots
        ),
    )
