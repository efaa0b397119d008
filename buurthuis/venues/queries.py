"""Questions about houses and their rooms; they never commit."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Load, joinedload, selectinload

from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.venues.models import Closure, Room, RoomPart, Venue
from buurthuis.venues.notices import Notice
from buurthuis.venues.photos import Photo, Picture, is_shown

House = TypeVar("House", Venue, Room)


def all_venues() -> Sequence[Venue]:
    """Every house, real ones before examples, by name."""
    return db.session.scalars(_by_name(select(Venue))).all()


def in_totals(venues: Sequence[Venue]) -> list[Venue]:
    """The houses that a total is about: examples count only where there is nothing else."""
    real = [each for each in venues if not each.is_example]
    return real or list(venues)


def are_all(venue_ids: Collection[int]) -> bool:
    """Whether what is told of these houses is told of all of them."""
    return {each.id for each in in_totals(all_venues())} <= set(venue_ids)


def houses_in_order() -> Select[Venue]:
    """Every house as `all_venues` gives it, with all that its pages tell of it."""
    return _by_name(select(Venue)).options(*_with_all(Load(Venue)), selectinload(Venue.rooms))


def venue_by_slug(slug: str) -> Venue:
    """The house with this slug.

    Raises:
        NotFound: no house has it.
    """
    venue = db.session.scalar(select(Venue).where(Venue.slug == slug))
    if venue is None:
        raise NotFound(venue=slug)
    return venue


def room_by_slug(slug: str) -> Room:
    """The room with this slug, ready to be asked for its hours.

    A retired room is not found here; its bookings still reach it by id.

    Raises:
        NotFound: no room has it, or not any more.
    """
    room = db.session.scalar(_with_hours(select(Room)).where(_is_in_use(), Room.slug == slug))
    if room is None:
        raise NotFound(room=slug)
    return room


def row_of(room: Room) -> Room:
    """The row of a room with its house, in this session: what a booking is tied to."""
    return db.session.get_one(Room, room.id, options=[joinedload(Room.venue)])


def bookable_rooms(venue: Venue | None = None) -> list[Room]:
    """The rooms in use, of one house or of all, ready to be asked for their hours.

    The number of statements does not grow with the number of rooms.
    """
    question = rooms_in_order()
    if venue is not None:
        question = question.where(Room.venue_id == venue.id)
    return list(db.session.scalars(question))


def rooms_in_order() -> Select[Room]:
    """The rooms in use, house by house."""
    rooms = _with_hours(select(Room)).where(_is_in_use()).join(Room.venue)
    return _by_name(rooms).order_by(Room.position, Room.id)


def wholes_of(room: Room) -> Sequence[Room]:
    """The rooms in use that this room is a part of."""
    asked = select(Room).join(RoomPart, RoomPart.whole_id == Room.id)
    here = asked.where(_is_in_use(), RoomPart.part_id == room.id)
    return db.session.scalars(here.order_by(Room.position, Room.id)).all()


def notices_of(venue: Venue) -> Sequence[Notice]:
    """Every notice of a house, past and coming ones included, in the order of their days."""
    asked = select(Notice).where(Notice.venue_id == venue.id)
    return db.session.scalars(asked.order_by(Notice.from_on, Notice.to_on, Notice.id)).all()


def notices_on(venue: Venue, day: date) -> list[Notice]:
    """What a house tells everybody on this day."""
    return [
        notice
        for notice in notices_of(venue)
        if notice.from_on <= day and (notice.to_on is None or day <= notice.to_on)
    ]


def photos_of(venue: Venue) -> Sequence[Photo]:
    """The photos of a house, then those of its rooms, in their order; what is on them stays behind."""
    asked = select(Photo).where(Photo.venue_id == venue.id)
    is_of_a_room = Photo.room_id.is_not(None)
    in_order = asked.order_by(is_of_a_room, Photo.room_id, Photo.position, Photo.id)
    return db.session.scalars(in_order).all()


def shown_picture(name: str, size: str) -> bytes:
    """A picture that a house or an activity shows, in its "small" or "large" size, as a JPEG.

    Raises:
        NotFound: there is none of this name, or nobody shows it any more.
    """
    wanted = Picture.small if size == "small" else Picture.large
    content = db.session.scalar(select(wanted).where(Picture.name == name, is_shown()))
    if content is None:
        raise NotFound(picture=name)
    return content


def _by_name(question: Select[House]) -> Select[House]:
    return question.order_by(Venue.is_example, Venue.name)


def _is_in_use() -> ColumnElement[bool]:
    return Room.retired_at.is_(None)


def _with_hours(question: Select[Room]) -> Select[Room]:
    """Bring along all that `hours.py` and a room's card on a page ask for."""
    house = joinedload(Room.venue)
    return question.options(
        selectinload(Room.parts),
        selectinload(Room.only_with).joinedload(Room.venue),
        selectinload(Room.features),
        house,
        *_with_all(house),
    )


def _with_all(house: Any) -> Sequence[Any]:
    """Everything that belongs to a house and is no room."""
    return (
        house.selectinload(Venue.part_pairs),
        house.selectinload(Venue.opening_hours),
        house.selectinload(Venue.day_parts),
        house.selectinload(Venue.closures).selectinload(Closure.rooms),
    )
