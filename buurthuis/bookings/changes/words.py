"""The words of a change: by which rule it is priced, and what becomes of each part of a booking."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from buurthuis.bookings.changes.meaning import Wanted
from buurthuis.bookings.models import Booking
from buurthuis.bookings.steps import own_minutes
from buurthuis.bookings.words import PURPOSES
from buurthuis.foundation.formatting import euros, hours, when
from buurthuis.rules.changes import PriceRule
from buurthuis.venues.models import Room

Row = tuple[str, str, str]
"""What it is about, as it is now, as it becomes."""


def rule_words(rule: PriceRule) -> str:
    """By which rule the price was found, in a sentence or two."""
    if rule is PriceRule.CARD:
        return _("This is what the price list says for the new time and room.")
    if rule is PriceRule.LATE:
        return _("You change it late. Then it does not become cheaper.")
    if rule is PriceRule.HOUSE:
        return _("The house moves you. Then it never becomes dearer.")
    return _("Nothing changes that decides the price.")


def difference(cents: int) -> str:
    """How a price differs from before."""
    if cents == 0:
        return _("The price stays the same.")
    if cents > 0:
        return _("That is %(amount)s more.", amount=euros(cents))
    return _("That is %(amount)s less.", amount=euros(-cents))


def rows_of(booking: Booking, wanted: Wanted) -> list[Row]:
    """What changes, each as it is now and as it becomes; what stays is left out."""
    rows: list[Row] = []
    if wanted.period != booking.period:
        rows.append((_("When"), when(booking.period), when(wanted.period)))
    if wanted.room.id != booking.room_id:
        rows.append((_("Where"), _place(booking.room), _place(wanted.room)))
    rows.extend(_minutes(booking, wanted))
    for name, value in wanted.changed_words(booking).items():
        label, words = LABELS[name]
        rows.append((label(), words(getattr(booking, name)), words(value)))
    return rows


def _minutes(booking: Booking, wanted: Wanted) -> list[Row]:
    """A room may allow less time around the use; then whoever needs it sees that at once."""
    labels = _("Time to prepare"), _("Time to clear up")
    had = booking.own_setup_minutes, booking.own_teardown_minutes
    gets = own_minutes(booking, wanted.room)
    return [
        (label, hours(old), hours(new) if new else _("None in this room"))
        for label, old, new in zip(labels, had, gets, strict=True)
        if old != new
    ]


def _place(room: Room) -> str:
    return f"{room.name}, {room.venue.name}"


def _plain(value: Any) -> str:
    return str(value) if value not in (None, "") else "–"


LABELS: dict[str, tuple[Callable[[], str], Callable[[Any], str]]] = {
    "title": (lambda: _("What"), _plain),
    "people": (lambda: _("How many people"), _plain),
    "purpose": (lambda: _("Kind of activity"), lambda purpose: str(PURPOSES[purpose])),
    "is_public": (lambda: _("In the agenda"), lambda public: _("Yes") if public else _("No")),
    "remark": (lambda: _("For the house"), _plain),
}
