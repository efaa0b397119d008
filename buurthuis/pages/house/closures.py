"""Pages of closed days: those that come, new ones, and ending one."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.rows import row_number
from buurthuis.imports.house import House, HouseClosure
from buurthuis.imports.models import Part
from buurthuis.imports.queries import house_to_read
from buurthuis.imports.versions import latest_number
from buurthuis.pages.house.closing import closing_page
from buurthuis.pages.house.closure_forms import ROOMS, ClosureForm
from buurthuis.pages.house.door import Answer, blueprint, first_page, house_here, house_page
from buurthuis.pages.house.saving import Editing, changed_at_once
from buurthuis.pages.house.words import closure_rooms, closure_when
from buurthuis.rules.calendar import day_of, minute_of
from buurthuis.venues.models import Closure, Venue


@dataclass(frozen=True, slots=True)
class Row:
    """A closure as the page shows it."""

    id: int
    when: str
    rooms: str
    reason: str
    has_begun: bool


@blueprint.get("/house/closures")
@needs("house.manage", house_here)
def closures(venue: Venue) -> Answer:
    """What is closed now and in the time to come."""
    house, now = house_to_read(venue), clock.now()
    coming = [closure for closure in venue.own_closures if closure.to_at > now]
    return house_page(
        "closures",
        venue,
        rows=[_row(closure, house) for closure in coming],
        seen=latest_number(venue),
        back=first_page(venue),
    )


@blueprint.route("/house/closures/new", methods=["GET", "POST"])
@needs("house.manage", house_here)
def new_closure(venue: Venue) -> Answer:
    """New closed days."""
    editing = Editing(venue, house_to_read(venue), partial(ClosureForm.of, data=_from_link()))
    if editing.is_kept():
        return redirect(_list_of(venue), 303)
    if editing.in_the_way:
        return closing_page(venue, editing.form.closure), 409
    return editing.page("closure", back=(_("Closed days"), _list_of(venue)))


def _from_link() -> dict[str, Any]:
    """A room that must close now: today from this minute, in a form that is filled in already."""
    if "now" not in request.args:
        return {}
    now = clock.now()
    today = day_of(now)
    facts = {"from_day": today, "from_clock": minute_of(now), "to_day": today, "what": ROOMS}
    return {**facts, "rooms": request.args.getlist("room")[:20]}


@blueprint.post("/house/closures/end")
@needs("house.manage", house_here)
def end_closure(venue: Venue) -> Answer:
    """Open again: one that has begun ends now, one that comes is taken away."""
    number = request.form.get("closure", type=row_number)
    found = next((each for each in venue.own_closures if each.id == number), None)
    if found is None:
        flash(_("It was open already."), "ok")
        return redirect(_list_of(venue), 303)
    described = _described(found)
    now = clock.now().replace(second=0, microsecond=0)

    def edit(house: House) -> House:
        others = tuple(each for each in house.closures if each != described)
        if described.from_at >= now or described not in house.closures:
            return replace(house, closures=others)
        return replace(house, closures=(*others, replace(described, to_at=now)))

    return changed_at_once(venue, edit, Part.CLOSURES, _list_of(venue))


def _described(closure: Closure) -> HouseClosure:
    rooms = sorted(closure.rooms, key=lambda room: (room.position, room.id))
    slugs = tuple(room.slug for room in rooms)
    return HouseClosure(closure.from_at, closure.to_at, slugs, closure.reason)


def _row(closure: Closure, house: House) -> Row:
    now = clock.now()
    described = _described(closure)
    return Row(
        id=closure.id,
        when=closure_when(described, day_of(now)),
        rooms=closure_rooms(described, house),
        reason=closure.reason,
        has_begun=closure.from_at <= now,
    )


def _list_of(venue: Venue) -> str:
    return url_for("house.closures", slug=venue.slug)
