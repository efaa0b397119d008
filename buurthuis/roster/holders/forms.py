"""The forms about key-holders: when and by whom somebody was trained, a mentor, a last day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, ValidationError

from buurthuis.accounts.models import Person
from buurthuis.foundation.forms import NOT_ON_THE_LIST, ChosenField, HouseForm
from buurthuis.foundation.typed import OnDayField
from buurthuis.roster.holders.models import Training

NOBODY_HERE = "0"


class PersonField(ChosenField):
    """Somebody out of a list."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.known: dict[str, Any] = {}

    def offer(self, people: Sequence[Person], *others: tuple[str, str]) -> None:
        """Put them on the list, and other answers after them."""
        self.known = {str(each.id): each for each in people}
        names = [(number, each.name) for number, each in self.known.items()]
        self.options = [("", _("Choose…")), *names, *others]

    def read(self, typed: str) -> str:
        """Which one; whether it is on the list is asked when the list is there."""
        return typed

    def named(self, typed: str) -> str:
        """What is not on the list."""
        return _("Nobody on this list")

    @property
    def chosen(self) -> Any:
        """Who was chosen, when it is somebody on the list."""
        return self.known.get(self.data or "")

    def pre_validate(self, form: Any) -> None:
        """Only what is on the list."""
        if self.data is not None and self.data not in dict(self.options):
            raise ValidationError(str(NOT_ON_THE_LIST))


class TrainedForm(HouseForm):
    """When and by whom somebody was trained."""

    trained_on = OnDayField(_l("On which day?"), missing=_l("Write the day of the training."))
    trained_by = PersonField(_l("Who trained them?"), missing=_l("Choose who trained them."))

    today: date

    def validate_trained_on(self, field: Field) -> None:
        """Not in the future."""
        if field.data is not None and field.data > self.today:
            raise ValidationError(_("Write this down after the training. Choose today or earlier."))

    def start_from(self, training: Training | None) -> None:
        """What stands there now, or today."""
        is_trained = training is not None and training.trained_on is not None
        self.trained_on.process_data(training.trained_on if training and is_trained else self.today)
        by = training.trained_by_id if training is not None else None
        self.trained_by.process_data(str(by) if by else None)


class MentorForm(HouseForm):
    """With whom somebody goes along."""

    mentor = PersonField(_l("With whom do they go along?"), missing=_l("Choose a mentor."))


class StopForm(HouseForm):
    """Until which day somebody opens."""

    last_day = OnDayField(
        _l("What is the last day?"), missing=_l("Write the last day. It may be today.")
    )
