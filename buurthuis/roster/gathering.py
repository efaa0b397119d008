"""What the doors of houses know: their habits, and the bookings around some spots of time, read exactly.

A session is only known when its neighbours are: what is read is widened until it ends in a gap on
either side. So a session looks the same from whichever span of time one looks at it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import selectinload

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.roster.models import OwnEntry, RosterRules
from buurthuis.rules.calendar import day_of
from buurthuis.rules.opening import DayPart
from buurthuis.rules.periods import Period, merge
from buurthuis.rules.sessions import Habits, Use
from buurthuis.rules.states import Status
from buurthuis.venues.models import Venue

CERTAIN: Final = (Status.CONFIRMED, Status.NO_SHOW)
"""Somebody must be in; also where nobody came, for the house had to be open for them."""

LONGEST_LEAD: Final = timedelta(minutes=240)
AROUND: Final = timedelta(hours=12)
LONGEST_USE: Final = timedelta(days=3)
"""A use begins at most so long before it ends, its set-up included; starts are in the index."""


class Spot(NamedTuple):
    """A span of time in one house of which the sessions are wanted."""

    venue_id: int
    period: Period


@dataclass(slots=True)
class Door:
    """One house as its door knows it: its habits and its uses, by booking."""

    venue: Venue
    habits: Habits
    day_parts: tuple[DayPart, ...]
    uses: dict[int, Use] = field(default_factory=dict)


def doors_of(venue_ids: Collection[int]) -> dict[int, Door]:
    """The doors of houses, before anything is read of their bookings, in two statements."""
    asked = (
        select(Venue, RosterRules)
        .outerjoin(RosterRules, RosterRules.venue_id == Venue.id)
        .where(Venue.id.in_(venue_ids))
        .options(selectinload(Venue.day_parts))
        .order_by(Venue.name, Venue.id)
    )
    return {
        venue.id: Door(
            venue,
            habits_of(venue, rules),
            tuple(part.as_rule for part in venue.day_parts),
        )
        for venue, rules in db.session.execute(asked)
    }


def habits_of(venue: Venue, rules: RosterRules | None) -> Habits:
    """How a house wants to be opened; what it never said is as usual."""
    usual = Habits(merge_gap=venue.merge_gap_minutes)
    if rules is None:
        return usual
    return Habits(
        merge_gap=venue.merge_gap_minutes,
        lead_in=rules.lead_in_minutes,
        lead_out=rules.lead_out_minutes,
        longest=rules.longest_minutes,
        cut_at=rules.cut_at,
        hand_over=rules.hand_over_minutes,
        openers=rules.openers,
        closers=rules.closers,
        hosts=rules.hosts,
    )


def gather(doors: dict[int, Door], spots: Iterable[Spot], *, now: datetime) -> None:
    """Read the uses around some spots into their doors, until each spot ends in gaps.

    One statement, however many houses and spots; one more for every time a night runs on.
    """
    around = AROUND + LONGEST_LEAD
    left = [spot for spot in spots if spot.venue_id in doors]
    while left:
        for row in db.session.execute(_asked([_widened(spot, around) for spot in left])):
            if _may_come(row, now):
                doors[row.venue_id].uses[row.id] = _use(row)
        left = [spot for spot in left if not _is_whole(doors[spot.venue_id], spot, around)]
        around *= 3


def where_now(booking_ids: Collection[int]) -> dict[int, Spot]:
    """Where some bookings are now, those that are certain, by booking."""
    if not booking_ids:
        return {}
    asked = select(*_COLUMNS).where(Booking.id.in_(booking_ids), Booking.status.in_(CERTAIN))
    return {row.id: Spot(row.venue_id, _period(row)) for row in db.session.execute(asked)}


def near(spots: Iterable[Spot]) -> ColumnElement[bool]:
    """The bookings that may lie in a session of one of the spots, and some around them."""
    houses: dict[Period, list[int]] = defaultdict(list)
    for spot in spots:
        houses[spot.period].append(spot.venue_id)
    return or_(false(), *(_meets(venue_ids, period) for period, venue_ids in houses.items()))


_COLUMNS = (
    Booking.id,
    Booking.venue_id,
    Booking.from_at,
    Booking.to_at,
    Booking.setup_minutes,
    Booking.teardown_minutes,
    Booking.status,
    Booking.expires_at,
)
_ENTRY = (OwnEntry.from_on, OwnEntry.to_on)


def _asked(spots: Iterable[Spot]) -> Select[*tuple[Any, ...]]:
    is_its = and_(
        OwnEntry.venue_id == Booking.venue_id, OwnEntry.initiative_id == Booking.initiative_id
    )
    live = (*CERTAIN, Status.REQUESTED, Status.HELD)
    asked = select(*_COLUMNS, *_ENTRY).outerjoin(OwnEntry, is_its)
    return asked.where(Booking.status.in_(live), near(spots))


def _meets(venue_ids: Sequence[int], period: Period) -> ColumnElement[bool]:
    return and_(
        Booking.venue_id.in_(venue_ids),
        Booking.from_at > period.start - LONGEST_USE,
        Booking.from_at < period.end + timedelta(days=1),
        Booking.to_at > period.start - timedelta(days=1),
    )


def _widened(spot: Spot, around: timedelta) -> Spot:
    period = Period(spot.period.start - around, spot.period.end + around)
    return Spot(spot.venue_id, period)


def _may_come(row: Any, now: datetime) -> bool:
    """A request that came to nothing and an offer that is over ask nobody any more."""
    if row.status in CERTAIN:
        return True
    return row.to_at > now and (row.expires_at is None or row.expires_at > now)


def _period(row: Any) -> Period:
    return Period(row.from_at, row.to_at).widened(
        before_minutes=row.setup_minutes, after_minutes=row.teardown_minutes
    )


def _use(row: Any) -> Use:
    day = day_of(row.from_at)
    has_entry = row.from_on is not None and row.from_on <= day
    opens_itself = has_entry and (row.to_on is None or day <= row.to_on)
    return Use(row.id, _period(row), row.status in CERTAIN, opens_itself)


def _is_whole(door: Door, spot: Spot, around: timedelta) -> bool:
    """Whether every stretch of use that a session of this spot may hold ends within what was read."""
    gap = door.habits.stays_open
    read = _widened(spot, around).period
    near = _widened(spot, LONGEST_LEAD).period
    stretches = merge(Period(use.period.start, use.period.end + gap) for use in door.uses.values())
    return all(
        read.start < stretch.start - gap and stretch.end < read.end
        for stretch in stretches
        if stretch.start <= near.end and near.start <= stretch.end
    )
