"""The form on which a booking is changed: its room, its time, its people and its words."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from buurthuis.bookings.changes.meaning import Wanted
from buurthuis.bookings.forms import OF_THE_DAY, OF_THE_END, open_clock
from buurthuis.bookings.models import Booking
from buurthuis.bookings.sentences import problem_sentence
from buurthuis.bookings.times import TimeForm, day_options, typed_time
from buurthuis.bookings.wish_fields import (
    RoomField,
    public_field,
    purpose_field,
    remark_field,
    title_field,
)
from buurthuis.foundation.forms import NOT_ON_THE_LIST, PeopleField, clock_options
from buurthuis.rules.availability import Ask, Obstacle, Problem
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Room

FROM_THE_LINK = ("room", "day", "from", "to")


class ChangeForm(TimeForm):
    """What a booking is to become; all of it is filled in with what it is."""

    room = RoomField(_l("Which room?"), missing=NOT_ON_THE_LIST)
    people = PeopleField(_l("How many people come?"))
    title = title_field()
    purpose = purpose_field()
    public = public_field()
    remark = remark_field()
    seen = HiddenField()
    total = HiddenField()

    chosen_room: Room | None = None

    @classmethod
    def filled_in(cls, booking: Booking, link: dict[str, str]) -> Self:
        """The form as the booking is, but for what a link tells; it stores nothing."""
        typed = {**typed_words(booking), **link}
        return cls(formdata=MultiDict(typed), meta={"csrf": False})

    def for_booking(self, booking: Booking, rooms: Sequence[Room], today: date) -> Self:
        """Put the choices on the page: the rooms of its own house first, then those elsewhere."""
        known = {room.slug: room for room in rooms}
        self.chosen_room = known.get(self.room.typed)
        here = [room for room in rooms if room.venue_id == booking.venue_id]
        elsewhere = [room for room in rooms if room.venue_id != booking.venue_id]
        self.room.options = [
            *((room.slug, room.name) for room in here),
            *((room.slug, f"{room.venue.name}: {room.name}") for room in elsewhere),
        ]
        venue = (self.chosen_room or booking.room).venue
        clocks = clock_options(*open_clock(venue), venue.step_minutes)
        self.offer(day_options(today, today, self.day.data), [], clocks)
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, the time, and that there is such a room."""
        is_right = super().validate(extra_validators)
        if self.room.typed and self.chosen_room is None:
            self.wrong(self.room, str(NOT_ON_THE_LIST))
            return False
        return is_right

    def wanted(self) -> Wanted:
        """What is wanted; only for a form that was found right."""
        assert self.chosen_room is not None and self.period is not None  # noqa: S101, PT018
        words = {
            "title": self.title.data,
            "people": self.people.data,
            "purpose": self.purpose.data,
            "is_public": self.public.data,
            "remark": self.remark.data,
        }
        return Wanted(self.chosen_room, self.period, words)

    def typed(self) -> dict[str, str]:
        """What was typed, the tick included."""
        return {**super().typed(), **({"public": "y"} if self.public.data else {})}

    def tell(self, problems: Sequence[Obstacle], ask: Ask) -> None:
        """Tell each problem beside the field that cures it."""
        assert self.chosen_room is not None  # noqa: S101 - the form was found right
        for problem in problems:
            self.wrong(self._field_of(problem), problem_sentence(problem, self.chosen_room, ask))

    def _field_of(self, problem: Obstacle) -> Any:
        if problem is Problem.TOO_MANY_PEOPLE:
            return self.people
        if problem in OF_THE_DAY:
            return self.day
        return self.ends if problem in OF_THE_END else self.starts


def typed_words(booking: Booking) -> dict[str, str]:
    """How a booking stands in the form."""
    typed = {
        "room": booking.room.slug,
        **typed_time(booking.period),
        "people": str(booking.people or ""),
        "title": booking.title,
        "purpose": booking.purpose.value,
        "remark": booking.remark,
    }
    return {**typed, "public": "y"} if booking.is_public else typed


def link_of(room: Room, period: Period) -> dict[str, str]:
    """What a link to the form tells of another room or time."""
    return {"room": room.slug, **typed_time(period)}
