"""Pages of the notices on the board of a house: those that hang there or will, and a new one."""

from dataclasses import dataclass, replace

from flask import redirect, request, url_for
from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.imports.house import House
from buurthuis.imports.models import Part
from buurthuis.imports.queries import house_of, house_to_read
from buurthuis.imports.versions import latest_number
from buurthuis.pages.house.door import Answer, blueprint, first_page, house_here, house_page
from buurthuis.pages.house.notice_forms import NoticeForm
from buurthuis.pages.house.saving import Editing, changed_at_once
from buurthuis.pages.house.words import days_words
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Row:
    """A notice as the page shows it, with its place among all notices."""

    place: int
    days: str
    text: str
    is_now: bool


@blueprint.get("/house/notices")
@needs("house.manage", house_here)
def notices(venue: Venue) -> Answer:
    """What hangs on the board, and what will."""
    house, today = house_to_read(venue), day_of(clock.now())
    rows = [
        Row(
            place=place,
            days=days_words(notice.from_on, notice.to_on, today),
            text=notice.text,
            is_now=notice.from_on <= today,
        )
        for place, notice in enumerate(house.notices)
        if notice.to_on is None or notice.to_on >= today
    ]
    seen = latest_number(venue)
    return house_page("notices", venue, rows=rows, seen=seen, back=first_page(venue))


@blueprint.route("/house/notices/new", methods=["GET", "POST"])
@needs("house.manage", house_here)
def new_notice(venue: Venue) -> Answer:
    """A new notice, from today on."""

    def drawn(house: House, **more: object) -> NoticeForm:
        return NoticeForm.of(house, from_on=day_of(clock.now()), **more)

    editing = Editing(venue, house_to_read(venue), drawn)
    if editing.is_kept():
        return redirect(_list_of(venue), 303)
    return editing.page("notice", back=(_("Notices"), _list_of(venue)))


@blueprint.post("/house/notices/take-down")
@needs("house.manage", house_here)
def take_notice_down(venue: Venue) -> Answer:
    """Take a notice off the board."""
    place = request.form.get("place", -1, type=int)
    known = house_of(venue).notices
    gone = known[place] if 0 <= place < len(known) else None

    def edit(house: House) -> House:
        return replace(house, notices=tuple(each for each in house.notices if each != gone))

    return changed_at_once(venue, edit, Part.NOTICES, _list_of(venue))


def _list_of(venue: Venue) -> str:
    return url_for("house.notices", slug=venue.slug)
