"""Taking back what was changed a moment ago."""

from flask import redirect, request

from buurthuis.foundation.access import needs, visitor
from buurthuis.imports.actions import restore_version
from buurthuis.imports.queries import house_of
from buurthuis.pages.house.door import Answer, blueprint, first_page, house_here
from buurthuis.pages.house.saving import REFUSED, tell_refused, told
from buurthuis.venues.models import Venue


@blueprint.post("/house/undo")
@needs("house.manage", house_here)
def undo(venue: Venue) -> Answer:
    """Bring back the version before the newest one, if that is still the one that was seen."""
    typed = request.form.get("number", "")
    seen = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    before = house_of(venue)
    if seen > 1:
        try:
            number = restore_version(venue.slug, seen - 1, by=visitor(), seen=seen)
        except REFUSED as refusal:
            tell_refused(refusal)
        else:
            told(venue, before, number)
    return redirect(first_page(venue)[1], 303)
