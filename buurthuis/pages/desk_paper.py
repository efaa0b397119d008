"""The paper of a booking for somebody without e-mail, and the calls that the desk has to make."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from buurthuis.accounts.qr import drawn
from buurthuis.bookings.door import per_person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.notice_words import rules_of
from buurthuis.bookings.slips import actions, calls
from buurthuis.bookings.slips.actions import Printed
from buurthuis.bookings.slips.models import PhoneCall
from buurthuis.bookings.slips.pins import shown
from buurthuis.bookings.slips.queries import slip_of
from buurthuis.bookings.slips.refusals import HasMail
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.links import absolute
from buurthuis.pages.desk_answers import who_hears
from buurthuis.pages.desk_door import Answer, blueprint, booking_here


@blueprint.post("/bookings/<int:booking_id>/slip")
@needs("desk.give_slip", booking_here)
@per_person
def booking_slip(booking: Booking) -> Answer:
    """Print a paper with a new PIN."""
    try:
        return _paper(actions.print_anew(booking.id, by=visitor()))
    except HasMail as refusal:
        flash(sentence_of(refusal), "attention")
        return redirect(_address_of(booking), 303)


@blueprint.post("/calls/<int:call_id>")
@needs("call.make", calls.call_here)
@per_person
def called(call: PhoneCall) -> Answer:
    """They have been told."""
    calls.called(call, by=visitor())
    flash(_("Noted: %(name)s knows.", name=call.person.name), "ok")
    return redirect(url_for("desk.overview", slug=call.booking.venue.slug), 303)


def paper_or_booking(made: Printed) -> Answer:
    """What comes after booking at the desk: the paper, or the booking of somebody who gets a letter."""
    booking = made.booking
    if made.pin:
        return _paper(made)
    told = _("%(title)s is in the books.", title=booking.title)
    flash(f"{told} {who_hears(booking.booked_by)}", "ok")
    return redirect(_address_of(booking), 303)


def _paper(made: Printed) -> str:
    """The page that shows a PIN, the only time that it is shown."""
    booking, slip = made.booking, slip_of(made.booking)
    assert slip is not None  # noqa: S101 - it was printed a moment ago
    return render_template(
        "desk/slip_paper.html",
        booking=booking,
        venue=booking.venue,
        reference=shown(slip.reference),
        pin=shown(made.pin),
        address=absolute("bookings.slip").partition("://")[2],
        picture=drawn(absolute("bookings.slip", r=slip.reference)),
        cancelling=rules_of(booking, clock.now()),
    )


def _address_of(booking: Booking) -> str:
    return url_for("desk.booking", slug=booking.venue.slug, booking_id=booking.id)
