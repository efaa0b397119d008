"""Calls about bookings: make, see, change, decide and cancel; the verbs themselves stand in bookings/."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.api.answers import WHOLE, Answer, booking_answer, sight_of
from buurthuis.api.blueprint import blueprint
from buurthuis.api.calls import Call, described, drawn
from buurthuis.api.initiatives import spoken_for
from buurthuis.api.once import once
from buurthuis.api.owed import booking_with_owed
from buurthuis.api.paging import page, place_in, place_of
from buurthuis.api.problems import (
    naming_other_times,
    naming_other_times_for,
)
from buurthuis.api.queries import bookings_seen_by
from buurthuis.api.shapes import BOOKINGS, CANCELLATION, NEW_BOOKING, REFUSAL
from buurthuis.api.together import own_wishes, rooms_of
from buurthuis.api.values import Asked, as_id
from buurthuis.bookings import actions
from buurthuis.bookings.bundles.actions import book_together, cancel_bundle
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import booking as booking_by_id
from buurthuis.bookings.refusals import NotThatWay
from buurthuis.bookings.wishes import Wish
from buurthuis.foundation.access import needs, signed_in, visitor
from buurthuis.foundation.errors import Invalid, sentence_of
from buurthuis.foundation.remembered import remembered
from buurthuis.venues.queries import venue_by_slug


def asked_booking(booking_id: str) -> Booking:
    """The booking in the address.

    Raises:
        NotFound
    """
    return booking_by_id(as_id(booking_id))


@blueprint.get("/bookings")
@signed_in
@remembered
@described(
    Call("The bookings I may see.", "Bookings", query=BOOKINGS, refusals=("invalid", "not-found"))
)
def bookings(asked: Asked) -> Answer:
    """Those of my initiatives, and of the houses where I have a role."""
    person: Person = visitor()
    found = bookings_seen_by(
        person,
        venue=venue_by_slug(asked["venue"]) if "venue" in asked else None,
        since=asked.get("from"),
        until=asked.get("to"),
        after=place_in(asked["after"]) if "after" in asked else None,
        limit=asked["limit"] + 1,
    )
    return page(found, asked, draw=lambda each: _seen(each, person), key=place_of)


@blueprint.post("/bookings")
@signed_in
@described(
    Call(
        "Book a room: confirmed at once or requested, as the house has decided.",
        "Booking",
        body=NEW_BOOKING,
        status=201,
        refusals=(
            *("invalid", "not-allowed", "out-of-stock", "room-taken"),
            "idempotency-mismatch",
        ),
        takes_key=True,
    )
)
def book(asked: Asked) -> Response:
    """Book once, however often it is sent under the same Idempotency-Key."""
    return once(visitor(), lambda submission: _booked(asked, submission))


@blueprint.post("/bookings/<booking_id>/approve")
@needs("booking.decide", asked_booking)
@described(
    Call(
        "Say yes to a request.",
        "Booking",
        refusals=("not-allowed", "not-found", "room-taken", "wrong-state"),
    )
)
def approve(found: Booking) -> Answer:
    """The place is checked again."""
    with naming_other_times_for(found):
        return _seen(actions.approve(found.id, by=visitor()), visitor())


@blueprint.post("/bookings/<booking_id>/refuse")
@needs("booking.decide", asked_booking)
@described(
    Call(
        "Say no to a request, with the reason.",
        "Booking",
        body=REFUSAL,
        refusals=("invalid", "not-allowed", "not-found", "wrong-state"),
    )
)
def refuse(found: Booking, asked: Asked) -> Answer:
    """The booker reads the reason."""
    refused = actions.refuse(found.id, by=visitor(), reason=asked["reason"])
    return _seen(refused, visitor())


@blueprint.post("/bookings/<booking_id>/cancel")
@needs("booking.cancel", asked_booking)
@described(
    Call(
        "Give the place back.",
        "BookingWithOwed",
        body=CANCELLATION,
        refusals=("invalid", "not-allowed", "not-found", "wrong-state"),
    )
)
def cancel(found: Booking, asked: Asked) -> Answer:
    """Whether that was late is written down, and what is owed for it."""
    how: dict[str, Any] = {"reason": asked["reason"] or "", "for_group": bool(asked["for_group"])}
    if asked["whole_bundle"] and found.bundle_id is not None:
        cancel_bundle(found.bundle_id, by=visitor(), **how)
        return booking_with_owed(found, visitor())
    cancelled = actions.cancel(found.id, by=visitor(), **how)
    return booking_with_owed(cancelled, visitor())


def _booked(asked: Asked, submission: str | None) -> Response:
    person: Person = visitor()
    initiative = spoken_for(asked["initiative"])
    rooms = rooms_of(asked)
    room = rooms[0]
    wish = Wish(
        period=asked["period"],
        people=asked["people"],
        title=asked["title"],
        purpose=asked["purpose"],
        remark=asked["remark"],
        is_public=asked["public"],
        **own_wishes(asked, room),
    )
    facts: dict[str, Any] = {"by": person, "for_": initiative, "submission": submission}
    facts |= {"pays_by": asked["pay"]}
    exception = asked["exception"] or ""
    if exception and len(rooms) > 1:
        raise Invalid({"exception": [_("This goes for one room. Book each room by itself.")]})
    try:
        if len(rooms) > 1:
            made = book_together(rooms, wish, **facts)[0]
        else:
            with naming_other_times(room, wish.ask, initiative_id=initiative.id):
                made = actions.book(room, wish, exception=exception, **facts)
    except NotThatWay as refusal:
        raise Invalid({"pay": [sentence_of(refusal)]}) from refusal
    return drawn(booking_answer(made, WHOLE), 201)


def _seen(booking: Booking, person: Person) -> Answer:
    return booking_answer(booking, sight_of(person, booking))
