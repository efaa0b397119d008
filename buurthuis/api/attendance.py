"""Calls of the day: they are here, nobody came; the verbs themselves stand in bookings/today/."""

from flask_babel import gettext as _

from buurthuis.api.answers import Answer, booking_answer, sight_of
from buurthuis.api.blueprint import blueprint
from buurthuis.api.bookings import asked_booking
from buurthuis.api.calls import Call, described
from buurthuis.api.owed import booking_with_owed
from buurthuis.api.shapes import HEAD_COUNT
from buurthuis.api.values import Asked
from buurthuis.bookings.models import Booking
from buurthuis.bookings.today import actions
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import Invalid
from buurthuis.rules.attendance import CountsDiffer, HeadCount, counted


@blueprint.post("/bookings/<booking_id>/check-in")
@needs("booking.arrive", asked_booking)
@described(
    Call(
        "They are here; how many, as a number or a band, where somebody counted.",
        "Booking",
        body=HEAD_COUNT,
        refusals=("invalid", "not-allowed", "not-found", "wrong-state"),
    )
)
def check_in(found: Booking, asked: Asked) -> Answer:
    """On its day or later; again with another count is allowed."""
    checked_in = actions.check_in(found.id, by=visitor(), count=_count(asked))
    return booking_answer(checked_in, sight_of(visitor(), checked_in))


@blueprint.post("/bookings/<booking_id>/no-show")
@needs("booking.attend", asked_booking)
@described(
    Call(
        "Nobody came; the room is free from now on.",
        "BookingWithOwed",
        refusals=("not-allowed", "not-found", "wrong-state"),
    )
)
def no_show(found: Booking) -> Answer:
    """After the grace of the house."""
    return booking_with_owed(actions.no_show(found.id, by=visitor()), visitor())


@blueprint.post("/bookings/<booking_id>/undo-attendance")
@needs("booking.arrive", asked_booking)
@described(
    Call(
        "Take back within a day that they are here, or that nobody came.",
        "Booking",
        refusals=("not-allowed", "not-found", "room-taken", "wrong-state"),
    )
)
def undo_attendance(found: Booking) -> Answer:
    """Whose evening it was has the room again, if nobody else took it."""
    undone = actions.undo(found.id, by=visitor())
    return booking_answer(undone, sight_of(visitor(), undone))


def _count(asked: Asked) -> HeadCount:
    try:
        return counted(people=asked["people"], band=asked["band"])
    except CountsDiffer:
        sentence = _("This band does not hold that number of people. Leave one out.")
        raise Invalid({"band": [sentence]}) from None
