"""A field for large amounts: 48000, 48.000 and 48,000 are the same, and 48,50 is not."""

import re
from decimal import Decimal

from flask_babel import gettext as _

from buurthuis.foundation.formatting import language, number
from buurthuis.foundation.typed import TypedField

_AMOUNT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]+)(?:[.,]([0-9]{1,2}))?")


class AmountField(TypedField):
    """A number in hundredths. Three figures after a point or comma are thousands, fewer are decimals."""

    def __init__(self, label: object = None, *, most: int, **kwargs: object) -> None:
        super().__init__(label, **kwargs)
        self.most = most

    def read(self, typed: str) -> int:
        """The hundredths that were meant."""
        bare = "".join(typed.strip("€% ").removesuffix(",-").split())
        found = _AMOUNT.fullmatch(bare)
        hundredths = -1
        if found is not None:
            whole = int(re.sub("[.,]", "", found[1]))
            hundredths = 100 * whole + int((found[2] or "0").ljust(2, "0"))
        if not 0 <= hundredths <= self.most:
            most = number(self.most // 100)
            raise ValueError(_("Write a number such as 48000, of at most %(most)s.", most=most))
        return hundredths

    def written(self, value: int) -> str:
        """As the visitor writes numbers; decimals only where it needs them."""
        whole, rest = divmod(value, 100)
        mark = "," if language() == "nl" else "."
        return f"{number(Decimal(whole))}{mark}{rest:02}" if rest else number(Decimal(whole))
