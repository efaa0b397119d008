"""The history of a house: what changed when, and who decided it; everybody may read it."""

from flask import render_template

from buurthuis.foundation.access import public
from buurthuis.imports.versions import versions_of
from buurthuis.pages.blueprint import blueprint
from buurthuis.venues.queries import venue_by_slug


@blueprint.get("/venues/<slug>/history")
@public
def history(slug: str) -> str:
    """Every version, newest first."""
    venue = venue_by_slug(slug)
    return render_template("house/history.html", venue=venue, versions=versions_of(venue))
