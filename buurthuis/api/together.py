"""What calls about bookings and series ask alike: other words, more rooms, extras, the group's own time."""

from collections.abc import Sequence
from typing import Any, Final

from flask_babel import gettext as _

from buurthuis.api.problems import known_room
from buurthuis.api.values import Asked
from buurthuis.extras.known import extras_for
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation.errors import Invalid
from buurthuis.venues.models import Room

WORDS: Final = {
    "title": "title",
    "people": "people",
    "purpose": "purpose",
    "public": "is_public",
    "remark": "remark",
}
"""What the words of a booking are called in a body, and what in a booking."""


def words_of(asked: Asked) -> dict[str, Any]:
    """The words that a body names, by their names in a booking."""
    return {name: asked[field] for field, name in WORDS.items() if field in asked}


def rooms_of(asked: Asked) -> list[Room]:
    """The room, and those that are wanted as well.

    Raises:
        Invalid: one of them is not there.
    """
    return [known_room(asked["room"]), *(_also(slug) for slug in asked["also"])]


def wanted_extras(pairs: Sequence[tuple[str, int]], room: Room) -> tuple[Wanted, ...]:
    """The extras that a body names; the same one twice is added up.

    Raises:
        Invalid: one of them does not go with this room.
    """
    known = {extra.slug: extra.id for extra in extras_for(room)}
    found: dict[int, int] = {}
    for slug, quantity in pairs:
        if slug not in known:
            raise Invalid(
                {"extras": [_("The house does not have this for this room. Leave it out.")]}
            )
        found[known[slug]] = found.get(known[slug], 0) + quantity
    return tuple(Wanted(*each) for each in found.items())


def own_wishes(asked: Asked, room: Room) -> dict[str, Any]:
    """The group's own minutes and the extras, as a wish takes them."""
    return {
        "setup_minutes": asked["setup_minutes"],
        "teardown_minutes": asked["teardown_minutes"],
        "extras": wanted_extras(asked["extras"], room),
    }


def _also(slug: str) -> Room:
    try:
        return known_room(slug)
    except Invalid as invalid:
        raise Invalid({"also": invalid.errors["room"]}) from None
