"""What every answer looks like, in the words of JSON Schema; the tests hold each answer against it."""

from typing import Final

from buurthuis.activities.agenda import Entry
from buurthuis.activities.models import ForWhom, Spoken
from buurthuis.api.more_schemas import MORE_SCHEMAS
from buurthuis.api.schema_parts import (
    CENTS,
    IDS,
    MOMENT,
    MOMENT_OR_NULL,
    NUMBER,
    PAYING,
    SLUGS,
    TEXT,
    TEXT_OR_NULL,
    TOGETHER,
    YES_OR_NO,
    Schema,
    a_page_of,
    a_ref,
    an_object,
    one_of,
)
from buurthuis.bookings.owed.models import State
from buurthuis.bookings.owed.models import Why as WhyOwed
from buurthuis.bookings.series.models import Why
from buurthuis.rules.changes import ChangeStatus, PriceRule
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.rules.states import Status
from buurthuis.rules.tariffs import LineKind
from buurthuis.venues.models import Feature

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
    "features": {"type": "array", "items": one_of(Feature)},
    "only_with": {**SLUGS, "description": "It goes only together with one of these rooms."},
    "own_buffer_minutes": {**NUMBER, "description": "What a group may take itself around it."},
    "extras": {
        "type": "array",
        "description": "What goes with it; no stock means without end.",
        "items": an_object("An extra.", slug=TEXT, name=TEXT, stock={"type": ["integer", "null"]}),
    },
}

_BOOKING: Final[dict[str, Schema]] = {
    "id": TEXT,
    "uid": {**TEXT, "description": "The same as in calendar feeds."},
    "status": one_of(Status),
    "from": MOMENT,
    "to": MOMENT,
    "room": TEXT,
    "venue": TEXT,
    "title": TEXT_OR_NULL,
    "initiative": TEXT_OR_NULL,
    "people": {"type": ["integer", "null"]},
    "purpose": one_of(Purpose),
    "public": YES_OR_NO,
    "remark": TEXT_OR_NULL,
    "series": {**TEXT_OR_NULL, "description": "The id of its series."},
    **TOGETHER,
    **PAYING,
    "sequence": NUMBER,
    "cancelled_late": YES_OR_NO,
    "price": a_ref("Price"),
}

_OWED: Final[Schema] = {
    "description": "Null is nothing; who may not change the booking is told nothing.",
    "anyOf": [a_ref("Owed"), {"type": "null"}],
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
        "items": an_object("How many of an extra, each day.", slug=TEXT, quantity=NUMBER),
    },
    "booked": {"type": "array", "items": a_ref("Booking")},
    "skipped": {"type": "array", "items": a_ref("DayWithout")},
    "change": {
        "description": "What is asked of the house; every day stays as it is until then.",
        "anyOf": [a_ref("AskedOfSeries"), {"type": "null"}],
    },
}

SCHEMAS: Final[dict[str, Schema]] = {
    "Venue": an_object(
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
    "Room": an_object("A space that can be booked.", **_ROOM),
    "FreeRoom": an_object(
        "A room that can be booked for what was asked.",
        **_ROOM,
        from_=MOMENT,
        to=MOMENT,
        price=a_ref("Price"),
    ),
    "Price": an_object(
        "list − discount + surcharge + VAT = total; only the total has VAT.", **_PRICE
    ),
    "Quote": an_object(
        "A price with its explanation.",
        **_PRICE,
        explanation={**TEXT, "description": "The reason in words."},
        lines={"type": "array", "items": a_ref("Line")},
    ),
    "Line": an_object(
        "One line of a quote; a discount is negative.",
        kind=one_of(LineKind),
        text=TEXT,
        quantity={"type": "number"},
        unit_cents=CENTS,
        cents=CENTS,
        vat_bp={"type": ["integer", "null"], "description": "Basis points; null is exempt."},
        vat_cents=CENTS,
    ),
    "Initiative": an_object("Who books.", id=TEXT, name=TEXT, kind=one_of(Kind)),
    "Booking": an_object(
        "One room, one period. Without the right to personal data, words and initiative are null.",
        **_BOOKING,
    ),
    "Owed": an_object(
        "What the group owes instead of the price, because it cancelled late or did not come.",
        cents=CENTS,
        state={**one_of(State), "description": "`to_decide`: a person of the house decides."},
        why=one_of(WhyOwed),
        reason={**TEXT_OR_NULL, "description": "Why a person decided so."},
    ),
    "BookingWithOwed": an_object("A booking, and what is owed for it.", **_BOOKING, owed=_OWED),
    "Cancelling": an_object(
        "What cancelling costs from now on, one after the other.",
        steps={
            "type": "array",
            "items": an_object(
                "What is due until a moment.",
                until={**MOMENT_OR_NULL, "description": "Null is for ever."},
                cents=CENTS,
                late={**YES_OR_NO, "description": "It would be written down as late."},
            ),
        },
        unused_cents={**CENTS, "description": "Due when nobody comes and nobody said so."},
    ),
    "BookingWithChange": an_object(
        "A booking, and the change that waits for a yes beside it.",
        **_BOOKING,
        owed=_OWED,
        cancelling={
            "description": "What cancelling costs, or would once the house says yes.",
            "anyOf": [a_ref("Cancelling"), {"type": "null"}],
        },
        change={
            "description": "What is asked of the house; the booking stays as it is until then.",
            "anyOf": [a_ref("Change"), {"type": "null"}],
        },
    ),
    "Change": an_object(
        "Another time, room or purpose that was asked for.",
        id=TEXT,
        status=one_of(ChangeStatus),
        from_=MOMENT,
        to=MOMENT,
        room=TEXT,
        venue={**TEXT, "description": "The house that answers."},
        asked_at=MOMENT,
        expires_at={**MOMENT, "description": "Until when the house can say yes."},
        price_rule={**one_of(PriceRule), "description": "By which rule the price was found."},
        price=a_ref("Price"),
        reason={**TEXT_OR_NULL, "description": "Why not, when it is refused."},
    ),
    "Series": an_object(
        "A series with the bookings that stand, in the order of its days.", **_SERIES
    ),
    "AskedOfSeries": an_object(
        "A change of a series that waits for a yes; each booking tells its own `change`.",
        id=TEXT,
        status=one_of(ChangeStatus),
        from_date={"type": "string", "format": "date"},
        asked_at=MOMENT,
        bookings={**IDS, "description": "The bookings for which the house must say yes."},
        before_cents={**CENTS, "description": "What these cost now."},
        total_cents={**CENTS, "description": "What they would cost."},
    ),
    "ChangedSeries": an_object(
        "A series after a change.",
        **_SERIES,
        changed={**IDS, "description": "The bookings that changed."},
        kept={**IDS, "description": "Those that stay, because they were changed by themselves."},
    ),
    "EndedSeries": an_object(
        "A series of which days were cancelled.",
        **_SERIES,
        cancelled={**IDS, "description": "The bookings that were cancelled."},
    ),
    "DayWithout": an_object(
        "A day of a series without a booking. Where the clock skips its time, it has none.",
        day={"type": "string", "format": "date"},
        from_=MOMENT_OR_NULL,
        to=MOMENT_OR_NULL,
        why=one_of(Why),
    ),
    "Activity": an_object(
        "A public booking, and what the group tells of it.",
        id={**TEXT, "description": "That of its booking."},
        title=TEXT,
        text=TEXT,
        from_=MOMENT,
        to=MOMENT,
        room=TEXT,
        venue=TEXT,
        for_whom=one_of(ForWhom),
        languages={"type": "array", "items": one_of(Spoken)},
        other_languages={**TEXT, "description": "In the words of the group."},
        free={**YES_OR_NO, "description": "It is said to cost nothing."},
        price={**TEXT, "description": "What one pays, in the words of the group."},
        entry={**one_of(Entry), "description": "`seats`: one reserves; `open`: one just comes."},
        seats={"type": ["integer", "null"]},
        seats_left={"type": ["integer", "null"]},
        picture={
            "anyOf": [an_object("A JPEG.", url=TEXT, alt=TEXT), {"type": "null"}],
        },
        url={**TEXT_OR_NULL, "description": "Its page, where one reserves; null without one."},
        changed_at=MOMENT,
    ),
    "Activities": a_page_of("Activity"),
    "Venues": a_page_of("Venue"),
    "Rooms": a_page_of("Room"),
    "FreeRooms": a_page_of("FreeRoom"),
    "Initiatives": a_page_of("Initiative"),
    **MORE_SCHEMAS,
    "Bookings": a_page_of("Booking"),
    "OtherTime": an_object(
        "Another time at which the room can be booked.", from_=MOMENT, to=MOMENT
    ),
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
                "items": a_ref("OtherTime"),
            },
            "conflicts": {
                "type": "array",
                "description": "With `room-taken` or `out-of-stock` of a series: the days that cannot be had.",
                "items": a_ref("DayWithout"),
            },
        },
        "required": ["type", "title", "status", "detail"],
    },
    "Description": {"type": "object", "description": "This document."},
}
