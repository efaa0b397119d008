"""Where a place that is kept is paid for, and the page on which another way is chosen."""

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _

from buurthuis.bookings import queries
from buurthuis.bookings.door import Page, blueprint, per_person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.paying_actions import choose_way
from buurthuis.bookings.paying_ways import other_ways
from buurthuis.bookings.refusals import NotThatWay, WrongState
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.telling import refusals_told
from buurthuis.rules.paying.ways import Way
from buurthuis.tariffs.ways.words import CHOICES

PAY = "payments.pay"


@blueprint.app_template_global()
def pay_url(booking: Booking) -> str | None:
    """The page on which a kept place is paid for; None where nothing is to be paid online now."""
    if not booking.is_pay_hold or PAY not in current_app.view_functions:
        return None
    return url_for(PAY, booking_id=booking.id)


@blueprint.app_template_global()
def ways_besides(booking: Booking) -> list[tuple[str, str]]:
    """The other ways to pay for a kept place, each with its words."""
    ways = other_ways(booking) if booking.is_pay_hold else ()
    return [(way.value, str(CHOICES[way])) for way in ways]


@blueprint.post("/me/bookings/<int:booking_id>/way")
@needs("booking.answer", queries.booking)
@per_person
def way(booking: Booking) -> Page:
    """Pay in another way: the place is certain at once."""
    typed = request.form.get("way", "")
    wanted = Way(typed) if typed in set(Way) else Way.NONE
    with refusals_told(NotThatWay, WrongState):
        choose_way(booking.id, wanted, by=visitor())
        flash(_("Your place is certain."), "ok")
    return redirect(url_for("bookings.show", booking_id=booking.id), 303)
