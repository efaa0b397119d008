"""Of which houses somebody sees the figures, and which rooms they may choose."""

from collections.abc import Collection

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.statistics.rights import houses_seen
from buurthuis.venues.models import Room, Venue
from buurthuis.venues.queries import all_venues


def houses_seen_by(person: Person | None) -> list[Venue]:
    """The houses whose figures somebody sees, real ones before examples, by name."""
    return houses_seen(person, list(all_venues()))


def room_in(venue_ids: Collection[int], slug: str) -> Room:
    """The room of this slug in one of the houses, also one that is not let any more.

    Raises:
        NotFound: none of them has it.
    """
    asked = select(Room).where(Room.slug == slug, Room.venue_id.in_(venue_ids))
    room = db.session.scalar(asked)
    if room is None:
        raise NotFound(room=slug)
    return room
