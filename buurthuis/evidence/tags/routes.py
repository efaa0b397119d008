"""Saying what an activity is for with one tap, on the page of a booking or a series."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.activities.models import ForWhom
from buurthuis.bookings import queries as bookings
from buurthuis.bookings.door import per_person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series import queries as series_queries
from buurthuis.bookings.series.models import Series
from buurthuis.evidence.door import blueprint
from buurthuis.evidence.tags import actions
from buurthuis.evidence.tags.queries import Said
from buurthuis.evidence.tags.words import THEMES
from buurthuis.foundation.access import needs, visitor
from buurthuis.rules.themes import Theme


@blueprint.post("/me/bookings/<int:booking_id>/theme")
@needs("booking.edit", bookings.booking)
@per_person
def say_of_booking(booking: Booking) -> Response:
    """What this booking is for."""
    _told(actions.say_of_booking, booking.id)
    if request.args.get("at") == "desk":
        return _back("desk.booking", slug=booking.venue.slug, booking_id=booking.id)
    return _back("bookings.show", booking_id=booking.id)


@blueprint.post("/me/series/<int:series_id>/theme")
@needs("series.edit", series_queries.series)
@per_person
def say_of_series(series: Series) -> Response:
    """What all days of this series are for."""
    _told(actions.say_of_series, series.id)
    return _back("bookings.series", series_id=series.id)


def _told(verb: Any, number: int) -> None:
    """Do what was tapped; anything that stands on no button says nothing."""
    theme, audience = request.form.get("theme", ""), request.form.get("audience", "")
    if theme in set(Theme):
        known = ForWhom(audience) if audience in set(ForWhom) else None
        verb(number, Said(Theme(theme), known), by=visitor())
        flash(_("Thank you. It counts for: %(theme)s.", theme=THEMES[Theme(theme)]), "ok")
    elif "nothing" in request.form:
        verb(number, None, by=visitor())
        flash(_("Taken back."), "ok")


def _back(endpoint: str, **values: Any) -> Response:
    return redirect(url_for(endpoint, _anchor="theme", **values), 303)
