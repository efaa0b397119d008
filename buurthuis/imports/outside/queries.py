"""Questions about calendars of others: which a house follows, what is wrong, what clashes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.imports.outside.models import OutsideCalendar, OutsideTime
from buurthuis.imports.outside.taking import calendars_of, in_use
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.queries import spaces_of
from buurthuis.rules.periods import Period
from buurthuis.rules.states import LIVE
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Clash:
    """A booking that stands in time that a calendar of others takes too."""

    calendar: OutsideCalendar
    booking: Booking
    from_at: datetime
    to_at: datetime
    title: str


@dataclass(frozen=True, slots=True)
class Alarms:
    """What somebody must look at: calendars that stopped coming, and bookings that clash."""

    stopped: list[OutsideCalendar]
    clashes: list[Clash]


def calendar_here(venue: Venue, calendar_id: int) -> OutsideCalendar:
    """A calendar that this house follows.

    Raises:
        NotFound: there is none of this number, it is of another house, or the house stopped.
    """
    found = next((each for each in calendars_of(venue) if each.id == calendar_id), None)
    if found is None:
        raise NotFound
    return found


def alarms_of(venue: Venue, now: datetime) -> Alarms:
    """What is wrong in a house now; one question where it follows no calendar."""
    calendars = calendars_of(venue)
    stopped = [each for each in calendars if each.told_stopped_at is not None]
    return Alarms(stopped, clashes_of(venue, calendars, now))


def counting_followed(venue: Venue) -> Select[int]:
    """The question how many calendars a house follows."""
    followed = select(func.count()).select_from(OutsideCalendar)
    return followed.where(OutsideCalendar.venue_id == venue.id, OutsideCalendar.ended_at.is_(None))


def clashes_of(venue: Venue, calendars: Sequence[OutsideCalendar], now: datetime) -> list[Clash]:
    """The live bookings that meet these calendars, in order of time; each once for a calendar."""
    if not calendars:
        return []
    spaces = spaces_of(venue.rooms)
    times = _times(calendars, now)
    held = _held({space for own in spaces.values() for space in own}, now)
    found: dict[tuple[int, int], OutsideTime] = {}
    for calendar in calendars:
        own = {space for room in in_use(calendar) for space in spaces[room.id]}
        for space in own & held.keys():
            for booking_id, period in held[space]:
                time = _first_meeting(times[calendar.id], period)
                if time is not None:
                    found.setdefault((calendar.id, booking_id), time)
    return _clashes({each.id: each for each in calendars}, found)


def times_ahead(calendar: OutsideCalendar, now: datetime, *, most: int) -> list[OutsideTime]:
    """What a calendar takes, from now on."""
    asked = select(OutsideTime).where(
        OutsideTime.calendar_id == calendar.id, OutsideTime.to_at > now
    )
    in_order = asked.order_by(OutsideTime.from_at, OutsideTime.to_at, OutsideTime.id)
    return list(db.session.scalars(in_order.limit(most)))


def counts_ahead(venue: Venue, now: datetime) -> dict[int, tuple[int, int]]:
    """How many times each calendar of a house takes from now on, and how many of them are in doubt."""
    asked = (
        select(
            OutsideTime.calendar_id,
            func.count(),
            func.count().filter(OutsideTime.is_doubtful),
        )
        .join(OutsideCalendar, OutsideCalendar.id == OutsideTime.calendar_id)
        .where(OutsideCalendar.venue_id == venue.id, OutsideTime.to_at > now)
        .group_by(OutsideTime.calendar_id)
    )
    return {number: (all_of, doubtful) for number, all_of, doubtful in db.session.execute(asked)}


def _times(calendars: Sequence[OutsideCalendar], now: datetime) -> dict[int, list[OutsideTime]]:
    asked = select(OutsideTime).where(
        OutsideTime.calendar_id.in_([each.id for each in calendars]), OutsideTime.to_at > now
    )
    found: dict[int, list[OutsideTime]] = defaultdict(list)
    for time in db.session.scalars(asked.order_by(OutsideTime.from_at, OutsideTime.id)):
        found[time.calendar_id].append(time)
    return found


def _held(spaces: set[int], now: datetime) -> dict[int, list[tuple[int, Period]]]:
    """Which bookings hold these spaces from now on, their buffers included."""
    asked = select(
        Occupancy.space_id, Occupancy.booking_id, Occupancy.from_at, Occupancy.to_at
    ).where(
        Occupancy.space_id.in_(spaces),
        Occupancy.to_at > now,
        Occupancy.booking_id.is_not(None),
        Occupancy.change_id.is_(None),
    )
    found: dict[int, list[tuple[int, Period]]] = defaultdict(list)
    for space, booking_id, from_at, to_at in db.session.execute(asked):
        found[space].append((booking_id or 0, Period(from_at, to_at)))
    return found


def _first_meeting(times: Sequence[OutsideTime], period: Period) -> OutsideTime | None:
    """The first of these times, which stand in order, that lies partly in a period."""
    for time in times:
        if time.from_at >= period.end:
            return None
        if time.to_at > period.start:
            return time
    return None


def _clashes(
    calendars: dict[int, OutsideCalendar], found: dict[tuple[int, int], OutsideTime]
) -> list[Clash]:
    if not found:
        return []
    asked = (
        select(Booking)
        .where(Booking.id.in_({booking for _, booking in found}), Booking.status.in_(LIVE))
        .options(joinedload(Booking.room), joinedload(Booking.initiative))
    )
    bookings = {each.id: each for each in db.session.scalars(asked)}
    clashes = [
        Clash(calendars[calendar], bookings[booking], time.from_at, time.to_at, time.title)
        for (calendar, booking), time in found.items()
        if booking in bookings
    ]
    return sorted(clashes, key=lambda each: (each.booking.from_at, each.booking.id))
