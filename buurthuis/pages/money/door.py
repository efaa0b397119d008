"""The doors of money: the treasurer's pages of a house, and the invoices that a group sees too."""

from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _

from buurthuis.foundation.access import may, visitor
from buurthuis.pages.desk_door import Answer as Answer
from buurthuis.pages.desk_door import house as house
from buurthuis.payments import words
from buurthuis.venues.models import Venue

Place = tuple[str, str, bool]

blueprint = Blueprint("money", __name__, url_prefix="/houses/<slug>/money")
own = Blueprint("invoices", __name__)
"""Pages of one invoice and of a group, whose address names no house."""


def money_page(template: str, venue: Venue, **facts: Any) -> str:
    """A page of the money of a house, with the ways to its other pages."""
    return render_template(f"money/{template}.html", **money_facts(venue), **facts)


def money_facts(venue: Venue) -> dict[str, Any]:
    """What stands on every page of money: whose it is, what one may do, and the ways between pages."""
    person = visitor()
    return {
        "venue": venue,
        "does_money": may(person, "money.do", venue),
        "sees_desk": may(person, "desk.see", venue),
        "places": places_of(venue),
    }


def address_if_known(endpoint: str, **values: Any) -> str | None:
    """Where a page is; None while nobody opened it."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    """The words of money, for the parts that other pages draw too."""
    return {"money_words": words}


def places_of(venue: Venue) -> list[Place]:
    """The pages of money, in the order of a treasurer's evening."""
    places = (
        ("money.overview", _("Overview")),
        ("money.to_bill", _("To bill")),
        ("money.invoices", _("Invoices")),
        ("money.open_items", _("Who still pays")),
        ("money.bank", _("Bank")),
        ("money.refunds", _("To give back")),
        ("money.deposits", _("Deposits")),
        ("money.books", _("Books")),
    )
    return [
        (label, url_for(endpoint, slug=venue.slug), request.endpoint == endpoint)
        for endpoint, label in places
        if endpoint in current_app.view_functions
    ]
