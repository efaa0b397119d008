"""Calls that change a booking, and those about a change for which a house must say yes."""

from flask import Response
from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.api.answers import Answer, booking_answer, price_answer, sight_of, time_answer
from buurthuis.api.blueprint import blueprint
from buurthuis.api.bookings import asked_booking
from buurthuis.api.calls import Call, described, drawn
from buurthuis.api.owed import booking_with_owed, cancelling_answer
from buurthuis.api.problems import naming_other_times, wanted_room
from buurthuis.api.shapes import CHANGED_BOOKING, REFUSAL
from buurthuis.api.together import wanted_extras, words_of
from buurthuis.api.values import Asked, Unfit, period_of
from buurthuis.bookings import changes
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.queries import latest_change_of, open_change_of
from buurthuis.bookings.models import Booking
from buurthuis.bookings.pricing import Quoted
from buurthuis.bookings.things.actions import change_extras
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import Invalid, NotFound
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.periods import Period


def asked_change(booking_id: str) -> ChangeRequest:
    """The last change that was asked of the booking in the address.

    Raises:
        NotFound: none was ever asked.
    """
    found = latest_change_of(asked_booking(booking_id))
    if found is None:
        raise NotFound
    return found


@blueprint.get("/bookings/<booking_id>")
@needs("booking.see", asked_booking)
@described(Call("One booking.", "BookingWithChange", refusals=("not-found",)))
def booking(found: Booking) -> Answer:
    """A booking that I may see, with the change that waits for an answer."""
    return booking_with_change(found, visitor(), open_change_of(found))


@blueprint.patch("/bookings/<booking_id>")
@needs("booking.edit", asked_booking)
@described(
    Call(
        "Change the words, the people, the time or the room of a booking; all of it or nothing.",
        "BookingWithChange",
        waits="BookingWithChange",
        body=CHANGED_BOOKING,
        refusals=("invalid", "not-allowed", "not-found", "room-taken", "wrong-state"),
    )
)
def change(found: Booking, asked: Asked) -> Response:
    """Change what is named and leave the rest; 202 when the house has to say yes first."""
    if "extras" in asked:
        return _with_other_extras(found, asked)
    room = wanted_room(asked["room"]) if "room" in asked else found.room
    wanted = changes.Wanted(room, _other_period(found, asked), words_of(asked))
    with naming_other_times(room, wanted.ask(found), initiative_id=found.initiative_id):
        sent = changes.send(found.id, wanted, by=visitor())
    told = booking_with_change(sent.booking, visitor(), sent.change or open_change_of(sent.booking))
    return drawn(told, 200 if sent.change is None else 202)


def _with_other_extras(found: Booking, asked: Asked) -> Response:
    if len(asked) > 1:
        raise Invalid({"extras": [_("Change this by itself, in a call of its own.")]})
    wanted = wanted_extras(asked["extras"] or [], found.room)
    booking = change_extras(found.id, wanted, by=visitor())
    return drawn(booking_with_change(booking, visitor(), open_change_of(booking)), 200)


@blueprint.post("/bookings/<booking_id>/change/approve")
@needs("change.decide", asked_change)
@described(
    Call(
        "Say yes to a change that was asked for.",
        "Booking",
        refusals=("not-allowed", "not-found", "room-taken", "wrong-state"),
    )
)
def approve_change(found: ChangeRequest) -> Answer:
    """The booking moves, at the price that was seen; the place is checked again."""
    moved = changes.approve(found.id, by=visitor())
    return booking_answer(moved, sight_of(visitor(), moved))


@blueprint.post("/bookings/<booking_id>/change/refuse")
@needs("change.decide", asked_change)
@described(
    Call(
        "Say no to a change, with the reason; the booking stays as it is.",
        "Change",
        body=REFUSAL,
        refusals=("invalid", "not-allowed", "not-found", "wrong-state"),
    )
)
def refuse_change(found: ChangeRequest, asked: Asked) -> Answer:
    """The booker reads the reason."""
    return change_answer(changes.refuse(found.id, by=visitor(), reason=asked["reason"]))


@blueprint.post("/bookings/<booking_id>/change/withdraw")
@needs("change.withdraw", asked_change)
@described(
    Call(
        "Take back a change that was asked for; the booking stays as it is.",
        "Change",
        refusals=("not-allowed", "not-found", "wrong-state"),
    )
)
def withdraw_change(found: ChangeRequest) -> Answer:
    """What it held comes free."""
    return change_answer(changes.withdraw(found.id, by=visitor()))


def booking_with_change(booking: Booking, person: Person, change: ChangeRequest | None) -> Answer:
    """A booking as somebody may know it, and what is asked beside it."""
    return {
        **booking_with_owed(booking, person),
        "cancelling": cancelling_answer(booking),
        "change": None if change is None else change_answer(change),
    }


def change_answer(change: ChangeRequest) -> Answer:
    """What was asked of a house, and what became of it."""
    return {
        "id": str(change.id),
        "status": change.status,
        **time_answer(change.period),
        "room": change.room.slug,
        "venue": change.venue.slug,
        "asked_at": rfc3339(change.asked_at),
        "expires_at": rfc3339(change.expires_at),
        "price_rule": change.price_rule,
        "price": price_answer(Quoted(change.quote), change.quote["price_reason"]),
        "reason": change.reason or None,
    }


def _other_period(found: Booking, asked: Asked) -> Period:
    start, end = asked.get("from", found.from_at), asked.get("to", found.to_at)
    try:
        return period_of(start, end)
    except Unfit as unfit:
        raise Invalid({"to": [str(unfit)]}) from None
