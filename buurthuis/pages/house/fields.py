"""What forms about a house share: the version they were drawn from, and what a field holds in words."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import HiddenField, SelectMultipleField

from buurthuis.foundation.rows import HIGHEST
from buurthuis.foundation.typed import WHOLE

DEAREST_CENTS = 10_000_000
MOST_PER_CENT = 500


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
