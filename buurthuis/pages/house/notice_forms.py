"""The form of a notice on the board: what it says, from which day until which."""

from dataclasses import replace
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import Field

from buurthuis.foundation.forms import LinesField
from buurthuis.foundation.typed import OnDayField
from buurthuis.imports.house import House, HouseNotice
from buurthuis.imports.models import Part
from buurthuis.pages.house.forms import ChangeForm
from buurthuis.pages.house.hours_forms import ends_on
from buurthuis.venues.notices import LONGEST_NOTICE


class NoticeForm(ChangeForm):
    """What the house tells everybody for some days."""

    part = Part.NOTICES

    text = LinesField(
        _l("What do you want to tell?"),
        longest=LONGEST_NOTICE,
        missing=_l("Write what you want to tell."),
    )
    from_on = OnDayField(_l("From which day?"), missing=_l("Choose the first day."))
    to_on = OnDayField(_l("Until which day?"))

    @classmethod
    def of(cls, house: House, **more: Any) -> Self:
        """An empty form."""
        return cls(**more)

    def edited(self, house: House) -> House:
        """The house with one more notice."""
        notice = HouseNotice(self.text.data, self.from_on.data, self.to_on.data)
        return replace(house, notices=(*house.notices, notice))

    def validate_to_on(self, field: Field) -> None:
        """The last day is not before the first."""
        ends_on(field, self.from_on.data)
