"""The blueprint of what a board writes down, and what lies behind its addresses."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.accounts.queries import houses_of
from buurthuis.evidence.year.models import FIRST_YEAR
from buurthuis.evidence.year.rights import READS
from buurthuis.foundation import clock
from buurthuis.foundation.access import visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import all_venues, venue_by_slug

Answer = str | Response | tuple[str, int]
Leaves = tuple[tuple[str, str] | None, tuple[str, str] | None]

blueprint = Blueprint("year", __name__, url_prefix="/board")


def this_year() -> int:
    """The year of today."""
    return day_of(clock.now()).year


def known_year(year: int) -> int:
    """A year for which one writes something down: until the next one.

    Raises:
        NotFound
    """
    if not FIRST_YEAR <= year <= this_year() + 1:
        raise NotFound(year=year)
    return year


def house_of_a_year(year: int, slug: str) -> Venue:
    """The house whose year this is.

    Raises:
        NotFound
    """
    known_year(year)
    return venue_by_slug(slug)


def year_here() -> int:
    """The year in the address of this page."""
    return int((request.view_args or {})["year"])


def slug_here() -> str:
    """The house in the address of this page."""
    return str((request.view_args or {})["slug"])


def year_asked() -> int:
    """The year that was chosen beside the address, else this one."""
    year = request.args.get("year", type=int) or this_year()
    return year if FIRST_YEAR <= year <= this_year() + 1 else this_year()


def venues_seen() -> list[Venue]:
    """The houses of which the visitor reads what is written down, real ones before examples."""
    ids = houses_of(visitor(), *READS)
    return [each for each in all_venues() if ids is None or each.id in ids]


def leaves(year: int, endpoint: str, **values: Any) -> Leaves:
    """The ways to the year before and the one after."""
    around = [year - 1, year + 1]
    pages = [
        (str(each), url_for(endpoint, year=each, **values))
        if FIRST_YEAR <= each <= this_year() + 1
        else None
        for each in around
    ]
    return pages[0], pages[1]


def year_page(template: str, **facts: Any) -> str:
    """A page of what a board writes down, with the ways to the others."""
    year = facts.get("year") or this_year()
    places: list[tuple[str, str, dict[str, Any]]] = [
        ("year.overview", _("Year"), {"year": year}),
        ("year.stories", _("Stories"), {"year": year}),
        ("year.rates", _("Rates of an hour"), {}),
        ("year.outcomes", _("Results for society"), {"year": year}),
    ]
    tabs = [
        (words, url_for(endpoint, **values), request.endpoint == endpoint)
        for endpoint, words, values in places
    ]
    return render_template(f"year/{template}.html", places=tabs, **facts)
