"""What a treasurer types: money that came in, what is let go, a debt from before."""

import re
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from buurthuis.bookings.forms import GroupField
from buurthuis.foundation.forms import NOT_ON_THE_LIST, LineField, Option, WordField, as_tiles
from buurthuis.foundation.typed import HundredthsField, OnDayField
from buurthuis.pages.desk_forms import DeskForm
from buurthuis.payments.words import MEANS
from buurthuis.rules.paying.ways import Means

DEAREST_CENTS = 100_000_00
LONGEST_REASON = 300
LONGEST_NOTE = 200
LONGEST_NUMBER = 40
AT_THE_DESK = (Means.CASH, Means.CARD, Means.BANK)


class AmountField(HundredthsField):
    """An amount of more than nothing, in cents."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, most=DEAREST_CENTS, missing=_l("Write an amount."), **kwargs)

    def read(self, typed: str) -> int:
        """The cents that were meant."""
        cents = super().read(typed)
        if not cents:
            raise ValueError(_("Write an amount of more than nothing."))
        return cents


class _SeenForm(DeskForm):
    """A form about an invoice that tells what it asked on the page: sent twice, it counts once."""

    seen = HiddenField()

    @property
    def seen_cents(self) -> int | None:
        """What was still open on the page, where the form says so."""
        typed = str(self.seen.data or "")
        return int(typed) if re.fullmatch(r"-?\d{1,10}", typed, re.ASCII) else None


class ReceivedForm(_SeenForm):
    """Money that came in for an invoice, outside the bank statements."""

    cents = AmountField(_l("How much came in?"))
    means = WordField(_l("How?"), words=Means, missing=_l("Choose how it came in."), **as_tiles())
    day = OnDayField(_l("On which day?"), missing=_l("Write the day."))
    note = LineField(_l("A note"), longest=LONGEST_NOTE)

    def offer(self) -> "ReceivedForm":
        """Put the ways on the page by which money comes in at a desk."""
        self.means.options = _options()
        return self

    def is_right(self, today: date) -> bool:
        """Whether it can be written down; money of tomorrow did not come in."""
        if not self.validate():
            return False
        if self.means.data not in AT_THE_DESK:
            self.wrong(self.means, str(NOT_ON_THE_LIST))
        if self.day.data > today:
            self.wrong(self.day, _("This day is still to come. Write a day until today."))
        return not self.errors


class LetGoForm(_SeenForm):
    """How much the house no longer asks, and who decided so."""

    no_more = AmountField(_l("How much do you no longer ask?"))
    reason = LineField(
        _l("Why? And who decided it?"),
        longest=LONGEST_REASON,
        missing=_l("Write why, and who decided it. It stays in the books."),
    )


class OpeningForm(DeskForm):
    """A debt from before the house used this program."""

    group = GroupField(_l("Which group?"), missing=_l("Choose the group."))
    number = LineField(
        _l("The number of the old invoice"),
        longest=LONGEST_NUMBER,
        missing=_l("Write the number, or a word for it."),
    )
    cents = AmountField(_l("How much is still open?"))
    day = OnDayField(_l("Pay by"), missing=_l("Write the day."))
    note = LineField(_l("What is it for?"), longest=LONGEST_NOTE)


def _options() -> list[Option]:
    return [(str(each), MEANS[each]) for each in AT_THE_DESK]
