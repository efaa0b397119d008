"""Where boards decide what is public: which houses take part, and which years are out."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.accounts.models import RoleName
from buurthuis.accounts.queries import houses_of
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.errors import NotFound, Refusal, sentence_of
from buurthuis.pages.value.blueprint import blueprint
from buurthuis.statistics.public import actions
from buurthuis.statistics.public.queries import public_houses, published_years, years_over
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import all_venues, venue_by_slug


@blueprint.get("/board/public")
@needs("figures.public")
def overview() -> str:
    """The houses of the visitor, and the years."""
    ids = houses_of(visitor(), RoleName.BOARD)
    takes_part = {venue.id for venue in public_houses()}
    mine = [venue for venue in all_venues() if ids is None or venue.id in ids]
    out = published_years()
    return render_template(
        "value/opening.html",
        houses=[(venue, venue.id in takes_part) for venue in mine],
        years=[(year, year in out) for year in sorted({*years_over(clock.now()), *out})[::-1]],
        publishes=may(visitor(), "figures.publish"),
    )


def _house(slug: str) -> Venue:
    return venue_by_slug(slug)


@blueprint.post("/board/public/houses/<slug>")
@needs("figures.open", _house)
def take_part(venue: Venue) -> Response:
    """Let a house take part."""
    actions.take_part(venue, by=visitor())
    flash(_("%(house)s takes part. Its figures are in the next year that is published.",
            house=venue.name), "ok")  # fmt: skip
    return redirect(url_for("value.overview"))


@blueprint.post("/board/public/houses/<slug>/stop")
@needs("figures.open", _house)
def take_no_part(venue: Venue) -> Response:
    """Leave a house out from now on."""
    actions.take_no_part(venue, by=visitor())
    flash(_("%(house)s takes no part any more. What is out stays out.", house=venue.name), "ok")
    return redirect(url_for("value.overview"))


@blueprint.post("/board/public/years/<int:year>")
@needs("figures.publish")
def publish(year: int) -> Response:
    """Publish a year."""
    try:
        actions.publish(year, by=visitor())
    except NotFound:
        raise
    except Refusal as refusal:
        flash(sentence_of(refusal), "attention")
        return redirect(url_for("value.overview"))
    flash(_("%(year)s is public now.", year=year), "ok")
    return redirect(url_for("value.year", year=year))
