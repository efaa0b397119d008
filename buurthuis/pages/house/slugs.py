"""Names in addresses for new houses and rooms, made of the names that people give them."""

from collections.abc import Collection

from buurthuis.pages.house.queries import slugs_like
from buurthuis.rules.slugs import slug

LONGEST_SLUG = 60
# `/houses/new` begins a house, so no house can be called so.
NOT_A_HOUSE = frozenset({"new"})


def free_house_slug(name: str) -> str:
    """A slug that no house has yet."""
    wanted = _short(slug(name)) or "buurthuis"
    return _free(wanted, slugs_like(wanted) | NOT_A_HOUSE)


def free_room_slug(house: str, name: str, *, also_taken: Collection[str] = ()) -> str:
    """A slug that no room has yet: that of the house, and the name of the room."""
    wanted = _short(f"{house}-{slug(name) or 'room'}")
    return _free(wanted, slugs_like(wanted) | {*also_taken})


def free_slug(name: str, taken: Collection[str]) -> str:
    """A slug for something of one house, that nothing else there has."""
    return _free(_short(slug(name)) or "extra", {*taken, "new", "drop"})


def _free(wanted: str, taken: Collection[str]) -> str:
    """The slug itself, or the first number behind it that is free."""
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


def _short(text: str) -> str:
    """Leave room for a number behind it."""
    return text[: LONGEST_SLUG - 4].strip("-")
