"""Extras as this process knows them, for forms that offer them; whoever writes gets rows."""

from collections.abc import Sequence, Set

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


def extras_as_known(ids: Set[int]) -> dict[int, Extra]:
    """These extras by id, also those that the house has no more."""
    if not ids:
        return {}
    here = {each.id: each for extras in (_extras() or {}).values() for each in extras}
    if ids <= here.keys():
        return {extra_id: here[extra_id] for extra_id in ids}
    return queries.extras_by_id(ids)


def extras_for(room: Room) -> Sequence[Extra]:
    """What goes with one room, in the order of the house."""
    known = _extras()
    here = queries.extras_of(room.venue) if known is None else known.get(room.venue_id, [])
    return [each for each in here if not each.rooms or room.id in {one.id for one in each.rooms}]
