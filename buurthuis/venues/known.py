"""The houses as this process knows them: the questions of queries.py, answered without asking again.

For pages that read. Whoever writes, and whoever is no request, gets rows of their own session.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.keeping import kept
from buurthuis.venues import queries
from buurthuis.venues.models import Room, Venue


@dataclass(frozen=True, slots=True)
class Houses:
    """All houses and the rooms in use, in the order in which pages name them."""

    venues: Sequence[Venue]
    rooms: Sequence[Room]
    rooms_of: Mapping[int, list[Room]]
    venue_by_slug: Mapping[str, Venue]
    room_by_slug: Mapping[str, Room]
    room_by_id: Mapping[int, Room]


@kept
def _houses(session: Session) -> Houses:
    rooms = session.scalars(queries.rooms_in_order()).all()
    venues = session.scalars(queries.houses_in_order()).all()
    rooms_of: dict[int, list[Room]] = {venue.id: [] for venue in venues}
    for room in rooms:
        rooms_of[room.venue_id].append(room)
    return Houses(
        venues=venues,
        rooms=rooms,
        rooms_of=rooms_of,
        venue_by_slug={venue.slug: venue for venue in venues},
        room_by_slug={room.slug: room for room in rooms},
        room_by_id={room.id: room for room in rooms},
    )


def all_venues() -> Sequence[Venue]:
    """Every house, real ones before examples, by name."""
    known = _houses()
    return queries.all_venues() if known is None else known.venues


def venue_by_slug(slug: str) -> Venue:
    """The house with this slug.

    Raises:
        NotFound: no house has it.
    """
    known = _houses()
    if known is None:
        return queries.venue_by_slug(slug)
    if slug not in known.venue_by_slug:
        raise NotFound(venue=slug)
    return known.venue_by_slug[slug]


def room_by_slug(slug: str) -> Room:
    """The room with this slug, with all that its house and hours tell.

    Raises:
        NotFound: no room has it, or not any more.
    """
    known = _houses()
    if known is None:
        return queries.room_by_slug(slug)
    if slug not in known.room_by_slug:
        raise NotFound(room=slug)
    return known.room_by_slug[slug]


def bookable_rooms(venue: Venue | None = None) -> Sequence[Room]:
    """The rooms in use, of one house or of all."""
    known = _houses()
    if known is None:
        return queries.bookable_rooms(venue)
    return known.rooms if venue is None else known.rooms_of[venue.id]


def as_known(room: Room) -> Room:
    """The same room with all that its house and hours tell, or the row itself where nothing is kept."""
    return room_as_known(room.id) or room


def room_as_known(room_id: int) -> Room | None:
    """The room with this id; None for whoever must ask the rows themselves."""
    known = _houses()
    return None if known is None else known.room_by_id.get(room_id)
