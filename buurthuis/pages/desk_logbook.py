"""The logbook of a house: who did what, latest first."""

from flask import request, url_for
from flask_babel import gettext as _

from buurthuis.foundation.access import needs
from buurthuis.pages import desk_queries
from buurthuis.pages.desk_door import blueprint, desk_page, house
from buurthuis.pages.desk_words import deed_words
from buurthuis.venues.models import Venue

PER_PAGE = 50


@blueprint.get("/logbook")
@needs("house.manage", house)
def logbook(venue: Venue) -> str:
    """Fifty deeds to a page."""
    before = request.args.get("before", type=int)
    is_first = before is None or not 0 < before < 2**31
    deeds = desk_queries.deeds_in(venue, before=None if is_first else before, count=PER_PAGE + 1)
    shown = deeds[:PER_PAGE]
    earlier = None
    if len(deeds) > PER_PAGE:
        last = shown[-1].entry.id
        earlier = _("Earlier"), url_for("desk.logbook", slug=venue.slug, before=last)
    return desk_page(
        "logbook",
        venue,
        deeds=[(each, deed_words(each.entry)) for each in shown],
        latest=None if is_first else (_("Latest"), url_for("desk.logbook", slug=venue.slug)),
        earlier=earlier,
    )
