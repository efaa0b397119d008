"""The door of "Our house": its blueprint, what the house says now, what stands on every page."""

from typing import Any

from flask import Blueprint, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.foundation import clock
from buurthuis.foundation.access import may, visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.imports.house import House, HouseRoom
from buurthuis.imports.versions import latest_number
from buurthuis.pages.desk_door import desk_facts
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug

Answer = str | Response | tuple[str, int]

TOLD = "changed"

blueprint = Blueprint("house", __name__, url_prefix="/houses/<slug>")


def house_here(slug: str, **_more: Any) -> Venue:
    """The house whose page this is.

    Raises:
        NotFound
    """
    return venue_by_slug(slug)


def room_of(house: House, slug: str) -> HouseRoom:
    """A room of the house, also one that is retired.

    Raises:
        NotFound
    """
    found = next((room for room in house.rooms if room.slug == slug), None)
    if found is None:
        raise NotFound
    return found


def first_page(venue: Venue) -> tuple[str, str]:
    """The way back to all subjects."""
    return _("Our house"), url_for("house.overview", slug=venue.slug)


def house_page(template: str, venue: Venue, **facts: Any) -> str:
    """A page about the house: it says once what was just changed."""
    return render_template(
        f"house/{template}.html",
        today=day_of(clock.now()),
        told=_told(venue),
        **desk_facts(venue),
        **facts,
    )


def tell(venue: Venue, number: int, words: str) -> None:
    """Keep what was changed for the next page, with the way back."""
    session[TOLD] = {"house": venue.slug, "number": number, "words": words}


def _told(venue: Venue) -> dict[str, Any] | None:
    """What was just changed here; it can be undone until something else changes."""
    told = session.get(TOLD)
    if not isinstance(told, dict) or told.get("house") != venue.slug:
        return None
    session.pop(TOLD)
    is_last = told["number"] > 1 and told["number"] == latest_number(venue)
    can_undo = is_last and may(visitor(), "house.manage", venue)
    return {**told, "can_undo": can_undo}
