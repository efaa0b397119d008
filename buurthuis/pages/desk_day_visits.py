"""The desk on the day: they are here, nobody came, and taking either back."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from buurthuis.bookings.models import Booking
from buurthuis.bookings.today import actions
from buurthuis.bookings.today.forms import CountForm
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.pages.desk_booking import booking_page
from buurthuis.pages.desk_door import Answer, blueprint, booking_here
from buurthuis.rules.calendar import day_of


@blueprint.post("/bookings/<int:booking_id>/check-in")
@needs("booking.attend", booking_here)
def check_in(booking: Booking) -> Answer:
    """They are here, with so many."""
    form = CountForm()
    if not form.validate():
        return booking_page(booking, counting=form), 422
    told = _("%(title)s is here.", title=booking.title)
    if request.args.get("at") == "counts":
        told = _("Written down: %(title)s.", title=booking.title)
    return _said(
        booking, told, lambda: actions.check_in(booking.id, by=visitor(), count=form.count)
    )


@blueprint.post("/bookings/<int:booking_id>/no-show")
@needs("booking.attend", booking_here)
def no_show(booking: Booking) -> Answer:
    """Nobody came."""
    told = _("Nobody came for %(title)s. Others can use the room.", title=booking.title)
    return _said(booking, told, lambda: actions.no_show(booking.id, by=visitor()))


@blueprint.post("/bookings/<int:booking_id>/undo-attendance")
@needs("booking.attend", booking_here)
def undo_attendance(booking: Booking) -> Answer:
    """Take back what was said."""
    told = _("Taken back: %(title)s.", title=booking.title)
    return _said(booking, told, lambda: actions.undo(booking.id, by=visitor()))


def _said(booking: Booking, told: str, verb: Callable[[], object]) -> Answer:
    """Do it, go back to where it was pressed, and tell there what came of it."""
    try:
        verb()
    except Refusal as refusal:
        return booking_page(booking, notice=sentence_of(refusal)), refusal.status
    flash(told, "ok")
    return redirect(_back_to(booking), 303)


def _back_to(booking: Booking) -> str:
    slug, anchor = booking.venue.slug, f"visit-{booking.id}"
    if request.args.get("at") == "today":
        return url_for("desk.overview", slug=slug, _anchor=anchor)
    if request.args.get("at") == "counts":
        return url_for("desk.counts", slug=slug)
    if request.args.get("at") == "day":
        day = day_of(booking.from_at).isoformat()
        return url_for("desk.bookings", slug=slug, day=day, _anchor=anchor)
    return url_for("desk.booking", slug=slug, booking_id=booking.id)
