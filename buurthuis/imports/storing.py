"""Writing a house into its tables, within the transaction of the action that brings it in.

Rows that say the same as the file stay untouched, so that what refers to them stays true.
"""

from dataclasses import asdict

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.imports.house import House, HouseClosure, HouseHours
from buurthuis.occupancy.claims import release_closure
from buurthuis.venues.models import (
    Closure,
    DayPart,
    OpeningHours,
    Room,
    RoomFeature,
    Venue,
)

PLAIN = (
    *("name", "is_example", "neighbourhood", "timezone", "closed_on_holidays"),
    *("merge_gap_minutes", "about", "way_in", "who_opens", "house_rules"),
)
PLAIN_OF_ROOM = (
    *("name", "about", "way_in", "capacity", "area_m2", "approval", "retired_at"),
    *("setup_minutes", "teardown_minutes", "turnover_minutes", "own_buffer_minutes"),
)


def store_fields(venue: Venue, house: House) -> None:
    """What the house says about itself as a whole."""
    values = {name: getattr(house, name) for name in PLAIN}
    for group in (house.address, house.contact, house.legal, house.booking):
        values |= asdict(group)
    for name, value in values.items():
        setattr(venue, name, value)


def store_rooms(venue: Venue, house: House) -> None:
    """The rooms of the file, in its order, what each is made of, and with which it goes."""
    rooms = {room.slug: room for room in venue.rooms}
    for position, described in enumerate(house.rooms):
        room = rooms.get(described.slug)
        if room is None:
            room = Room(venue=venue, slug=described.slug, made_at=clock.now())
            rooms[described.slug] = room
            db.session.add(room)
        for name in PLAIN_OF_ROOM:
            setattr(room, name, getattr(described, name))
        room.position = position
        known = {each.feature: each for each in room.features}
        room.features = [
            known.get(feature) or RoomFeature(feature=feature) for feature in described.features
        ]
    db.session.flush()
    told = {described.slug: described for described in house.rooms}
    for slug, room in rooms.items():
        room.parts = [rooms[part] for part in told[slug].parts] if slug in told else []
        room.only_with = [rooms[each] for each in told[slug].only_with] if slug in told else []
    db.session.flush()


def store_hours(venue: Venue, house: House) -> None:
    """The opening hours of the house and of its rooms."""
    slugs = {room.id: room.slug for room in venue.rooms}
    known = {_described(hours, slugs): hours for hours in venue.opening_hours}
    ids = {slug: key for key, slug in slugs.items()}
    venue.opening_hours = [
        known.get(hours) or _hours_row(hours, ids) for hours in house.opening_hours
    ]


def _described(hours: OpeningHours, slugs: dict[int, str]) -> HouseHours:
    return HouseHours(
        weekday=hours.weekday,
        opens=hours.opens_minute,
        closes=hours.closes_minute,
        room=None if hours.room_id is None else slugs[hours.room_id],
        valid_from=hours.valid_from,
        valid_to=hours.valid_to,
    )


def _hours_row(hours: HouseHours, ids: dict[str, int]) -> OpeningHours:
    return OpeningHours(
        weekday=hours.weekday,
        opens_minute=hours.opens,
        closes_minute=hours.closes,
        room_id=None if hours.room is None else ids[hours.room],
        valid_from=hours.valid_from,
        valid_to=hours.valid_to,
    )


def store_day_parts(venue: Venue, house: House) -> None:
    """The parts of the day; one that keeps its name keeps its row."""
    known = {part.name: part for part in venue.day_parts}
    kept = []
    for described in house.day_parts:
        part = known.get(described.name) or DayPart(name=described.name)
        part.starts_minute, part.ends_minute = described.starts, described.ends
        kept.append(part)
    venue.day_parts = kept


def store_closures(venue: Venue, house: House) -> list[Closure]:
    """The closures of the file; gives the new ones, which claim no time yet."""
    slugs = {room.slug: room for room in venue.rooms}
    known = {_closure(closure): closure for closure in venue.own_closures}
    for described, closure in known.items():
        if described not in house.closures:
            _drop(closure)
    new = [
        Closure(
            venue_id=venue.id,
            from_at=described.from_at,
            to_at=described.to_at,
            reason=described.reason,
            rooms=[slugs[slug] for slug in described.rooms],
        )
        for described in house.closures
        if described not in known
    ]
    db.session.add_all(new)
    db.session.flush()
    db.session.expire(venue, ["closures"])
    return new


def _closure(closure: Closure) -> HouseClosure:
    rooms = sorted(closure.rooms, key=lambda room: (room.position, room.id))
    return HouseClosure(
        from_at=closure.from_at,
        to_at=closure.to_at,
        rooms=tuple(room.slug for room in rooms),
        reason=closure.reason,
    )


def _drop(closure: Closure) -> None:
    release_closure(closure)
    db.session.delete(closure)
