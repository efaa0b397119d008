"""The form with which one joins the waiting list: the time is known, the rest is asked."""

from enum import StrEnum
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.bookings.forms import SendForm
from buurthuis.bookings.wish_fields import (
    people_field,
    public_field,
    purpose_field,
    remark_field,
    title_field,
)
from buurthuis.bookings.wishes import Wish
from buurthuis.foundation.forms import WordField, as_tiles
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Room


class Where(StrEnum):
    """What one waits for: this room, or any of the house that fits."""

    ROOM = "room"
    HOUSE = "house"


class WaitForm(SendForm):
    """What somebody waits for, and in whose name."""

    where = WordField(
        _l("What do you wait for?"), words=Where, missing=_l("Choose one."), **as_tiles()
    )
    people = people_field()
    title = title_field()
    purpose = purpose_field()
    public = public_field()
    remark = remark_field()

    def for_place(self, room: Room) -> Self:
        """Put the choices of this room's house on the page."""
        self.where.options = [
            (Where.ROOM.value, _("This room: %(room)s", room=room.name)),
            (Where.HOUSE.value, _("Any room of %(house)s that fits", house=room.venue.name)),
        ]
        return self

    def room_of(self, room: Room) -> Room | None:
        """The room that is waited for; None for any of its house."""
        chosen: Any = self.where.data
        return room if chosen is Where.ROOM else None

    def wish_at(self, period: Period) -> Wish:
        """What is asked for; only for a form that was found right."""
        return Wish(
            period=period,
            people=self.people.data,
            title=self.title.data,
            purpose=self.purpose.data,
            remark=self.remark.data,
            is_public=self.public.data,
        )
