"""Fields for what is typed and not chosen from a list: numbers, amounts, days, clock times and boxes to tick.

Each keeps what was typed, and says in one sentence what it could not read.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from wtforms import SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, DateInput, ListWidget, TimeInput

from buurthuis.foundation.forms import NOT_ON_THE_LIST, Option
from buurthuis.rules import calendar
from buurthuis.rules.wording import one_line

LONGEST_TYPED = 60

WHOLE = re.compile(r"[0-9]{1,7}")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.u](\d{2}))?u?(?::00)?", re.ASCII)


class TypedField(StringField):
    """A short text that stands for a value."""

    def __init__(self, label: Any = None, *, missing: Any = "", **kwargs: Any) -> None:
        self.typed = ""
        self.missing = missing
        super().__init__(label, **kwargs)

    def process_data(self, value: Any) -> None:
        """Start from a value."""
        self.data = value
        self.typed = "" if value is None else self.written(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; nothing is wrong only where `missing` says so."""
        self.typed = (
            one_line(valuelist[0][:LONGEST_TYPED], longest=LONGEST_TYPED) if valuelist else ""
        )
        self.data = None
        if self.typed:
            self.data = self.read(self.typed)
        elif self.missing:
            raise ValueError(str(self.missing))

    def read(self, typed: str) -> Any:
        """The value that was meant.

        Raises:
            ValueError: with the sentence for the visitor.
        """
        raise NotImplementedError

    def written(self, value: Any) -> str:
        """How a value stands in the form."""
        return str(value)

    def _value(self) -> str:
        return self.typed


class WholeField(TypedField):
    """A whole number between two others."""

    def __init__(self, label: Any = None, *, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.least, self.most = least, most

    def read(self, typed: str) -> int:
        """The number that was meant."""
        number = int(typed) if WHOLE.fullmatch(typed) else -1
        if not self.least <= number <= self.most:
            raise ValueError(
                _("Write a number from %(least)s to %(most)s.", least=self.least, most=self.most)
            )
        return number


class HundredthsField(TypedField):
    """A number with at most two decimals, kept in hundredths: euros in cents, per cents in basis points."""

    def __init__(self, label: Any = None, *, most: int, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.most = most

    def read(self, typed: str) -> int:
        """The hundredths that were meant; a comma and a point both divide."""
        try:
            hundredths = Decimal(typed.strip("€% ").replace(",", ".")) * 100
        except ArithmeticError:
            hundredths = Decimal(-1)
        if not hundredths.is_finite() or not 0 <= hundredths <= self.most or hundredths % 1:
            raise ValueError(
                _("Write a number such as 12.50, of at most %(most)s.", most=self.most // 100)
            )
        return int(hundredths)

    def written(self, value: int) -> str:
        """Decimals only where it needs them."""
        whole, rest = divmod(value, 100)
        return f"{whole},{rest:02}" if rest else str(whole)


class OnDayField(TypedField):
    """A day, picked on the phone's own calendar or typed."""

    widget = DateInput()  # type: ignore[assignment]

    def read(self, typed: str) -> date:
        """The day that was meant."""
        try:
            return calendar.parse_day(typed)
        except calendar.NoSuchDay:
            raise ValueError(
                _("This day does not exist. Write a day such as 2026-11-26.")
            ) from None


class AtField(TypedField):
    """A clock time in minutes after midnight, picked or typed: 19:00, 19.00, 19u, 19."""

    widget = TimeInput()  # type: ignore[assignment]

    def read(self, typed: str) -> int:
        """The minutes that were meant."""
        named = _CLOCK.fullmatch(typed.lower())
        minute = int(named[1]) * 60 + int(named[2] or 0) if named else -1
        if named is None or int(named[2] or 0) > 59 or not 0 <= minute <= calendar.MINUTES_A_DAY:
            raise ValueError(_("Write a time such as 19:00."))
        return minute

    def written(self, value: int) -> str:
        """As the clock shows it; a phone knows no 24:00."""
        return calendar.clock_name(value)


class TicksField(SelectMultipleField):
    """Any number of choices out of a list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)  # type: ignore[assignment]
    option_widget = CheckboxInput()  # type: ignore[assignment]

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **kwargs)

    def offer(self, options: Iterable[Option]) -> None:
        """Put the choices on the page."""
        self.choices = [SelectChoice(value, words) for value, words in options]

    def pre_validate(self, _form: Any) -> None:
        """Only what is on the list."""
        known = {choice.value for choice in self.choices or ()}
        if set(self.data or ()) - known:
            raise ValidationError(str(NOT_ON_THE_LIST))


def ends_after(starts: int, ends: int) -> int:
    """An end as it was meant: one that is not after its start lies in the night after."""
    return ends if ends > starts else ends + calendar.MINUTES_A_DAY
