"""The page on which a house says how groups pay, and where to."""

from flask import redirect, url_for
from flask_babel import gettext as _

from buurthuis.bookings.paying import is_offered_online
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.imports.queries import house_to_read
from buurthuis.pages.house.door import Answer, blueprint, first_page, house_here
from buurthuis.pages.house.paying_form import PayingForm
from buurthuis.pages.house.saving import Editing
from buurthuis.venues.models import Venue


@blueprint.route("/house/paying", methods=["GET", "POST"])
@needs("money.do", house_here)
def paying(venue: Venue) -> Answer:
    """How groups pay, where to, and within how many days."""
    editing = Editing(venue, house_to_read(venue), PayingForm.of)
    if editing.is_kept():
        return redirect(url_for("house.paying", slug=venue.slug), 303)
    back = _("Money"), url_for("money.overview", slug=venue.slug)
    if may(visitor(), "house.manage", venue):
        back = first_page(venue)
    return editing.page("paying", is_online=is_offered_online(venue.slug), back=back)
