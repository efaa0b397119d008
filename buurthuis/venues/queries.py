"""Questions about houses and their rooms; they never commit."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, selectinload

from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.venues.models import Closure, Room, Venue


def all_venues() -> Sequence[Venue]:
    """Every house, real ones before examples, by name."""
    return db.session.scalars(select(Venue).order_by(Venue.is_example, Venue.name)).all()


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


def bookable_rooms(venue: Venue | None = None) -> list[Room]:
    """The rooms in use, of one house or of all, ready to be asked for their hours.

    The number of statements does not grow with the number of rooms.
    """
    question = _with_hours(select(Room)).where(_is_in_use())
    if venue is not None:
        question = question.where(Room.venue_id == venue.id)
    in_order = question.join(Room.venue).order_by(
        Venue.is_example, Venue.name, Room.position, Room.id
    )
    return list(db.session.scalars(in_order))


def _is_in_use() -> ColumnElement[bool]:
    return Room.retired_at.is_(None)


def _with_hours(question: Select[Room]) -> Select[Room]:
    """Bring along all that `hours.py` and a room's card on a page ask for."""
    house = joinedload(Room.venue)
    return question.options(
        selectinload(Room.parts),
        selectinload(Room.features),
        house.selectinload(Venue.part_pairs),
        house.selectinload(Venue.opening_hours),
        house.selectinload(Venue.day_parts),
        house.selectinload(Venue.closures).selectinload(Closure.rooms),
    )
