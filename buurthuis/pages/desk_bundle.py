"""A yes to all rooms that a group asks for together, with one press."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.bookings.bundles.actions import approve_bundle
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import AlreadyOver, WrongState
from buurthuis.extras.refusals import OutOfStock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotFound, sentence_of
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.pages.desk_door import blueprint, booking_here


@blueprint.post("/bookings/<int:booking_id>/approve-all")
@needs("booking.decide", booking_here)
def approve_all(booking: Booking) -> Response:
    """Say yes to every room of the bundle that waits."""
    if booking.bundle_id is None:
        raise NotFound
    try:
        approve_bundle(booking.bundle_id, by=visitor())
    except (WrongState, AlreadyOver, RoomTaken, OutOfStock) as refusal:
        flash(sentence_of(refusal), "attention")
    else:
        flash(_("You said yes to all rooms."), "ok")
    address = url_for("desk.booking", slug=booking.venue.slug, booking_id=booking.id)
    return redirect(address, 303)
