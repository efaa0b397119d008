"""The season's list on paper, typed in at the desk: a grid, a look at all of it, and then at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from buurthuis.accounts.models import Initiative
from buurthuis.bookings import making
from buurthuis.bookings.door import per_person
from buurthuis.bookings.season import actions
from buurthuis.bookings.season import sentences as season_sentences
from buurthuis.bookings.season.lines import (
    MOST_DAYS,
    MOST_LINES,
    Line,
    LookedAt,
    look,
    seen_text,
)
from buurthuis.bookings.season.refusals import ListChanged, NothingToBook
from buurthuis.bookings.series.words import why_words
from buurthuis.bookings.words import PURPOSES
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import sentence_of
from buurthuis.handover.newcomers import groups_of
from buurthuis.pages.desk_door import Answer, blueprint, desk_page, house
from buurthuis.pages.desk_list_forms import LineForm, ListForm
from buurthuis.rules.standing import Kind
from buurthuis.venues.known import bookable_rooms
from buurthuis.venues.models import Room, Venue

READ = (season_sentences,)
AT_FIRST: Final = 10
MORE: Final = 10
NEW_GROUPS_ARE: Final = Kind.RESIDENT_INITIATIVE
"""What a group says of itself matters once it is recognised; a new one pays the normal price."""
_NUMBER = re.compile(r"[0-9]{1,2}")
_MARK = re.compile(r"[A-Za-z0-9_-]{16,40}")


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines as they are on the page, and what one may choose from."""

    venue: Venue
    rooms: Sequence[Room]
    groups: Sequence[Initiative]
    head: ListForm
    lines: Sequence[LineForm]

    @property
    def filled(self) -> list[LineForm]:
        """The lines in which something stands."""
        return [each for each in self.lines if not each.is_empty]

    def read(self) -> list[Line] | None:
        """What all lines mean; None when one of them is wrong, or what holds for all of them."""
        if not self.head.validate() or self.head.purpose.data is None:
            return None
        known = {each.name.lower(): each for each in reversed(self.groups)}
        new: dict[str, Initiative] = {}
        for form in self.filled:
            groups = {**new, **known}
            form.read_line(self.rooms, groups, NEW_GROUPS_ARE, self.head.purpose.data)
            if form.line is not None and form.line.group.id is None:
                # Not in the books yet: a number that no row has keeps it apart until it is.
                form.line.group.id = -1 - len(new)
                new[form.line.group.name.lower()] = form.line.group
        lines = [form.line for form in self.filled if form.line is not None]
        return lines if len(lines) == len(self.filled) else None


@blueprint.get("/list")
@needs("house.manage", house)
def season_list(venue: Venue) -> Answer:
    """An empty grid."""
    return _grid_page(_grid(venue, MultiDict()))


@blueprint.post("/list")
@needs("house.manage", house)
@per_person
def look_at_list(venue: Venue) -> Answer:
    """Copy a line, add lines, or look at all of them."""
    typed = MultiDict(request.form)
    is_only_typing = bool({"copy", "more", "again"} & set(typed))
    if "copy" in typed:
        _copy(typed, typed["copy"])
    grid = _grid(venue, typed, more=MORE if "more" in typed else 0)
    if is_only_typing:
        return _grid_page(grid)
    lines = grid.read()
    if lines is None:
        return _grid_page(grid), 422
    if not lines:
        return _grid_page(grid, _("Fill in one line at least.")), 422
    if sum(len(line.wish.days()) for line in lines) > MOST_DAYS:
        told = _("This is too much at once. Leave some lines for a second list.")
        return _grid_page(grid, told), 422
    return _review_page(grid, look(lines, now=clock.now()))


@blueprint.post("/list/send")
@needs("house.manage", house)
@per_person
def enter_list(venue: Venue) -> Answer:
    """Book what was shown."""
    grid = _grid(venue, MultiDict(request.form))
    lines = grid.read()
    if not lines or sum(len(line.wish.days()) for line in lines) > MOST_DAYS:
        return _grid_page(grid), 422
    seen, mark = request.form.get("seen", ""), request.form.get("mark", "")
    known_mark = mark if _MARK.fullmatch(mark) else None
    try:
        count = actions.enter(venue, lines, by=visitor(), seen=seen, mark=known_mark)
    except (ListChanged, NothingToBook) as refusal:
        flash(sentence_of(refusal), "attention")
        return _review_page(grid, look(lines, now=clock.now())), refusal.status
    if count:
        flash(ngettext("%(num)s day is booked.", "%(num)s days are booked.", count), "ok")
    else:
        flash(_("This list was sent already. Everything is booked."), "ok")
    return redirect(url_for("desk.overview", slug=venue.slug), 303)


def _grid(venue: Venue, typed: MultiDict[str, str], *, more: int = 0) -> Grid:
    rooms = list(bookable_rooms(venue))
    count = min(_count(typed.get("count", "")) + more, MOST_LINES)
    # The proof that the form is ours was looked at before any line is read.
    lines = [
        LineForm(formdata=typed, prefix=f"{number}", meta={"csrf": False}).for_rooms(rooms)
        for number in range(count)
    ]
    head = ListForm(formdata=typed, meta={"csrf": False}).offer()
    return Grid(venue, rooms, groups_of(venue), head, lines)


def _count(text: str) -> int:
    return min(int(text), MOST_LINES) if _NUMBER.fullmatch(text) else AT_FIRST


def _copy(typed: MultiDict[str, str], text: str) -> None:
    """Put what stands in the line above where nothing stands yet."""
    number = int(text) if _NUMBER.fullmatch(text) else 0
    for name in ("group", "room", "first", "starts", "ends", "until", "people", "title", "purpose"):
        if number and not typed.get(f"{number}-{name}"):
            typed[f"{number}-{name}"] = typed.get(f"{number - 1}-{name}", "")


def _grid_page(grid: Grid, notice: str = "") -> str:
    return desk_page(
        "list", grid.venue, grid=grid, notice=notice, can_grow=len(grid.lines) < MOST_LINES
    )


def _review_page(grid: Grid, found: list[LookedAt]) -> str:
    typed: dict[str, Any] = {"count": str(len(grid.lines)), **grid.head.typed()}
    for form in grid.filled:
        typed |= form.typed()
    return desk_page(
        "list_review",
        grid.venue,
        found=found,
        why=why_words,
        purposes=PURPOSES,
        typed=typed,
        seen=seen_text(found),
        mark=making.mark(),
        days=sum(len(each.days) for each in found),
        left_out=sum(len(each.left_out) for each in found),
        total_cents=sum(each.total_cents for each in found),
    )
