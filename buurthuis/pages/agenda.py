"""The agenda: what is on in the houses, for everybody."""

from datetime import datetime
from itertools import groupby

from flask import render_template, request, url_for
from flask_babel import gettext as _

from buurthuis.activities.queries import of_bookings
from buurthuis.bookings import activities
from buurthuis.bookings.activities import Activity
from buurthuis.bookings.times import day_name
from buurthuis.foundation import clock
from buurthuis.foundation.access import public
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.blueprint import Page, blueprint
from buurthuis.rules.calendar import day_of
from buurthuis.venues.known import all_venues, venue_by_slug
from buurthuis.venues.models import Venue

A_PAGE = 60


@blueprint.get("/agenda")
@public
@remembered
def agenda() -> Page:
    """Public activities by day, of all houses or of one."""
    slug = request.args.get("house", "")
    house = venue_by_slug(slug) if slug else None
    now = clock.now()
    page, found = _page(now, house)
    shown = found[:A_PAGE]
    today = day_of(now)
    houses = [(_("All houses"), url_for("pages.agenda"), house is None)]
    houses += [
        (each.name, url_for("pages.agenda", house=each.slug), each is house)
        for each in all_venues()
    ]
    return render_template(
        "pages/agenda.html",
        told=of_bookings(each.id for each in shown) if shown else {},
        venue=house,
        houses=houses,
        days=[
            (day_name(day, today), list(of_day))
            for day, of_day in groupby(shown, key=lambda each: day_of(each.from_at))
        ],
        earlier=_link(page - 1, slug) if page else None,
        later=_link(page + 1, slug) if len(found) > A_PAGE else None,
    )


def _page(now: datetime, house: Venue | None) -> tuple[int, list[Activity]]:
    """The page that was asked for, counted from 0, as far as there are pages; and one more than it holds."""
    text = request.args.get("page", "1")
    asked = int(text) - 1 if text.isascii() and text.isdigit() and len(text) < 6 else 0
    page = max(0, asked)
    found = activities.coming(now=now, venue=house, skip=page * A_PAGE, most=A_PAGE + 1)
    if found or not page:
        return page, found
    last = max(0, activities.count_coming(now=now, venue=house) - 1) // A_PAGE
    return last, activities.coming(now=now, venue=house, skip=last * A_PAGE, most=A_PAGE)


def _link(page: int, slug: str) -> str:
    return url_for("pages.agenda", page=page + 1, house=slug or None)
