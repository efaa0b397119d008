"""What schemas are made of: plain values, objects, lists and words out of a few."""

from enum import StrEnum
from typing import Any, Final

from buurthuis.rules.paying.ways import Way

Schema = dict[str, Any]

TEXT: Final[Schema] = {"type": "string"}
TEXT_OR_NULL: Final[Schema] = {"type": ["string", "null"]}
NUMBER: Final[Schema] = {"type": "integer"}
CENTS: Final[Schema] = {"type": "integer", "description": "Integer cents."}
YES_OR_NO: Final[Schema] = {"type": "boolean"}
MOMENT: Final[Schema] = {
    "type": "string",
    "format": "date-time",
    "description": "RFC 3339, in Amsterdam's offset.",
}
MOMENT_OR_NULL: Final[Schema] = {**MOMENT, "type": ["string", "null"]}
IDS: Final[Schema] = {"type": "array", "items": TEXT}
SLUGS: Final[Schema] = {"type": "array", "items": TEXT}


def an_object(about: str, /, **properties: Schema) -> Schema:
    """An object that always has all of its properties."""
    named = {name.rstrip("_"): schema for name, schema in properties.items()}
    return {
        "type": "object",
        "description": about,
        "properties": named,
        "required": list(named),
    }


def a_ref(name: str) -> Schema:
    """One of the named schemas."""
    return {"$ref": f"#/components/schemas/{name}"}


def a_page_of(name: str) -> Schema:
    """A list that comes page by page."""
    return an_object(
        "One page of a list.",
        items={"type": "array", "items": a_ref(name), "maxItems": 200},
        next={**TEXT_OR_NULL, "description": "The address of the next page, or null."},
    )


def one_of(words: type[StrEnum]) -> Schema:
    """A word out of a few."""
    return {"type": "string", "enum": [word.value for word in words]}


TOGETHER: Final[dict[str, Schema]] = {
    "bundle": {**TEXT_OR_NULL, "description": "The same for rooms that were booked together."},
    "setup_minutes": {**NUMBER, "description": "What the group takes itself to prepare."},
    "teardown_minutes": {**NUMBER, "description": "What the group takes itself to clear up."},
    "extras": {
        "type": "array",
        "items": an_object("How many of an extra.", slug=TEXT, quantity=NUMBER),
    },
}
"""What a booking tells of its bundle, its extras and the group's own minutes."""

PAYING: Final[dict[str, Schema]] = {
    "pays_by": {
        "type": ["string", "null"],
        "enum": [*Way, None],
        "description": "How the group pays; null is on an invoice, or not for you to know.",
    },
    "pay_until": {
        **MOMENT_OR_NULL,
        "description": "Until when the place is kept for a payment; else null.",
    },
    "pay_url": {**TEXT_OR_NULL, "description": "The page where a person pays it; else null."},
}
"""How a booking is paid for."""
