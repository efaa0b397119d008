"""Taking the time of calendars of others, inside the transaction of whichever verb asks for it.

What they want and nobody holds becomes closures of the house. A booking goes before them, and so
does a closure that the house decided itself; where those stand nothing is taken.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import selectinload

from buurthuis.foundation import clock
from buurthuis.foundation.action import follows_first
from buurthuis.foundation.db import db
from buurthuis.imports.outside.models import OutsideCalendar, OutsideRoom, OutsideTime
from buurthuis.occupancy import claims, freed
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.queries import spaces_of
from buurthuis.rules.outside import time_to_take
from buurthuis.rules.periods import Period, intersect, merge
from buurthuis.venues.models import Closure, Room, Venue

Spaces = Mapping[int, tuple[int, ...]]
Wanted = dict[tuple[int, Period, frozenset[int]], OutsideCalendar]
"""Which calendar takes which time in which spaces."""


@dataclass(frozen=True, slots=True)
class Taker:
    """A calendar that a house subscribed to, the spaces it takes, and its coming times."""

    calendar: OutsideCalendar
    spaces: frozenset[int]
    times: list[Period]


def settle(venue: Venue, now: datetime) -> None:
    """Let the closures of all calendars of others be what these want now; it locks their rooms."""
    calendars = calendars_of(venue)
    stands = _coming_closures(venue, now)
    if not calendars and not stands:
        return
    claims.lock_rooms([room for calendar in calendars for room in in_use(calendar)])
    spaces = spaces_of(venue.rooms)
    wanted = _wanted(takers_of(calendars, spaces, now), now)
    kept = {_key(closure, spaces): closure for closure in stands}
    for key, closure in kept.items():
        if key in wanted and closure.reason != wanted[key].name:
            closure.reason, closure.made_at = wanted[key].name, now
    _delete([closure for key, closure in kept.items() if key not in wanted])
    _close(venue, {key: wanted[key] for key in wanted if key not in kept}, spaces)


def is_settled(venue: Venue, now: datetime) -> bool:
    """Whether from now on these calendars take exactly what they want and nobody else holds."""
    spaces = spaces_of(venue.rooms)
    wanted = _wanted(takers_of(calendars_of(venue), spaces, now), now)
    stands = (_key(closure, spaces) for closure in _coming_closures(venue, now))
    return _by_space(wanted, now) == _by_space(stands, now)


def step_aside(venue: Venue, now: datetime, periods: Collection[Period] | None = None) -> None:
    """Let go of what calendars of others take in these periods (None: whenever); `settle` follows."""
    _delete(
        [
            closure
            for closure in _coming_closures(venue, now)
            if periods is None
            or any(each.overlaps(Period(closure.from_at, closure.to_at)) for each in periods)
        ]
    )


def forget_rooms(venue: Venue, rooms: Collection[Room]) -> None:
    """Forget everything about rooms that the house takes away."""
    ids = [room.id for room in rooms]
    db.session.execute(delete(OutsideRoom).where(OutsideRoom.room_id.in_(ids)))
    of_these = Closure.rooms.any(Room.id.in_(ids))
    _delete(_closures(Closure.venue_id == venue.id, of_these))


@follows_first
def take_what_came_free() -> None:
    """Take time that this transaction let go of and a calendar of others wants, before anybody else."""
    came_free, now = freed.seen(), clock.now()
    if not came_free:
        return
    spaces = {each.space_id for each in came_free}
    first = max(now, min(each.period.start for each in came_free))
    last = max(each.period.end for each in came_free)
    if last <= first:
        return
    hull = Period(first, last)
    for calendar in _wanting(spaces, hull):
        venue = calendar.venue
        known = spaces_of(venue.rooms)
        [taker] = takers_of([calendar], known, now)
        here = taker.spaces & spaces
        plan = time_to_take(intersect(taker.times, [hull]), _held(here, first, last), here)
        _close(venue, {(calendar.id, *piece): calendar for piece in plan.items()}, known)


def calendars_of(venue: Venue) -> Sequence[OutsideCalendar]:
    """The calendars to which a house is subscribed, the oldest first: that one goes before others."""
    asked = select(OutsideCalendar).where(
        OutsideCalendar.venue_id == venue.id, OutsideCalendar.ended_at.is_(None)
    )
    return db.session.scalars(
        asked.options(selectinload(OutsideCalendar.rooms)).order_by(OutsideCalendar.id)
    ).all()


def in_use(calendar: OutsideCalendar) -> list[Room]:
    """The rooms that a calendar takes, without those that retired."""
    return [room for room in calendar.rooms if room.retired_at is None]


def takers_of(calendars: Iterable[OutsideCalendar], spaces: Spaces, now: datetime) -> list[Taker]:
    """What each calendar wants from now on; one question for all of them."""
    by_id = {calendar.id: calendar for calendar in calendars}
    asked = select(OutsideTime.calendar_id, OutsideTime.from_at, OutsideTime.to_at).where(
        OutsideTime.calendar_id.in_(by_id), OutsideTime.to_at > now
    )
    times: dict[int, list[Period]] = defaultdict(list)
    for calendar_id, from_at, to_at in db.session.execute(asked):
        times[calendar_id].append(Period(from_at, to_at))
    return [
        Taker(
            calendar,
            frozenset(space for room in in_use(calendar) for space in spaces[room.id]),
            times[number],
        )
        for number, calendar in by_id.items()
    ]


def _by_space(
    keys: Iterable[tuple[int, Period, frozenset[int]]], now: datetime
) -> dict[tuple[int, int], list[Period]]:
    """The coming time of each calendar in each space, in as few stretches as possible."""
    found: dict[tuple[int, int], list[Period]] = defaultdict(list)
    for calendar_id, period, own in keys:
        if period.end > now:
            for space in own:
                found[calendar_id, space].append(Period(max(period.start, now), period.end))
    return {key: merge(periods) for key, periods in found.items()}


def _wanted(takers: Sequence[Taker], now: datetime) -> Wanted:
    """What every calendar takes beside what others hold; each leaves alone what those before it take."""
    # What has begun may lie beside a booking that is over already.
    first = min((each.start for taker in takers for each in taker.times), default=now)
    held = _held({space for taker in takers for space in taker.spaces}, min(first, now), None)
    wanted: Wanted = {}
    for taker in takers:
        for period, spaces in time_to_take(taker.times, held, sorted(taker.spaces)).items():
            wanted[taker.calendar.id, period, spaces] = taker.calendar
            for space in spaces:
                held[space].append(period)
    return wanted


def _held(
    spaces: Collection[int], first: datetime, last: datetime | None
) -> dict[int, list[Period]]:
    """What is held of each space; with no `last`, of all the time to come but for what calendars take."""
    asked = select(Occupancy.space_id, Occupancy.from_at, Occupancy.to_at).where(
        Occupancy.space_id.in_(spaces), Occupancy.to_at > first
    )
    if last is None:
        asked = asked.outerjoin(Closure, Closure.id == Occupancy.closure_id)
        asked = asked.where(or_(Occupancy.closure_id.is_(None), Closure.outside_id.is_(None)))
    else:
        asked = asked.where(Occupancy.from_at < last)
    held: dict[int, list[Period]] = defaultdict(list)
    for space, from_at, to_at in db.session.execute(asked):
        held[space].append(Period(from_at, to_at))
    return held


def _wanting(spaces: Collection[int], hull: Period) -> Sequence[OutsideCalendar]:
    """The calendars that may want time in a stretch, in the houses of these spaces."""
    houses = select(Room.venue_id).where(Room.id.in_(spaces))
    busy = select(OutsideTime.calendar_id).where(
        OutsideTime.from_at < hull.end, OutsideTime.to_at > hull.start
    )
    asked = select(OutsideCalendar).where(
        OutsideCalendar.ended_at.is_(None),
        OutsideCalendar.venue_id.in_(houses),
        OutsideCalendar.id.in_(busy),
    )
    return db.session.scalars(asked.order_by(OutsideCalendar.id)).all()


def _coming_closures(venue: Venue, now: datetime) -> list[Closure]:
    return _closures(Closure.venue_id == venue.id, Closure.to_at > now)


def _closures(*conditions: ColumnElement[bool]) -> list[Closure]:
    """Closures by calendars of others."""
    asked = select(Closure).where(Closure.outside_id.is_not(None), *conditions)
    return list(db.session.scalars(asked.options(selectinload(Closure.rooms))))


def _key(closure: Closure, spaces: Spaces) -> tuple[int, Period, frozenset[int]]:
    own = frozenset(space for room in closure.rooms for space in spaces[room.id])
    return closure.outside_id or 0, Period(closure.from_at, closure.to_at), own


def _delete(closures: Sequence[Closure]) -> None:
    if closures:
        ids = [closure.id for closure in closures]
        venue = closures[0].venue
        claims.release_closures(ids)
        db.session.execute(delete(Closure).where(Closure.id.in_(ids)))
        db.session.expire(venue, ["closures"])


def _close(venue: Venue, wanted: Wanted, spaces: Spaces) -> None:
    """Make the closures that are new, and hold their time; their spaces are locked."""
    rooms = {room.id: room for room in venue.rooms}
    new = [
        Closure(
            venue_id=venue.id,
            from_at=period.start,
            to_at=period.end,
            reason=calendar.name,
            outside_id=calendar.id,
            rooms=[rooms[each] for each in _rooms_made_of(own, calendar, spaces)],
        )
        for (_number, period, own), calendar in wanted.items()
    ]
    if new:
        db.session.add_all(new)
        db.session.flush()
        claims.claim_closures(new, spaces)
        db.session.expire(venue, ["closures"])


def _rooms_made_of(own: frozenset[int], calendar: OutsideCalendar, spaces: Spaces) -> list[int]:
    """The rooms to name for some spaces: those of the calendar that lie wholly in them, then the rest."""
    named, left = [], set(own)
    for room in sorted(in_use(calendar), key=lambda each: -len(spaces[each.id])):
        if left.issuperset(spaces[room.id]):
            named.append(room.id)
            left.difference_update(spaces[room.id])
    return sorted([*named, *left])
