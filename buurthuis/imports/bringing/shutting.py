"""Closed days that come along: they stand in the house as if somebody had closed it by page."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from buurthuis.accounts.models import Person
from buurthuis.foundation.logbook import note
from buurthuis.imports.bringing.models import Deed
from buurthuis.imports.bringing.plan import Looked
from buurthuis.imports.bringing.written import Done
from buurthuis.imports.house import HouseClosure
from buurthuis.imports.keeping import checked, remember, remember_beginning, store
from buurthuis.imports.models import Part
from buurthuis.imports.queries import house_of
from buurthuis.venues.models import Venue


def shut(venue: Venue, rows: Sequence[Looked], *, by: Person) -> list[Done]:
    """Close what these rows say, instead of what they said before."""
    found = [(row, row.closure) for row in rows if row.closure is not None]
    if not found:
        return []
    before = {row.known.closed for row, _closure in found if row.known and row.known.closed}
    stored = with_closures(venue, [closure for _row, closure in found], instead_of=before, by=by)
    return [
        Done(row, Deed.CLOSED, closure=here)
        for (row, _closure), here in zip(found, stored, strict=True)
    ]


def with_closures(
    venue: Venue,
    new: Sequence[HouseClosure],
    *,
    instead_of: Collection[HouseClosure],
    by: Person,
) -> list[HouseClosure]:
    """Keep the house with these closed days and without others; gives them as the house keeps them.

    Raises:
        BookingsInTheWay, HouseHasMistakes
    """
    house = house_of(venue)
    kept = tuple(each for each in house.closures if each not in instead_of)
    after = checked(replace(house, closures=(*kept, *new)))
    remember_beginning(venue, house)
    store(venue, after)
    number = remember(venue, after, part=Part.CLOSURES, by=by)
    note("house.changed", venue, by=by, venue_id=venue.id, part=Part.CLOSURES, version=number)
    stored = {(each.from_at, each.to_at, each.rooms): each for each in after.closures}
    return [stored[each.from_at, each.to_at, each.rooms] for each in new]
