"""What is typed while somebody is on the telephone: who, when, how many, for what, and which room."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from buurthuis.accounts.actions import LONGEST_NAME
from buurthuis.accounts.forms import KINDS, a_telephone
from buurthuis.accounts.models import Initiative
from buurthuis.accounts.sentences import NAME_MISSING
from buurthuis.bookings.forms import NEW_GROUP, BookingForm, GroupField, mark_in, open_clock
from buurthuis.bookings.slips.actions import Caller, Sending
from buurthuis.bookings.times import day_options, part_options
from buurthuis.bookings.wish_fields import RoomField
from buurthuis.foundation.forms import (
    NOT_ON_THE_LIST,
    LineField,
    WordField,
    clock_options,
)
from buurthuis.foundation.rows import number_sent
from buurthuis.rules.standing import SELF_DECLARED, Kind
from buurthuis.venues.models import Room, Venue


class PhoneForm(BookingForm):
    """A booking for somebody else; without a room it asks which ones are free."""

    whom = GroupField(_l("For whom is it?"))
    name = LineField(_l("Their name"), longest=LONGEST_NAME)
    phone = StringField(_l("Their telephone number"), [a_telephone])
    group = LineField(_l("The name of their group"), longest=LONGEST_NAME)
    kind = WordField(_l("What are they?"), words=Kind)
    room = RoomField(_l("Which room?"))
    submission = HiddenField()
    seen = HiddenField()

    chosen_room: Room | None = None
    initiative: Initiative | None = None

    def for_house(
        self, venue: Venue, rooms: Sequence[Room], groups: Sequence[Initiative], today: date
    ) -> Self:
        """Put the choices of the house on the page, and find out what was chosen."""
        self.offer(
            day_options(today, today, self.day.data),
            part_options(venue),
            clock_options(*open_clock(venue), venue.step_minutes),
        )
        self.kind.options = [(kind.value, words) for kind, words in KINDS.items()]
        self.whom.options = [
            (NEW_GROUP, _("Somebody new")),
            *((str(each.id), each.name) for each in groups),
        ]
        self.room.options = [
            ("", _("Show me which rooms are free")),
            *((each.slug, each.name) for each in rooms),
        ]
        self.chosen_room = next((each for each in rooms if each.slug == self.room.data), None)
        self.initiative = next((each for each in groups if each.id == self.whom.data), None)
        return self

    @property
    def is_new(self) -> bool:
        """It is for somebody who is not in the books yet."""
        return self.initiative is None

    @property
    def caller(self) -> Caller:
        """Who is on the telephone; only for a form that was found right."""
        kind = self.kind.data or Kind.PRIVATE
        return Caller(self.name.data, self.phone.data or "", self.group.data, kind)

    @property
    def payer(self) -> Initiative:
        """Who pays, to look up a price: the group, or what somebody new says they are."""
        return self.initiative or Initiative(id=0, name="", kind=self.kind.data or Kind.PRIVATE)

    @property
    def sending(self) -> Sending:
        """The mark of this sending, when it is one of ours, and the total that was read out.

        No price is -1, so a form without a total is asked again.
        """
        seen = number_sent(self.seen.data)
        return Sending(mark_in(self.submission.data), -1 if seen is None else seen)

    def validate(self, extra_validators: Any = None) -> bool:
        """Somebody new has a name; a room or a group is one that is offered."""
        is_right = super().validate(extra_validators)
        if self.room.typed and self.chosen_room is None:
            self.wrong(self.room, str(NOT_ON_THE_LIST))
        if self.whom.typed not in {"", NEW_GROUP} and self.initiative is None:
            self.wrong(self.whom, str(NOT_ON_THE_LIST))
        elif self.is_new and not self.name.data:
            self.wrong(self.name, str(NAME_MISSING))
        if self.kind.data is not None and self.kind.data not in SELF_DECLARED:
            self.wrong(self.kind, str(NOT_ON_THE_LIST))
        return is_right and not self.errors

    def typed_words(self) -> dict[str, str]:
        """Everything that was typed, to be carried along through a page that only shows it."""
        typed = {**self.typed(), "phone": (self.phone.data or "")[:40]}
        return {name: text for name, text in typed.items() if text}
