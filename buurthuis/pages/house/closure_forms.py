"""The form of a closure: from when until when, which rooms, and why."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, ValidationError
from wtforms.fields.choices import SelectChoice

from buurthuis.foundation.forms import NOT_ON_THE_LIST, LineField
from buurthuis.foundation.typed import AtField, OnDayField, TicksField
from buurthuis.imports.house import House, HouseClosure
from buurthuis.imports.models import Part
from buurthuis.pages.house.forms import ChangeForm
from buurthuis.rules.calendar import MINUTES_A_DAY, MissingHour, moment

LONGEST_REASON = 200
HOUSE, ROOMS = "house", "rooms"
CLOSES: dict[str, Any] = {HOUSE: _l("The whole house"), ROOMS: _l("Only these rooms")}


class ClosureForm(ChangeForm):
    """A span in which the house, or some rooms of it, cannot be used."""

    part = Part.CLOSURES

    from_day = OnDayField(_l("First day"), missing=_l("Choose the first day."))
    from_clock = AtField(_l("From what time?"))
    to_day = OnDayField(_l("Last day"), missing=_l("Choose the last day."))
    to_clock = AtField(_l("Until what time?"))
    what = RadioField(
        _l("What is closed?"),
        choices=[SelectChoice(value, words) for value, words in CLOSES.items()],
        validate_choice=False,
        default=HOUSE,
    )
    rooms = TicksField(_l("Which rooms?"))
    reason = LineField(_l("Why?"), longest=LONGEST_REASON)

    @classmethod
    def of(cls, house: House, **more: Any) -> Self:
        """An empty form."""
        form = cls(**more)
        form.rooms.offer((room.slug, room.name) for room in house.rooms if not room.retired_at)
        return form

    def edited(self, house: House) -> House:
        """The house with one more closure."""
        return replace(house, closures=(*house.closures, self.closure))

    @property
    def closure(self) -> HouseClosure:
        """The closure that was typed: without a time a day counts whole."""
        rooms = tuple(self.rooms.data or ()) if self.what.data == ROOMS else ()
        return HouseClosure(self._begins(), self._ends(), rooms, self.reason.data)

    def _begins(self) -> datetime:
        return moment(self.from_day.data, self.from_clock.data or 0)

    def _ends(self) -> datetime:
        until = self.to_clock.data
        return moment(self.to_day.data, MINUTES_A_DAY if until is None else until)

    def validate_what(self, field: Field) -> None:
        """Only what was offered."""
        if field.data not in CLOSES:
            raise ValidationError(str(NOT_ON_THE_LIST))

    def validate_rooms(self, field: Field) -> None:
        """At least one, when it is not the whole house."""
        if self.what.data == ROOMS and not field.data:
            raise ValidationError(_("Tick at least one room."))

    def validate_to_day(self, field: Field) -> None:
        """The end lies after the start, and both exist on the clock."""
        if not (self.from_day.data and field.data):
            return
        try:
            is_in_order = self._ends() > self._begins()
        except MissingHour:
            raise ValidationError(
                _("The clock skips an hour in that night. Choose another time.")
            ) from None
        if not is_in_order:
            raise ValidationError(
                _("The end lies before the beginning. Choose a later day or time.")
            )
