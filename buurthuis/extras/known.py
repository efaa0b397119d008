"""Extras as this process knows them, for forms that offer them; whoever writes gets rows."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from buurthuis.extras import queries
from buurthuis.extras.models import Extra
from buurthuis.foundation.keeping import kept
from buurthuis.venues.models import Room

ByHouse = dict[int, list[Extra]]


@kept
def _extras(session: Session) -> ByHouse:
    asked = select(Extra).where(Extra.retired_at.is_(None)).order_by(Extra.position, Extra.id)
    found: ByHouse = {}
    for extra in session.scalars(asked.options(selectinload(Extra.rooms), joinedload(Extra.venue))):
        found.setdefault(extra.venue_id, []).append(extra)
    return found


def extras_for(room: Room) -> Sequence[Extra]:
    """What goes with one room, in the order of the house."""
    known = _extras()
    here = queries.extras_of(room.venue) if known is None else known.get(room.venue_id, [])
    return [each for each in here if not each.rooms or room.id in {one.id for one in each.rooms}]
