"""The form of a calendar of others: whose it is, where it lies, which rooms it takes."""

from typing import Any, Self

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, ValidationError

from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.fetching import LONGEST_ADDRESS, is_of, tidy
from buurthuis.foundation.forms import HouseForm, LineField
from buurthuis.foundation.typed import TicksField
from buurthuis.imports.outside.actions import Wish
from buurthuis.imports.outside.models import LONGEST_NAME, OutsideCalendar
from buurthuis.imports.outside.refusals import OwnCalendar
from buurthuis.venues.models import Venue


class OutsideForm(HouseForm):
    """A calendar of others; with `is_known` an empty address leaves the one that is there."""

    is_known = False

    name = LineField(
        _l("Whose calendar is it?"), longest=LONGEST_NAME, missing=_l("Write whose calendar it is.")
    )
    address = LineField(_l("Address of the calendar"), longest=LONGEST_ADDRESS)
    rooms = TicksField(_l("Which rooms do they use?"))
    whole_days = BooleanField(_l("Events of a whole day close the room, too"))
    titles = BooleanField(_l("Managers may read what the events are called"))

    @classmethod
    def of(cls, venue: Venue, calendar: OutsideCalendar | None = None) -> Self:
        """The form, empty or with what was chosen; the address itself is never shown again."""
        facts: dict[str, Any] = {"whole_days": True}
        if calendar is not None:
            facts = {
                "name": calendar.name,
                "rooms": [room.slug for room in calendar.rooms],
                "whole_days": calendar.takes_whole_days,
                "titles": calendar.keeps_titles,
            }
        form = cls(data=facts)
        form.is_known = calendar is not None
        form.rooms.offer((room.slug, room.name) for room in venue.rooms if not room.retired_at)
        return form

    @property
    def wish(self) -> Wish:
        """What was chosen."""
        return Wish(
            name=self.name.data or "",
            address=self.address.data or "",
            rooms=tuple(self.rooms.data or ()),
            takes_whole_days=bool(self.whole_days.data),
            keeps_titles=bool(self.titles.data),
        )

    def validate_address(self, field: Field) -> None:
        """An https address that is none of our own."""
        if not field.data and self.is_known:
            return
        if not field.data:
            raise ValidationError(_("Type or paste the address of the calendar."))
        try:
            field.data = tidy(field.data)
        except Refusal as refusal:
            raise ValidationError(sentence_of(refusal)) from None
        if is_of(field.data, current_app.config["BASE_URL"]):
            raise ValidationError(sentence_of(OwnCalendar()))

    def validate_rooms(self, field: Field) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError(_("Tick at least one room."))
