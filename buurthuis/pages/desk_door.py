"""The door of a house's desk: its blueprint, what lies behind an address, what stands on every page."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.bookings import queries as bookings
from buurthuis.bookings.models import Booking
from buurthuis.foundation.access import may, visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.pages import desk_queries
from buurthuis.venues import known
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug

Answer = str | Response | tuple[str, int]
Place = tuple[str, str, bool]

blueprint = Blueprint("desk", __name__, url_prefix="/houses/<slug>")


def house(slug: str) -> Venue:
    """The house whose desk this is.

    Raises:
        NotFound
    """
    return venue_by_slug(slug)


def house_to_read(slug: str) -> Venue:
    """The same for a page that only reads.

    Raises:
        NotFound
    """
    return known.venue_by_slug(slug)


def booking_here(slug: str, booking_id: int) -> Booking:
    """A booking of this house; one of another house is not found here.

    Raises:
        NotFound
    """
    found = bookings.booking(booking_id)
    if found.venue.slug != slug:
        raise NotFound
    return found


def desk_page(template: str, venue: Venue, *, waiting: int | None = None, **facts: Any) -> str:
    """A page of the desk, with the ways to its other pages; `waiting` where it is known already."""
    return render_template(f"desk/{template}.html", **desk_facts(venue, waiting), **facts)


def desk_facts(venue: Venue, waiting: int | None = None) -> dict[str, Any]:
    """What stands on every page of a desk: whose it is, what waits, and the ways to its other pages."""
    is_manager = may(visitor(), "house.manage", venue)
    if waiting is None:
        waiting = desk_queries.line_of(venue).count if is_manager else 0
    return {
        "venue": venue,
        "is_manager": is_manager,
        "waiting": waiting,
        "places": _places(venue, waiting, is_manager=is_manager),
    }


def _places(venue: Venue, waiting: int, *, is_manager: bool) -> list[Place]:
    if not may(visitor(), "desk.see", venue):
        return []
    places = [("desk.overview", _("Today")), ("desk.bookings", _("By day"))]
    if is_manager:
        requests = _("Requests (%(count)s)", count=waiting) if waiting else _("Requests")
        places[1:1] = [("desk.requests", requests)]
        places.append(("desk.recognitions", _("Groups")))
    if may(visitor(), "desk.book", venue):
        places.append(("desk.phone", _("Book for somebody")))
    if may(visitor(), "roster.see", venue):
        places.append(("roster.week", _("Roster")))
    places.append(("desk.people", _("People")))
    if may(visitor(), "money.see", venue):
        places.append(("money.overview", _("Money")))
    places.append(("desk.figures", _("Our figures")))
    if is_manager:
        places.append(("house.overview", _("Our house")))
    return [
        (label, url_for(endpoint, slug=venue.slug), request.endpoint == endpoint)
        for endpoint, label in places
    ]
