"""The parts into which a house falls apart when two people change it at once."""

from collections.abc import Hashable
from dataclasses import fields, replace
from typing import Any

from buurthuis.imports.house import House

Facets = dict[Hashable, Any]

_APART = {"rooms", "extras", "opening_hours", "rate_cards", "closures", "notices", "decisions"}


def changed_by_both(seen: House, now: House, after: House) -> set[Hashable]:
    """What an edit would change (from now to after) although it has changed since it was seen."""
    return changed(seen, now) & changed(now, after)


def changed(before: House, after: House) -> set[Hashable]:
    """The facets that differ between two houses, those that came or went included."""
    old, new = facets_of(before), facets_of(after)
    return {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}


def facets_of(house: House) -> Facets:
    """What can be changed by itself: each room, its photos, its hours, each rate card, each closure."""
    whole = {each.name: getattr(house, each.name) for each in fields(House)}
    found: Facets = {key: value for key, value in whole.items() if key not in _APART}
    found["order"] = tuple(room.slug for room in house.rooms)
    for room in house.rooms:
        found["room", room.slug] = replace(room, photos=())
        found["photos", room.slug] = room.photos
    found["extras in order"] = tuple(extra.slug for extra in house.extras)
    for extra in house.extras:
        found["extra", extra.slug] = extra
    for hours in house.opening_hours:
        found.setdefault(("hours", hours.room), []).append(hours)
    for card in house.rate_cards:
        found["card", card.valid_from] = card
    for each in (*house.closures, *house.notices, *house.decisions):
        found[each] = True
    return found
