"""Forms of shifts: why one can not come, with whom one swaps, and whom the coordinator puts."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, ValidationError
from wtforms.fields.choices import Choice
from wtforms.form import BaseForm

from buurthuis.foundation.forms import NOT_ON_THE_LIST, ChosenField, HouseForm, LineField, as_tiles
from buurthuis.roster.cover.models import LONGEST_REMARK

PERSON, DUTY = "person", "duty"


class ReasonForm(HouseForm):
    """Why somebody can not come; nobody has to say."""

    reason = LineField(_l("Do you want to say why?"), longest=LONGEST_REMARK)


class OneOfField(ChosenField):
    """One of the answers that stand on the page, by its word."""

    def read(self, typed: str) -> str:
        """The word; what is on the list is known only when the form is looked at."""
        return typed

    def pre_validate(self, form: BaseForm) -> None:
        """Only what is on the list."""
        if self.typed not in dict(self.options):
            raise ValidationError(NOT_ON_THE_LIST)

    def iter_choices(self) -> Iterable[Choice]:
        """Only what is on the list is drawn."""
        for value, label in self.options:
            yield Choice(value, label, value == self.typed, {})


class SwapForm(HouseForm):
    """Whom to ask, and for which shift of theirs, if any."""

    what = OneOfField(_l("Whom do you ask?"), missing=_l("Choose one first."), **as_tiles())

    @property
    def person_id(self) -> int:
        """Who is asked."""
        return int(self.what.data.split(":")[1])

    @property
    def duty_id(self) -> int | None:
        """The shift of theirs that one would do."""
        parts = self.what.data.split(":")
        return int(parts[2]) if len(parts) > 2 else None


class GiveForm(HouseForm):
    """Whom the coordinator puts on a shift."""

    person = OneOfField(_l("Who does it?"), missing=_l("Choose somebody first."), **as_tiles())
    though = BooleanField(_l("They do it all the same. We agreed on it."))
