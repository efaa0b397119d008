"""Pages on which a house tells about itself: who it is, how to reach it, its rules, its limits."""

from flask import redirect

from buurthuis.foundation.access import needs
from buurthuis.imports.queries import house_to_read
from buurthuis.pages.house.door import Answer, blueprint, first_page, house_here
from buurthuis.pages.house.fair_use_form import FairUseForm
from buurthuis.pages.house.forms import ChangeForm
from buurthuis.pages.house.hours_forms import DayPartsForm
from buurthuis.pages.house.saving import Editing
from buurthuis.pages.house.text_forms import AboutForm, BookingForm, ContactForm, RulesForm
from buurthuis.venues.models import Venue


@blueprint.route("/house/about", methods=["GET", "POST"])
@needs("house.manage", house_here)
def about(venue: Venue) -> Answer:
    """Who the house is, where it stands, and how one comes in."""
    return _page(venue, "about", AboutForm)


@blueprint.route("/house/contact", methods=["GET", "POST"])
@needs("house.manage", house_here)
def contact(venue: Venue) -> Answer:
    """How to reach the house."""
    return _page(venue, "contact", ContactForm)


@blueprint.route("/house/rules", methods=["GET", "POST"])
@needs("house.manage", house_here)
def rules(venue: Venue) -> Answer:
    """The rules of the house."""
    return _page(venue, "rules", RulesForm)


@blueprint.route("/house/bookings", methods=["GET", "POST"])
@needs("house.manage", house_here)
def limits(venue: Venue) -> Answer:
    """What the house asks of every booking."""
    return _page(venue, "booking", BookingForm)


@blueprint.route("/house/fair-use", methods=["GET", "POST"])
@needs("house.manage", house_here)
def fair_use(venue: Venue) -> Answer:
    """What is fair at busy hours."""
    return _page(venue, "fair_use", FairUseForm)


@blueprint.route("/house/day-parts", methods=["GET", "POST"])
@needs("house.manage", house_here)
def day_parts(venue: Venue) -> Answer:
    """The parts of the day."""
    return _page(venue, "day_parts", DayPartsForm)


def _page(venue: Venue, template: str, form: type[ChangeForm]) -> Answer:
    editing = Editing(venue, house_to_read(venue), form.of)
    if editing.is_kept():
        return redirect(first_page(venue)[1], 303)
    return editing.page(template, now=editing.house.booking, back=first_page(venue))
