"""What every answer looks like, in the words of JSON Schema; the tests hold each answer against it."""

from enum import StrEnum
from typing import Any, Final

from buurthuis.activities.agenda import Entry
from buurthuis.activities.models import ForWhom, Spoken
from buurthuis.bookings.owed.models import State
from buurthuis.bookings.owed.models import Why as WhyOwed
from buurthuis.bookings.series.models import Why
from buurthuis.rules.changes import ChangeStatus, PriceRule
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.rules.states import Status
from buurthuis.rules.tariffs import LineKind
from buurthuis.venues.models import Feature

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


def _object(about: str, /, **properties: Schema) -> Schema:
    """An object that always has all of its properties."""
    named = {name.rstrip("_"): schema for name, schema in properties.items()}
    return {
        "type": "object",
        "description": about,
        "properties": named,
        "required": list(named),
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _page_of(name: str) -> Schema:
    return _object(
        "One page of a list.",
        items={"type": "array", "items": _ref(name), "maxItems": 200},
        next={**TEXT_OR_NULL, "description": "The address of the next page, or null."},
    )


def _among(words: type[StrEnum]) -> Schema:
    return {"type": "string", "enum": [word.value for word in words]}


_PRICE: Final[dict[str, Schema]] = {
    "list_cents": CENTS,
    "discount_cents": CENTS,
    "surcharge_cents": CENTS,
    "vat_cents": CENTS,
    "total_cents": CENTS,
    "deposit_cents": CENTS,
    "reason": {**TEXT, "description": "Why one pays this, as a code."},
}
_ROOM: Final[dict[str, Schema]] = {
    "slug": TEXT,
    "name": TEXT,
    "venue": {**TEXT, "description": "The slug of its house."},
    "about": TEXT,
    "capacity": NUMBER,
    "area_m2": {"type": ["number", "null"]},
    "parts": {**SLUGS, "description": "The slugs of the rooms it is made of."},
    "features": {"type": "array", "items": _among(Feature)},
    "only_with": {**SLUGS, "description": "It goes only together with one of these rooms."},
    "own_buffer_minutes": {**NUMBER, "description": "What a group may take itself around it."},
    "extras": {
        "type": "array",
        "description": "What goes with it; no stock means without end.",
        "items": _object("An extra.", slug=TEXT, name=TEXT, stock={"type": ["integer", "null"]}),
    },
}

_BOOKING: Final[dict[str, Schema]] = {
    "id": TEXT,
    "uid": {**TEXT, "description": "The same as in calendar feeds."},
    "status": _among(Status),
    "from": MOMENT,
    "to": MOMENT,
    "room": TEXT,
    "venue": TEXT,
    "title": TEXT_OR_NULL,
    "initiative": TEXT_OR_NULL,
    "people": {"type": ["integer", "null"]},
    "purpose": _among(Purpose),
    "public": YES_OR_NO,
    "remark": TEXT_OR_NULL,
    "series": {**TEXT_OR_NULL, "description": "The id of its series."},
    "bundle": {**TEXT_OR_NULL, "description": "The same for rooms that were booked together."},
    "setup_minutes": {**NUMBER, "description": "What the group takes itself to prepare."},
    "teardown_minutes": {**NUMBER, "description": "What the group takes itself to clear up."},
    "extras": {
        "type": "array",
        "items": _object("How many of an extra.", slug=TEXT, quantity=NUMBER),
    },
    "sequence": NUMBER,
    "cancelled_late": YES_OR_NO,
    "price": _ref("Price"),
}

_OWED: Final[Schema] = {
    "description": "Null is nothing; who may not change the booking is told nothing.",
    "anyOf": [_ref("Owed"), {"type": "null"}],
}

_SERIES: Final[dict[str, Schema]] = {
    "id": TEXT,
    "rrule": TEXT,
    "room": TEXT,
    "venue": TEXT,
    "setup_minutes": {**NUMBER, "description": "What the group takes itself, each day."},
    "teardown_minutes": {**NUMBER, "description": "The same, to clear up."},
    "extras": {
        "type": "array",
        "items": _object("How many of an extra, each day.", slug=TEXT, quantity=NUMBER),
    },
    "booked": {"type": "array", "items": _ref("Booking")},
    "skipped": {"type": "array", "items": _ref("DayWithout")},
    "change": {
        "description": "What is asked of the house; every day stays as it is until then.",
        "anyOf": [_ref("AskedOfSeries"), {"type": "null"}],
    },
}

SCHEMAS: Final[dict[str, Schema]] = {
    "Venue": _object(
        "One building run by residents.",
        slug=TEXT,
        name=TEXT,
        address=TEXT,
        neighbourhood=TEXT,
        city=TEXT,
        phone=TEXT,
        email=TEXT,
        website=TEXT,
        about=TEXT,
        timezone=TEXT,
        capacity={**NUMBER, "description": "How many people its largest room holds."},
        rooms={**SLUGS, "description": "The slugs of the rooms that can be booked."},
        is_example={**YES_OR_NO, "description": "The house exists only to show the program."},
    ),
    "Room": _object("A space that can be booked.", **_ROOM),
    "FreeRoom": _object(
        "A room that can be booked for what was asked.",
        **_ROOM,
        from_=MOMENT,
        to=MOMENT,
        price=_ref("Price"),
    ),
    "Price": _object(
        "list − discount + surcharge + VAT = total; only the total has VAT.", **_PRICE
    ),
    "Quote": _object(
        "A price with its explanation.",
        **_PRICE,
        explanation={**TEXT, "description": "The reason in words."},
        lines={"type": "array", "items": _ref("Line")},
    ),
    "Line": _object(
        "One line of a quote; a discount is negative.",
        kind=_among(LineKind),
        text=TEXT,
        quantity={"type": "number"},
        unit_cents=CENTS,
        cents=CENTS,
        vat_bp={"type": ["integer", "null"], "description": "Basis points; null is exempt."},
        vat_cents=CENTS,
    ),
    "Initiative": _object("Who books.", id=TEXT, name=TEXT, kind=_among(Kind)),
    "Booking": _object(
        "One room, one period. Without the right to personal data, words and initiative are null.",
        **_BOOKING,
    ),
    "Owed": _object(
        "What the group owes instead of the price, because it cancelled late or did not come.",
        cents=CENTS,
        state={**_among(State), "description": "`to_decide`: a person of the house decides."},
        why=_among(WhyOwed),
        reason={**TEXT_OR_NULL, "description": "Why a person decided so."},
    ),
    "BookingWithOwed": _object("A booking, and what is owed for it.", **_BOOKING, owed=_OWED),
    "Cancelling": _object(
        "What cancelling costs from now on, one after the other.",
        steps={
            "type": "array",
            "items": _object(
                "What is due until a moment.",
                until={**MOMENT_OR_NULL, "description": "Null is for ever."},
                cents=CENTS,
                late={**YES_OR_NO, "description": "It would be written down as late."},
            ),
        },
        unused_cents={**CENTS, "description": "Due when nobody comes and nobody said so."},
    ),
    "BookingWithChange": _object(
        "A booking, and the change that waits for a yes beside it.",
        **_BOOKING,
        owed=_OWED,
        cancelling={
            "description": "What cancelling costs, or would once the house says yes.",
            "anyOf": [_ref("Cancelling"), {"type": "null"}],
        },
        change={
            "description": "What is asked of the house; the booking stays as it is until then.",
            "anyOf": [_ref("Change"), {"type": "null"}],
        },
    ),
    "Change": _object(
        "Another time, room or purpose that was asked for.",
        id=TEXT,
        status=_among(ChangeStatus),
        from_=MOMENT,
        to=MOMENT,
        room=TEXT,
        venue={**TEXT, "description": "The house that answers."},
        asked_at=MOMENT,
        expires_at={**MOMENT, "description": "Until when the house can say yes."},
        price_rule={**_among(PriceRule), "description": "By which rule the price was found."},
        price=_ref("Price"),
        reason={**TEXT_OR_NULL, "description": "Why not, when it is refused."},
    ),
    "Series": _object(
        "A series with the bookings that stand, in the order of its days.", **_SERIES
    ),
    "AskedOfSeries": _object(
        "A change of a series that waits for a yes; each booking tells its own `change`.",
        id=TEXT,
        status=_among(ChangeStatus),
        from_date={"type": "string", "format": "date"},
        asked_at=MOMENT,
        bookings={**IDS, "description": "The bookings for which the house must say yes."},
        before_cents={**CENTS, "description": "What these cost now."},
        total_cents={**CENTS, "description": "What they would cost."},
    ),
    "ChangedSeries": _object(
        "A series after a change.",
        **_SERIES,
        changed={**IDS, "description": "The bookings that changed."},
        kept={**IDS, "description": "Those that stay, because they were changed by themselves."},
    ),
    "EndedSeries": _object(
        "A series of which days were cancelled.",
        **_SERIES,
        cancelled={**IDS, "description": "The bookings that were cancelled."},
    ),
    "DayWithout": _object(
        "A day of a series without a booking. Where the clock skips its time, it has none.",
        day={"type": "string", "format": "date"},
        from_=MOMENT_OR_NULL,
        to=MOMENT_OR_NULL,
        why=_among(Why),
    ),
    "Activity": _object(
        "A public booking, and what the group tells of it.",
        id={**TEXT, "description": "That of its booking."},
        title=TEXT,
        text=TEXT,
        from_=MOMENT,
        to=MOMENT,
        room=TEXT,
        venue=TEXT,
        for_whom=_among(ForWhom),
        languages={"type": "array", "items": _among(Spoken)},
        other_languages={**TEXT, "description": "In the words of the group."},
        free={**YES_OR_NO, "description": "It is said to cost nothing."},
        price={**TEXT, "description": "What one pays, in the words of the group."},
        entry={**_among(Entry), "description": "`seats`: one reserves; `open`: one just comes."},
        seats={"type": ["integer", "null"]},
        seats_left={"type": ["integer", "null"]},
        picture={
            "anyOf": [_object("A JPEG.", url=TEXT, alt=TEXT), {"type": "null"}],
        },
        url={**TEXT_OR_NULL, "description": "Its page, where one reserves; null without one."},
        changed_at=MOMENT,
    ),
    "Activities": _page_of("Activity"),
    "Venues": _page_of("Venue"),
    "Rooms": _page_of("Room"),
    "FreeRooms": _page_of("FreeRoom"),
    "Initiatives": _page_of("Initiative"),
    "Bookings": _page_of("Booking"),
    "OtherTime": _object("Another time at which the room can be booked.", from_=MOMENT, to=MOMENT),
    "Problem": {
        "type": "object",
        "description": "RFC 9457; `type` ends in the code.",
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": TEXT,
            "status": NUMBER,
            "detail": {**TEXT, "description": "A sentence for people, in their language."},
            "errors": {
                "type": "object",
                "description": "With `invalid`: sentences by field.",
                "additionalProperties": {"type": "array", "items": TEXT},
            },
            "alternatives": {
                "type": "array",
                "description": "With `room-taken`: the nearest other times.",
                "items": _ref("OtherTime"),
            },
            "conflicts": {
                "type": "array",
                "description": "With `room-taken` or `out-of-stock` of a series: the days that cannot be had.",
                "items": _ref("DayWithout"),
            },
        },
        "required": ["type", "title", "status", "detail"],
    },
    "Description": {"type": "object", "description": "This document."},
}
