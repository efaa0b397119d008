"""What a booking call may ask beside one room: more rooms, extras, and time of the group itself."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from buurthuis.api.problems import known_room
from buurthuis.api.values import Asked
from buurthuis.extras.known import extras_for
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation.errors import Invalid
from buurthuis.venues.models import Room


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
