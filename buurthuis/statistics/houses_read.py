"""Reading the frames of houses: rooms, hours, closures and what else is not a booking, in eight statements."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.roster.models import OwnEntry, RosterRules
from buurthuis.rules import opening
from buurthuis.rules.calendar import day_of
from buurthuis.rules.periods import Period
from buurthuis.rules.spaces import spaces_of_room
from buurthuis.statistics.frames import Hours, House, Shut, Space
from buurthuis.venues.models import (
    Closure,
    ClosureRoom,
    DayPart,
    OpeningHours,
    Room,
    RoomPart,
    Venue,
)


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
            booked_from={
                each.id: day_of(each.first_at)
                for each in rooms
                if each.venue_id == row.id and each.first_at is not None
            },
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
