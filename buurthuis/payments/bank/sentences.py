"""What somebody reads when a file of the bank, or a line of it, cannot be had; each names the cure."""

from collections.abc import Callable, Mapping
from typing import Final

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.payments.bank import refusals

UNREADABLE: Final[Mapping[str, Callable[..., str]]] = {
    "no-file": lambda **f: _("Choose a file of your bank."),
    "too-large": lambda **f: _("The file is too large. Keep it under %(most)s MB.", **f),
    "too-many-lines": lambda **f: _("The file has too many lines. Ask the bank for fewer days."),
    "no-statement": lambda **f: _("This is no bank statement. Ask your bank for CAMT.053 or CSV."),
    "no-lines": lambda **f: _("We find no line with a day and an amount. Look at the file."),
    "no-table": lambda **f: _("We find no list here. Ask your bank for CAMT.053 or CSV."),
    "old-spreadsheet": lambda **f: _("Save the list as .xlsx or .csv, and choose that file."),
    "asks-too-much": lambda **f: _("Reading this file takes too much time. Split it."),
}


@says(refusals.CannotReadStatement)
def _cannot_read(refusal: refusals.CannotReadStatement) -> str:
    facts = dict(refusal.facts)
    words = UNREADABLE.get(str(facts.pop("why", "")))
    if words is None:
        return _("We cannot read this file. Ask your bank for CAMT.053 or CSV.")
    return words(**facts)


@says(refusals.ColumnsMissing)
def _columns_missing(_refusal: refusals.ColumnsMissing) -> str:
    return _("Say which column holds the day, and which the amount.")


@says(refusals.SaidAlready)
def _said_already(_refusal: refusals.SaidAlready) -> str:
    return _("This was changed just now. Look at it again.")


@says(refusals.NoLongerOpen)
def _no_longer_open(_refusal: refusals.NoLongerOpen) -> str:
    return _("The invoice asks less by now. Look at it again.")


@says(refusals.MoreThanLine)
def _more_than_line(_refusal: refusals.MoreThanLine) -> str:
    return _("The amounts do not fit. Choose again.")


@says(refusals.OtherHouse)
def _other_house(_refusal: refusals.OtherHouse) -> str:
    return _("This belongs to another house. Choose one of your own.")


@says(refusals.WhyMissing)
def _why_missing(_refusal: refusals.WhyMissing) -> str:
    return _("Write why you set it aside.")


@says(refusals.InUse)
def _in_use(_refusal: refusals.InUse) -> str:
    return _("You said already what some lines are. Undo those first.")
