"""Taking back what was changed: a moment ago, or back to an older version after a look."""

from flask import redirect, request, url_for
from flask_babel import gettext as _

from buurthuis.bookings.models import Booking
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.rows import number_sent
from buurthuis.imports.actions import restore_version
from buurthuis.imports.models import HouseVersion
from buurthuis.imports.queries import house_of
from buurthuis.imports.refusals import BookingsInTheWay
from buurthuis.imports.versions import house_at, latest_number
from buurthuis.imports.versions import version as version_of
from buurthuis.pages.house.change_words import lines_between
from buurthuis.pages.house.door import Answer, blueprint, first_page, house_here, house_page
from buurthuis.pages.house.saving import REFUSED, tell_refused, told
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug


def version_here(slug: str, number: int) -> HouseVersion:
    """A version of this house.

    Raises:
        NotFound
    """
    return version_of(venue_by_slug(slug), number)


@blueprint.post("/house/undo")
@needs("house.manage", house_here)
def undo(venue: Venue) -> Answer:
    """Bring back the version before the newest one, if that is still the one that was seen."""
    seen = _number("number")
    before = house_of(venue)
    if seen > 1:
        try:
            number = restore_version(venue.slug, seen - 1, by=visitor(), seen=seen)
        except REFUSED as refusal:
            tell_refused(refusal)
        else:
            told(venue, before, number)
    return redirect(first_page(venue)[1], 303)


@blueprint.get("/house/versions/<int:number>")
@needs("part.manage", version_here)
def version(found: HouseVersion) -> Answer:
    """What would change if this version came back."""
    return _page(found)


@blueprint.post("/house/versions/<int:number>")
@needs("part.manage", version_here)
def restore(found: HouseVersion) -> Answer:
    """Bring it back, as a new version."""
    venue = _house_of(found)
    before = house_of(venue)
    try:
        number = restore_version(venue.slug, found.number, by=visitor(), seen=_number("seen"))
    except BookingsInTheWay as refusal:
        return _page(found, in_the_way=refusal.facts["bookings"]), refusal.status
    except REFUSED as refusal:
        return _page(found, refused=sentence_of(refusal)), refusal.status
    told(venue, before, number)
    return redirect(first_page(venue)[1], 303)


def _page(
    found: HouseVersion, *, refused: str = "", in_the_way: list[Booking] | None = None
) -> str:
    venue = _house_of(found)
    history = (_("History"), url_for("pages.history", slug=venue.slug))
    return house_page(
        "restore",
        venue,
        version=found,
        lines=lines_between(house_of(venue), house_at(venue, found.number)),
        seen=latest_number(venue),
        refused=refused,
        in_the_way=in_the_way,
        back=history,
    )


def _house_of(version: HouseVersion) -> Venue:
    return db.session.get_one(Venue, version.venue_id)


def _number(name: str) -> int:
    return number_sent(request.form.get(name)) or 0
