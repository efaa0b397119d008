"""Fields of the forms about a house: numbers, amounts, percentages, days, clock times and lists.

Each keeps what was typed, and says in one sentence what it could not read.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from wtforms import HiddenField, SelectMultipleField

from buurthuis.foundation.rows import HIGHEST
from buurthuis.foundation.typed import WHOLE, TypedField

DEAREST_CENTS = 10_000_000
MOST_PER_CENT = 500


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


class SeenField(HiddenField):
    """The number of the version from which a form was drawn."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it; what is no number is older than every version."""
        typed = valuelist[0] if valuelist else ""
        number = int(typed) if WHOLE.fullmatch(typed) else 0
        self.data = number if number <= HIGHEST else 0


def words_of(field: Any) -> str:
    """What a field holds, as a visitor reads it, to show it beside another answer."""
    if isinstance(field, SelectMultipleField):
        chosen = set(field.data or ())
        labels: Sequence[Any] = field.choices or ()
        return ", ".join(str(each.label) for each in labels if each.value in chosen)
    for choice in getattr(field, "choices", None) or ():
        if choice.value == str(field.data):
            return str(choice.label)
    if isinstance(field.data, bool):
        return _("Yes") if field.data else _("No")
    return str(getattr(field, "typed", "") or field.data or "")
