"""What somebody reads when a calendar cannot be brought along; every sentence names the cure."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from buurthuis.bookings.models import Booking
from buurthuis.foundation.errors import says
from buurthuis.foundation.formatting import when
from buurthuis.imports.bringing import refusals
from buurthuis.imports.readers.refusals import CannotBeRead

MOST_BOOKINGS = 10

UNREADABLE: dict[str, Callable[..., str]] = {
    "too-large": lambda **f: _("The file is too large. Keep it under %(most)s MB.", **f),
    "unpacks-to-too-much": lambda **f: _("The file holds too much. Save a smaller one."),
    "too-many-lines": lambda **f: _("The file has too many lines. Split it."),
    "too-many-rows": lambda **f: _("The file has more than %(most)s rows. Split it.", **f),
    "too-many-events": lambda **f: _("The file has more than %(most)s events. Split it.", **f),
    "too-many-columns": lambda **f: _("The list has too many columns. Take some away."),
    "too-deep": lambda **f: _("The file cannot be read. Save it again from your calendar."),
    "attacks": lambda **f: _("This file is not safe, so we did not open it. Save it again."),
    "asks-too-much": lambda **f: _("Reading this file takes too much time. Split it."),
    "not-a-calendar": lambda **f: _("This is no calendar. Choose a file that ends in .ics."),
    "old-spreadsheet": lambda **f: _("Save the list as .xlsx or .csv, and choose that file."),
    "no-table": lambda **f: _("We find no list here. Give it one row with headings."),
}


@says(CannotBeRead)
def _cannot_be_read(refusal: CannotBeRead) -> str:
    facts: dict[str, Any] = dict(refusal.facts)
    words = UNREADABLE.get(str(facts.pop("why", "")))
    if words is None:
        return _("We cannot read this file. Choose an .ics, .csv or .xlsx file.")
    return words(**facts)


@says(refusals.NothingRead)
def _nothing_read(refusal: refusals.NothingRead) -> str:
    return _("There is nothing in this file that we can read. Choose another one.")


@says(refusals.TooManyRows)
def _too_many_rows(refusal: refusals.TooManyRows) -> str:
    return _("The file has more than %(most)s rows. Split it.", **refusal.facts)


@says(refusals.PlanChanged)
def _plan_changed(refusal: refusals.PlanChanged) -> str:
    return _("Something changed meanwhile. Look at it again.")


@says(refusals.NothingToBring)
def _nothing_to_bring(refusal: refusals.NothingToBring) -> str:
    return _("There is nothing to bring. Choose rooms, or tick what you want.")


@says(refusals.BroughtAlready)
def _brought_already(refusal: refusals.BroughtAlready) -> str:
    return _("This file is here already. Look at your bookings.")


@says(refusals.UndoneAlready)
def _undone_already(refusal: refusals.UndoneAlready) -> str:
    return _("This file is undone. Bring it again to have it back.")


@says(refusals.LaterImport)
def _later_import(refusal: refusals.LaterImport) -> str:
    return _("A later file went on with this one. Undo number %(number)s first.", **refusal.facts)


@says(refusals.ChangedSince)
def _changed_since(refusal: refusals.ChangedSince) -> str:
    bookings: list[Booking] = refusal.facts["bookings"]
    told = [f"{each.title}, {when(each.period)}" for each in bookings[:MOST_BOOKINGS]]
    if len(bookings) > MOST_BOOKINGS:
        told.append(_("and %(more)s more", more=len(bookings) - MOST_BOOKINGS))
    first = _("Somebody went on with what came along. Undo the rest, and these stay:")
    return "\n".join([first, *told])
