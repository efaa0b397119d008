"""A yes or a no to all rooms that a group asks for together, with one press."""

from flask import redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.bookings.bundles.actions import approve_bundle, refuse_bundle
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import AlreadyOver, WrongState
from buurthuis.extras.refusals import OutOfStock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.telling import refusals_told
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.pages.desk_answers import on_with, who_hears
from buurthuis.pages.desk_booking import booking_page, refusal_form_of_all
from buurthuis.pages.desk_choice import Choice
from buurthuis.pages.desk_door import Answer, blueprint, booking_here
from buurthuis.pages.desk_requests import following
from buurthuis.rules.answers import TIME_TO_THINK


@blueprint.post("/bookings/<int:booking_id>/approve-all")
@needs("booking.decide", booking_here)
def approve_all(booking: Booking) -> Answer:
    """Say yes to every room of the bundle that waits."""
    if booking.bundle_id is None:
        raise NotFound
    with refusals_told(WrongState, AlreadyOver, RoomTaken, OutOfStock):
        approve_bundle(booking.bundle_id, by=visitor(), lies_for=TIME_TO_THINK)
        return _on(booking, _("You said yes to all rooms."))
    return _back(booking)


@blueprint.post("/bookings/<int:booking_id>/refuse-all")
@needs("booking.decide", booking_here)
def refuse_all(booking: Booking) -> Answer:
    """Say no to every room of the bundle that waits, with one reason and one letter."""
    if booking.bundle_id is None:
        raise NotFound
    form = refusal_form_of_all(booking)
    if not form.validate():
        return booking_page(booking, refusal_of_all=form), 422
    reason = form.sentence_for(booking)
    with refusals_told(WrongState):
        refuse_bundle(
            booking.bundle_id, by=visitor(), reason=reason, kind=form.kind, lies_for=TIME_TO_THINK
        )
        return _on(booking, _("You said no to all rooms."))
    return _back(booking)


def _on(booking: Booking, told: str) -> Answer:
    """On to the request that waits next; there stands what happened, with the way back."""
    then = following(booking.venue, Choice.of_request(), booking.id)
    return on_with(booking, then, f"{told} {who_hears(booking.booked_by)}")


def _back(booking: Booking) -> Response:
    address = url_for("desk.booking", slug=booking.venue.slug, booking_id=booking.id)
    return redirect(address, 303)
