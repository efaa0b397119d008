"""The frame of a house: its spaces, hours, day parts and closures, read as they are, for any day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import func, select

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.roster.models import OwnEntry, RosterRules
from buurthuis.rules import opening
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.figures.facts import Frame, Part, SpaceFrame
from buurthuis.rules.figures.sheet_file import FORM
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.periods import Period, subtract
from buurthuis.rules.spaces import spaces_of_room
from buurthuis.venues.hours import dutch_holidays
from buurthuis.venues.models import (
    Closure,
    ClosureRoom,
    DayPart,
    OpeningHours,
    Room,
    RoomPart,
    Venue,
)

A_DAY: Final = timedelta(days=1)

Hours = tuple[opening.Hours, ...]


@dataclass(frozen=True, slots=True)
class Space:
    """One physical space, and the days on which it was there; None is without limit."""

    id: int
    area: Fraction | None
    from_day: date | None
    until_day: date | None

    def is_there(self, span: Span) -> bool:
        """Whether it was there on one of the days at least."""
        has_come = self.from_day is None or self.from_day < span.after
        return has_come and (self.until_day is None or self.until_day > span.first)


@dataclass(frozen=True, slots=True)
class Shut:
    """A closure: of these spaces, or of the whole house where none are named."""

    period: Period
    spaces: frozenset[int] | None


@dataclass(frozen=True)
class House:
    """Everything about one house that decides what its figures are, but for its bookings and duties."""

    id: int
    is_closed_on_holidays: bool
    habits: tuple[Any, ...]
    """How its sessions and shifts are derived; only ever compared."""
    spaces: tuple[Space, ...]
    spaces_of: dict[int, frozenset[int]]
    """The physical spaces of each room."""
    capacities: dict[int, int]
    hours: dict[int | None, Hours]
    """By room; None is the house itself."""
    day_parts: tuple[opening.DayPart, ...]
    closures: tuple[Shut, ...] = field(default=())
    entries: tuple[tuple[int, date, date | None], ...] = ()
    """Groups that open the house themselves, from and until when."""

    def frame(self, days: Iterable[date]) -> Frame:
        """The house on some days."""
        windows: dict[int, list[Period]] = {}
        house: list[Period] = []
        parts: list[Part] = []
        for day in days:
            only = Span(day, day + A_DAY)
            shut = self._shut(only)
            house += _without(self._open(None, day), shut, None)
            for space in self.spaces:
                if space.is_there(only):
                    opened = _without(self._open(space.id, day), shut, space.id)
                    windows.setdefault(space.id, []).extend(opened)
            parts += [
                Part(day, each.name, opening.day_part_period(each, day)) for each in self.day_parts
            ]
        areas = {space.id: space.area for space in self.spaces}
        spaces = [SpaceFrame(key, self.id, tuple(own), areas[key]) for key, own in windows.items()]
        return Frame(self.id, tuple(spaces), tuple(house), tuple(parts))

    def digest(self, span: Span) -> str:
        """A mark that is another one when something changed that these days are made of."""
        hours = [
            (room, each.weekday, each.opens, each.closes, *_held(each, span))
            for room, several in self.hours.items()
            for each in several
            if _may_hold(each, span)
        ]
        shut = [
            (each.period.start, each.period.end, each.spaces and sorted(each.spaces))
            for each in self._shut(span)
        ]
        spaces = [
            (each.id, each.area, _clip(each.from_day, span), _clip(each.until_day, span))
            for each in self.spaces
            if each.is_there(span)
        ]
        entries = [
            (group, _clip(begins, span), _clip(ends, span))
            for group, begins, ends in self.entries
            if begins < span.after and (ends is None or ends >= span.first - A_DAY)
        ]
        told = (FORM, self._always, hours, shut, spaces, entries)
        return sha256(repr(told).encode()).hexdigest()[:32]

    @cached_property
    def _always(self) -> str:
        halls = {room: sorted(those) for room, those in sorted(self.spaces_of.items())}
        parts = [(part.name, part.starts, part.ends) for part in self.day_parts]
        rooms = sorted(self.capacities.items())
        return repr((self.is_closed_on_holidays, self.habits, halls, rooms, parts))

    def _shut(self, span: Span) -> list[Shut]:
        """The closures that have to do with these days and the night around them."""
        begins, ends = day_period(span.first).start - A_DAY, day_period(span.last).end + A_DAY
        return [
            each for each in self.closures if each.period.start < ends and each.period.end > begins
        ]

    def _open(self, space: int | None, day: date) -> tuple[Period, ...]:
        """When a space can be booked on a day, closures left out; None is the building."""
        own = () if space is None else self.hours.get(space, ())
        shut = dutch_holidays(day - A_DAY, day) if self.is_closed_on_holidays else ()
        return _opened(self.hours.get(None, ()), own, day, frozenset(shut))


@lru_cache(maxsize=16384)
def _opened(house: Hours, room: Hours, day: date, holidays: frozenset[date]) -> tuple[Period, ...]:
    return tuple(opening.bookable(house, room, (), day, day, holidays))


def _without(
    windows: tuple[Period, ...], closures: Sequence[Shut], space: int | None
) -> tuple[Period, ...]:
    """What closures leave: of a space, or of the building, which only closes as a whole."""
    holes = [
        each.period
        for each in closures
        if each.spaces is None or (space is not None and space in each.spaces)
    ]
    return tuple(subtract(windows, holes)) if holes else windows


def _may_hold(hours: opening.Hours, span: Span) -> bool:
    begun = hours.valid_from is None or hours.valid_from < span.after
    return begun and (hours.valid_to is None or hours.valid_to >= span.first - A_DAY)


def _held(hours: opening.Hours, span: Span) -> tuple[date | None, date | None]:
    return _clip(hours.valid_from, span), _clip(hours.valid_to, span)


def _clip(day: date | None, span: Span) -> date | None:
    """A bound that lies outside the days, and the day before them, is none for them."""
    return day if day is not None and span.first - A_DAY <= day < span.after else None


def houses_of(venue_ids: Collection[int]) -> dict[int, House]:
    """The frames of houses, by their number, in a constant number of statements."""
    asked = select(Venue.id, Venue.closed_on_holidays, Venue.merge_gap_minutes, RosterRules)
    with_rules = asked.outerjoin(RosterRules, RosterRules.venue_id == Venue.id)
    rows = db.session.execute(with_rules.where(Venue.id.in_(venue_ids)).order_by(Venue.id)).all()
    rooms = _rooms(venue_ids)
    halls = _halls(venue_ids)
    spaces_of = {row.id: spaces_of_room(row.id, halls) for row in rooms}
    hours, parts = _hours(venue_ids), _day_parts(venue_ids)
    closures, entries = _closures(venue_ids, spaces_of), _entries(venue_ids)
    return {
        row.id: House(
            id=row.id,
            is_closed_on_holidays=row.closed_on_holidays,
            habits=(row.merge_gap_minutes, _told(row.RosterRules)),
            spaces=_spaces([each for each in rooms if each.venue_id == row.id], spaces_of),
            spaces_of={each.id: spaces_of[each.id] for each in rooms if each.venue_id == row.id},
            capacities={each.id: each.capacity for each in rooms if each.venue_id == row.id},
            hours=hours[row.id],
            day_parts=tuple(parts[row.id]),
            closures=tuple(closures[row.id]),
            entries=tuple(entries[row.id]),
        )
        for row in rows
    }


def _told(rules: RosterRules | None) -> tuple[Any, ...]:
    if rules is None:
        return ()
    return tuple(
        (column.name, str(getattr(rules, column.name))) for column in RosterRules.__table__.columns
    )


def _rooms(venue_ids: Collection[int]) -> Sequence[Any]:
    first = (
        select(func.min(Booking.from_at))
        .where(Booking.room_id == Room.id)
        .correlate(Room)
        .scalar_subquery()
    )
    asked = select(
        Room.id,
        Room.venue_id,
        Room.capacity,
        Room.area_m2,
        Room.retired_at,
        Room.made_at,
        first.label("first_at"),
    )
    return db.session.execute(asked.where(Room.venue_id.in_(venue_ids)).order_by(Room.id)).all()


def _spaces(rooms: Sequence[Any], spaces_of: dict[int, frozenset[int]]) -> tuple[Space, ...]:
    """The rooms without parts. One that came later counts from when it came, or was first booked."""
    firsts: dict[int, datetime] = {}
    for row in rooms:
        for space in spaces_of[row.id]:
            if row.first_at is not None:
                firsts[space] = min(row.first_at, firsts.get(space, row.first_at))
    return tuple(
        Space(
            id=row.id,
            area=None if row.area_m2 is None else Fraction(row.area_m2),
            from_day=_day(row.made_at and min(row.made_at, firsts.get(row.id, row.made_at))),
            until_day=_day(row.retired_at),
        )
        for row in rooms
        if spaces_of[row.id] == {row.id}
    )


def _day(at: datetime | None) -> date | None:
    return None if at is None else day_of(at)


def _halls(venue_ids: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    asked = select(RoomPart.whole_id, RoomPart.part_id).join(Room, Room.id == RoomPart.whole_id)
    for whole, part in db.session.execute(asked.where(Room.venue_id.in_(venue_ids))):
        found[whole].append(part)
    return found


def _hours(venue_ids: Collection[int]) -> dict[int, dict[int | None, Hours]]:
    found: dict[int, dict[int | None, Hours]] = defaultdict(dict)
    columns = (
        *(OpeningHours.venue_id, OpeningHours.room_id, OpeningHours.weekday),
        *(OpeningHours.opens_minute, OpeningHours.closes_minute),
        *(OpeningHours.valid_from, OpeningHours.valid_to),
    )
    asked = select(*columns).where(OpeningHours.venue_id.in_(venue_ids))
    # In an order of their own: the same hours stored again are still the same.
    for venue, room, weekday, opens, closes, begins, ends in db.session.execute(
        asked.order_by(*columns)
    ):
        known = found[venue].get(room, ())
        found[venue][room] = (*known, opening.Hours(weekday, opens, closes, begins, ends))
    return found


def _day_parts(venue_ids: Collection[int]) -> dict[int, list[opening.DayPart]]:
    found: dict[int, list[opening.DayPart]] = defaultdict(list)
    asked = select(DayPart.venue_id, DayPart.name, DayPart.starts_minute, DayPart.ends_minute)
    in_order = asked.order_by(DayPart.starts_minute, DayPart.name)
    rows = db.session.execute(in_order.where(DayPart.venue_id.in_(venue_ids)))
    for venue, name, starts, ends in rows:
        found[venue].append(opening.DayPart(name, starts, ends))
    return found


def _closures(
    venue_ids: Collection[int], spaces_of: dict[int, frozenset[int]]
) -> dict[int, list[Shut]]:
    rooms: dict[int, set[int]] = defaultdict(set)
    named = (
        select(ClosureRoom.closure_id, ClosureRoom.room_id)
        .join(Closure, Closure.id == ClosureRoom.closure_id)
        .where(Closure.venue_id.in_(venue_ids))
    )
    for closure, room in db.session.execute(named):
        rooms[closure] |= spaces_of.get(room, {room})
    asked = select(Closure.id, Closure.venue_id, Closure.from_at, Closure.to_at)
    found: dict[int, list[Shut]] = defaultdict(list)
    in_order = asked.where(Closure.venue_id.in_(venue_ids)).order_by(Closure.from_at, Closure.to_at)
    for key, venue, begins, ends in db.session.execute(in_order):
        spaces = frozenset(rooms[key]) if key in rooms else None
        found[venue].append(Shut(Period(begins, ends), spaces))
    for several in found.values():
        several.sort(key=lambda each: (each.period, sorted(each.spaces or ())))
    return found


def _entries(venue_ids: Collection[int]) -> dict[int, list[tuple[int, date, date | None]]]:
    found: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    columns = (OwnEntry.venue_id, OwnEntry.initiative_id, OwnEntry.from_on, OwnEntry.to_on)
    asked = select(*columns).where(OwnEntry.venue_id.in_(venue_ids))
    for venue, group, begins, ends in db.session.execute(asked.order_by(*columns)):
        found[venue].append((group, begins, ends))
    return found


def touched_by(period: Period) -> list[date]:
    """The days on the clock that a period touches."""
    first, last = day_of(period.start), day_of(period.end - timedelta(seconds=1))
    return [first + ahead * A_DAY for ahead in range((last - first).days + 1)]
