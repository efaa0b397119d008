"""The agenda: what is on in the houses, for everybody."""

from itertools import groupby

from flask import render_template, request, url_for
from flask_babel import gettext as _

from buurthuis.bookings.queries import public_bookings
from buurthuis.bookings.times import day_name
from buurthuis.foundation import clock
from buurthuis.foundation.access import public
from buurthuis.pages.blueprint import Page, blueprint
from buurthuis.rules.calendar import day_of
from buurthuis.venues.queries import all_venues, venue_by_slug

A_PAGE = 60


@blueprint.get("/agenda")
@public
def agenda() -> Page:
    """Public activities by day, of all houses or of one."""
    slug = request.args.get("house", "")
    house = venue_by_slug(slug) if slug else None
    now = clock.now()
    coming = public_bookings(now=now, venue=house)
    page = _page_number(len(coming))
    shown = coming[page * A_PAGE : (page + 1) * A_PAGE]
    today = day_of(now)
    houses = [(_("All houses"), url_for("pages.agenda"), house is None)]
    houses += [
        (each.name, url_for("pages.agenda", house=each.slug), each is house)
        for each in all_venues()
    ]
    return render_template(
        "pages/agenda.html",
        venue=house,
        houses=houses,
        days=[
            (day_name(day, today), list(activities))
            for day, activities in groupby(shown, key=lambda each: day_of(each.from_at))
        ],
        earlier=_link(page - 1, slug) if page else None,
        later=_link(page + 1, slug) if (page + 1) * A_PAGE < len(coming) else None,
    )


def _page_number(count: int) -> int:
    """The page that was asked for, counted from 0, as far as there are pages."""
    text = request.args.get("page", "1")
    asked = int(text) - 1 if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return max(0, min(asked, (count - 1) // A_PAGE if count else 0))


def _link(page: int, slug: str) -> str:
    return url_for("pages.agenda", page=page + 1, house=slug or None)
