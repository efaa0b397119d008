"""The forms of a proposal: for which days, and whom else to put on a shift."""

from datetime import date, timedelta
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from buurthuis.foundation.forms import NOT_ON_THE_LIST, ChosenField, HouseForm, as_tiles
from buurthuis.foundation.typed import OnDayField

LONGEST: Final = timedelta(weeks=8)
NOBODY: Final = "0"


class DaysForm(HouseForm):
    """From which day to which a proposal is made."""

    first = OnDayField(_l("From"), missing=_l("Choose the first day."))
    last = OnDayField(_l("Up to and including"), missing=_l("Choose the last day."))

    @classmethod
    def of(cls, days: tuple[date, date]) -> "DaysForm":
        """The form with these days filled in."""
        return cls(formdata=None, data={"first": days[0], "last": days[1]})

    def validate_last(self, field: Any) -> None:
        """At least a day, and not more than a house plans ahead."""
        first, last = self.first.data, field.data
        if first is None or last is None:
            return
        if last < first:
            raise ValidationError(_("The last day comes before the first. Choose a later day."))
        if last - first >= LONGEST:
            raise ValidationError(_("Choose eight weeks at most."))


class WhoField(ChosenField):
    """Somebody from the list, which is known only after the form was read."""

    def read(self, typed: str) -> str:
        """What was chosen, whoever it is."""
        return typed


class OtherForm(HouseForm):
    """Who does a shift instead; nobody is an answer too."""

    person = WhoField(_l("Who does it?"), missing=_l("Choose somebody first."), **as_tiles())

    def validate_person(self, field: Any) -> None:
        """Only who is on the list."""
        if field.data and field.data not in [value for value, _label in field.options]:
            field.data = None
            raise ValidationError(NOT_ON_THE_LIST)

    @property
    def person_id(self) -> int | None:
        """Who was chosen."""
        return None if self.person.data == NOBODY else int(self.person.data)
