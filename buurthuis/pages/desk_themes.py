"""What activities of a house are for: those of which nobody said it, tapped many at once by a manager."""

from contextlib import suppress
from typing import Any, Final

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.bookings.door import per_person
from buurthuis.evidence.tags import actions
from buurthuis.evidence.tags.queries import pressed_lately
from buurthuis.evidence.tags.untold import PER_PAGE, looks_back_to, untold_in
from buurthuis.evidence.tags.words import THEMES
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.rows import number_sent
from buurthuis.foundation.telling import refusals_told
from buurthuis.pages.desk_door import Answer, blueprint, desk_page, house
from buurthuis.rules.calendar import NoSuchMoment, parse_moment
from buurthuis.rules.themes import Theme
from buurthuis.venues.models import Venue

MOST_PAGES: Final = 400


@blueprint.get("/themes")
@needs("house.manage", house)
def themes(venue: Venue) -> str:
    """Activities without a theme, most hours first."""
    now = clock.now()
    first = min(number_sent(request.args.get("from")) or 0, MOST_PAGES * PER_PAGE)
    untold = untold_in(venue.id, now, first=first)
    return desk_page(
        "themes",
        venue,
        untold=untold,
        since=looks_back_to(now),
        themes=THEMES,
        presses=pressed_lately(venue.id, visitor(), now),
        previous=_page(venue, first - PER_PAGE, _("Before")) if first else None,
        next=_page(venue, first + PER_PAGE, _("More"))
        if first + len(untold.lines) < untold.count
        else None,
    )


@blueprint.post("/themes")
@needs("house.manage", house)
@per_person
def say_themes(venue: Venue) -> Answer:
    """One theme for what is ticked, the proposal of one line, or all proposals that were shown."""
    with refusals_told():
        count = actions.say_of_many(venue, _wanted(), by=visitor())
        if count:
            told = ngettext(
                "%(num)s activity has a theme now.", "%(num)s activities have a theme now.", count
            )
            flash(told, "ok")
        else:
            flash(_("Somebody was earlier. These have a theme already."), "ok")
    return redirect(url_for("desk.themes", slug=venue.slug), 303)


@blueprint.post("/themes/undo")
@needs("house.manage", house)
@per_person
def take_back_themes(venue: Venue) -> Answer:
    """What was said with one press."""
    theme = request.form.get("theme", "")
    if theme in set(Theme):
        with suppress(NoSuchMoment):
            said_at = parse_moment(request.form.get("at", ""))
            if actions.take_back(venue, Theme(theme), said_at, by=visitor()):
                flash(_("Taken back."), "ok")
    return redirect(url_for("desk.themes", slug=venue.slug), 303)


def _wanted() -> dict[str, Theme]:
    """Which line gets which theme, as it was pressed; what stands on no button is left out."""
    one, pressed = request.form.get("one", ""), request.form.get("theme", "")
    if one or "all" in request.form:
        pairs = [each.partition("-") for each in ([one] if one else request.form.getlist("like"))]
        return {key: Theme(theme) for key, _dash, theme in pairs if theme in set(Theme)}
    if pressed not in set(Theme):
        return {}
    return dict.fromkeys(request.form.getlist("which")[:PER_PAGE], Theme(pressed))


def _page(venue: Venue, first: int, words: str) -> tuple[str, str]:
    begins: dict[str, Any] = {"from": first} if first > 0 else {}
    return words, url_for("desk.themes", slug=venue.slug, **begins)
