"""The requests that wait for a house, with what a manager wants to know before deciding.

First the whole line in a few numbers each, so that it can be counted, chosen from and sorted;
then everything about the few requests of one page. Constant SQL, however long the line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import ALONE, houses_of
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.queries import CHANGES, waiting_for
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import WITH_EVERYTHING
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules import answers
from buurthuis.rules.calendar import day_of
from buurthuis.rules.periods import Period, merge
from buurthuis.rules.spaces import spaces_of_room
from buurthuis.rules.states import LIVE, Status
from buurthuis.tariffs.models import Recognition
from buurthuis.venues.models import Room, RoomPart, Venue

WITH_BOOKER = joinedload(Booking.booked_by).options(*ALONE)
MOST_STRETCHES = 100
REQUESTS = func.count(func.coalesce(-Booking.series_id, Booking.id).distinct())
"""How many requests these bookings are: all days of a series are one."""

TWO_DAYS = timedelta(days=2)
"""No booking lasts longer than a day, so whoever overlaps starts less than two before."""


@dataclass(frozen=True, slots=True)
class WantedPlace:
    """A room at a time, for one booking."""

    id: int
    room_id: int
    period: Period


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request in the line."""

    id: int
    asked_at: datetime
    period: Period
    room: tuple[str, str]
    initiative_id: int
    is_recognised: bool
    was_here: bool
    """A booking of the initiative was confirmed in this house, this year or long ago."""
    clashes: tuple[int, ...]
    within_hours: int = answers.USUAL_HOURS
    series_id: int | None = None
    days: int = 1
    """How many days of its series wait; they are answered together."""

    @property
    def first_ever(self) -> bool:
        """The initiative has never been in this house before."""
        return not self.was_here

    @property
    def is_known(self) -> bool:
        """The house knows this group: it was here before, or it is recognised."""
        return self.is_recognised or not self.first_ever

    def is_late(self, now: datetime) -> bool:
        """It waits longer than the house promised."""
        return answers.is_late(asked_at=self.asked_at, now=now, within_hours=self.within_hours)


@dataclass(frozen=True, slots=True)
class History:
    """How often an initiative was in a house, nobody came, and it cancelled late."""

    earlier: int = 0
    no_shows: int = 0
    late_cancels: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """A request with its booking, the bookings that want the same place, and what came before."""

    booking: Booking
    waiting: Waiting
    clashes: list[Booking]
    history: History


def waiting_count(person: Person) -> int:
    """How many requests and changes wait for this person's yes or no, over the houses they manage."""
    houses = houses_of(person, RoleName.MANAGER)
    requests = select(REQUESTS).where(Booking.status == Status.REQUESTED)
    changes = waiting_for(clock.now()).with_only_columns(CHANGES)
    if houses is not None:
        if not houses:
            return 0
        requests = requests.where(Booking.venue_id.in_(houses))
        changes = changes.where(ChangeRequest.venue_id.in_(houses))
    together = requests.scalar_subquery() + changes.scalar_subquery()
    return db.session.scalar(select(together)) or 0


def line(venue: Venue, *, now: datetime) -> list[Waiting]:
    """Every request that waits for a house, oldest first; three statements.

    The days of a series that wait are one request: the first of them stands in the line.
    """
    rows = db.session.execute(
        select(
            Booking.id,
            Booking.created_at,
            Booking.from_at,
            Booking.to_at,
            Room.slug,
            Room.name,
            Booking.initiative_id,
            _recognised(venue, now).label("is_recognised"),
            _was_here(venue).label("was_here"),
            Booking.room_id,
            Booking.series_id,
        )
        .join(Room, Room.id == Booking.room_id)
        .where(Booking.venue_id == venue.id, Booking.status == Status.REQUESTED)
        .order_by(Booking.created_at, Booking.id)
    ).all()
    if not rows:
        return []
    wanted = [WantedPlace(row[0], row.room_id, Period(row[2], row[3])) for row in rows]
    clashes = clashes_with(venue, wanted)
    return [
        Waiting(
            row.id,
            row.created_at,
            Period(row.from_at, row.to_at),
            (row.slug, row.name),
            row.initiative_id,
            bool(row.is_recognised),
            bool(row.was_here),
            tuple(sorted({other for day in days for other in clashes.get(day, ())})),
            within_hours=venue.answer_within_hours,
            series_id=row.series_id,
            days=len(days),
        )
        for row, days in _by_series(rows)
    ]


def _by_series(rows: Iterable[Any]) -> list[tuple[Any, list[int]]]:
    """The first row of each series and every other row, with the bookings for which it stands."""
    found: dict[tuple[str, int], tuple[Any, list[int]]] = {}
    for row in rows:
        key = ("booking", row.id) if row.series_id is None else ("series", row.series_id)
        found.setdefault(key, (row, []))[1].append(row.id)
    return list(found.values())


def requests_of(chosen: Sequence[Waiting]) -> list[Request]:
    """Everything about a few requests of a house, in their order; two statements."""
    if not chosen:
        return []
    wanted = {number for each in chosen for number in (each.id, *each.clashes)}
    found = {
        booking.id: booking
        for booking in db.session.scalars(
            select(Booking).where(Booking.id.in_(wanted)).options(*WITH_EVERYTHING, WITH_BOOKER)
        )
    }
    houses = {booking.venue_id for booking in found.values()}
    history = _history(houses, {each.initiative_id for each in chosen})
    return [
        Request(
            found[each.id],
            each,
            [found[other] for other in each.clashes],
            history.get(each.initiative_id, History()),
        )
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
            or_(Recognition.purpose.is_(None), Recognition.purpose == Booking.purpose),
        )
        .correlate(Booking)
        .exists()
    )


def _was_here(venue: Venue) -> ColumnElement[bool]:
    """One look at the beginning of the group's own stretch of the index, however long that is."""
    before = aliased(Booking)
    return (
        select(before.id)
        .where(
            before.venue_id == venue.id,
            before.initiative_id == Booking.initiative_id,
            before.status == Status.CONFIRMED,
        )
        .correlate(Booking)
        .exists()
    )


def clashes_with(venue: Venue, wanted: Sequence[WantedPlace]) -> dict[int, list[int]]:
    """Other live bookings that want a space of the same room at the time of each request or change.

    Only the days of the requests are read, each along the index of houses and starts.
    """
    others = _around(venue, wanted)
    rooms = {each.room_id for each in (*wanted, *others)}
    found: dict[int, list[int]] = {}
    if {each.id for each in others} <= {each.id for each in wanted[:1]}:
        return found
    spaces = spaces_in(venue, rooms)
    for each in wanted:
        same = [
            other.id
            for other in others
            if other.id != each.id
            and other.period.overlaps(each.period)
            and spaces[other.room_id] & spaces[each.room_id]
        ]
        if same:
            found[each.id] = same
    return found


def _around(venue: Venue, wanted: Sequence[WantedPlace]) -> list[WantedPlace]:
    """Every live booking that overlaps one of these, these included, in the order of the clock."""
    reach = merge(Period(each.period.start - TWO_DAYS, each.period.end) for each in wanted)
    if len(reach) > MOST_STRETCHES:
        reach = [Period(reach[0].start, reach[-1].end)]
    stretches = [
        and_(
            Booking.venue_id == venue.id,
            Booking.from_at > stretch.start,
            Booking.from_at < stretch.end,
        )
        for stretch in reach
    ]
    rows = db.session.execute(
        select(Booking.id, Booking.room_id, Booking.from_at, Booking.to_at, Booking.status)
        .where(or_(*stretches))
        .order_by(Booking.from_at, Booking.id)
    )
    return [WantedPlace(row[0], row[1], Period(row[2], row[3])) for row in rows if row[4] in LIVE]


def spaces_in(venue: Venue, rooms: Iterable[int]) -> dict[int, frozenset[int]]:
    parts: dict[int, list[int]] = {}
    pairs = select(RoomPart.whole_id, RoomPart.part_id).join(Room, Room.id == RoomPart.whole_id)
    for whole, part in db.session.execute(pairs.where(Room.venue_id == venue.id)):
        parts.setdefault(whole, []).append(part)
    return {room: spaces_of_room(room, parts) for room in rooms}


def _history(houses: set[int], initiatives: set[int]) -> dict[int, History]:
    """Counted in the index, and only for the groups whose requests are shown."""
    rows = db.session.execute(
        select(
            Booking.initiative_id,
            func.sum(case((Booking.status == Status.CONFIRMED, 1), else_=0)),
            func.sum(case((Booking.status == Status.NO_SHOW, 1), else_=0)),
            func.sum(case((Booking.cancelled_late.is_(True), 1), else_=0)),
        )
        .where(Booking.venue_id.in_(houses), Booking.initiative_id.in_(initiatives))
        .group_by(Booking.initiative_id)
    )
    return {row[0]: History(row[1], row[2], row[3]) for row in rows}
