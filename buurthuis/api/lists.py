"""Fields that hold lists: the rooms that are wanted as well, and extras with how many of each."""

from collections.abc import Callable
from typing import Any, Final

from flask_babel import gettext as _

from buurthuis.api.values import Field, Unfit, slug

MOST_ROOMS: Final = 20
MOST_EXTRAS: Final = 100
MOST_PIECES: Final = 9999
LONGEST_MINUTES: Final = 720

_MINUTES: Final = {"type": "integer", "minimum": 0, "maximum": LONGEST_MINUTES}
_SLUG: Final = slug("")


def slugs_of_rooms(about: str) -> Field:
    """A list of the slugs of rooms."""
    schema = {"type": "array", "items": _SLUG.schema, "maxItems": MOST_ROOMS}
    return Field(_listed(_SLUG.read, MOST_ROOMS), schema, about, is_nullable=True, otherwise=[])


def extras_in_json(about: str, **more: Any) -> Field:
    """A list of extras, each with its slug and how many."""
    each = {
        "type": "object",
        "properties": {
            "slug": _SLUG.schema,
            "quantity": {"type": "integer", "minimum": 1, "maximum": MOST_PIECES},
        },
        "required": ["slug", "quantity"],
    }
    schema = {"type": "array", "items": each, "maxItems": MOST_EXTRAS}
    return Field(_listed(_extra, MOST_EXTRAS), schema, about, is_nullable=True, **more)


def extras_in_query(about: str) -> Field:
    """Extras in an address: their slugs with commas between, each with a colon and how many."""

    def read(given: Any) -> list[tuple[str, int]]:
        found = str(given).split(",")
        if len(found) > MOST_EXTRAS:
            raise Unfit(_("Write a list, of at most %(most)s.", most=MOST_EXTRAS))
        return [_extra_in_query(each) for each in found]

    return Field(read, {"type": "string"}, about, otherwise=[])


def minutes_in_json(about: str) -> Field:
    """A whole number of minutes, none when left out."""
    return Field(_minutes, _MINUTES, about, is_nullable=True, otherwise=0)


def other_minutes_in_json(about: str) -> Field:
    """A whole number of minutes; those of before when left out."""
    return Field(_minutes, _MINUTES, about, is_nullable=True)


def _minutes(given: Any) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise Unfit(_("Write a number of minutes, such as 30."))
    if not 0 <= given <= LONGEST_MINUTES:
        raise Unfit(_("Write a number of minutes, such as 30."))
    return given


def _listed(read: Callable[[Any], Any], most: int) -> Callable[[Any], list[Any]]:
    def read_all(given: Any) -> list[Any]:
        if not isinstance(given, list) or len(given) > most:
            raise Unfit(_("Write a list, of at most %(most)s.", most=most))
        return [read(each) for each in given]

    return read_all


def _extra(given: Any) -> tuple[str, int]:
    if not isinstance(given, dict) or not {"slug", "quantity"} <= given.keys():
        raise Unfit(_("Write each extra with its slug and its quantity."))
    quantity = given["quantity"]
    if not isinstance(quantity, int) or isinstance(quantity, bool):
        raise Unfit(_("Write a number, such as 2."))
    if not 1 <= quantity <= MOST_PIECES:
        raise Unfit(_("Write a number, such as 2."))
    return _SLUG.read(given["slug"]), quantity


def _extra_in_query(given: str) -> tuple[str, int]:
    name, _colon, many = given.partition(":")
    if many and not (many.isascii() and many.isdigit() and len(many) <= 4 and int(many)):
        raise Unfit(_("Write a number, such as 2."))
    return _SLUG.read(name), int(many or 1)


def yes_in_query(about: str) -> Field:
    """True or false in an address; false where it is left out."""

    def read(given: Any) -> bool:
        if given not in {"true", "false"}:
            raise Unfit(_("Write true or false."))
        return bool(given == "true")

    return Field(read, {"type": "boolean"}, about, otherwise=False)
