"""The forms behind a slip: the reference and the PIN, other words, a shorter time."""

from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from buurthuis.bookings.models import Booking
from buurthuis.bookings.slips import pins
from buurthuis.bookings.times import missing_hour_sentence
from buurthuis.bookings.wish_fields import remark_field, title_field
from buurthuis.foundation.forms import (
    ClockField,
    HouseForm,
    PeopleField,
    clock_options,
)
from buurthuis.rules.calendar import MissingHour, day_of, minute_of, moment
from buurthuis.rules.periods import Period


class SlipForm(HouseForm):
    """What stands on the paper."""

    reference = StringField(_l("Number on the paper"))
    pin = StringField(_l("PIN"))

    @property
    def meant(self) -> tuple[str, str]:
        """The reference and the PIN that were meant; each "" when it cannot be one."""
        return (
            pins.reference_meant(self.reference.data or ""),
            pins.pin_meant(self.pin.data or ""),
        )


class WordsForm(HouseForm):
    """What one may say otherwise without asking the house."""

    title = title_field()
    people = PeopleField(_l("How many people come?"))
    remark = remark_field()

    @classmethod
    def of(cls, booking: Booking, **more: Any) -> Self:
        """The words as they are."""
        form = cls(title=booking.title, people=booking.people, remark=booking.remark, **more)
        form.people.typed = form.people.typed or str(booking.people or "")
        return form


class ShorterForm(HouseForm):
    """A later start or an earlier end, on the same day and in the same room."""

    starts = ClockField(_l("From"), name="from", missing=_l("Choose when you start."))
    ends = ClockField(_l("To"), name="to", missing=_l("Choose when you stop."))

    period: Period | None = None

    @classmethod
    def of(cls, booking: Booking, **more: Any) -> Self:
        """The time as it is, and every shorter one."""
        first = minute_of(booking.from_at)
        last = first + booking.period.minutes
        form = cls(data={"starts": first, "ends": last}, **more)
        options = clock_options(first, last, booking.venue.step_minutes)
        form.starts.options, form.ends.options = options[:-1], options[1:]
        return form

    def within(self, booking: Booking) -> bool:
        """Check the form, and that it asks for no other time than the booking has."""
        if not self.validate():
            return False
        day = day_of(booking.from_at)
        try:
            starts, ends = moment(day, self.starts.data), moment(day, self.ends.data)
        except MissingHour as missing:
            self.wrong(self.starts, missing_hour_sentence(missing))
            return False
        if ends <= starts:
            self.wrong(self.ends, _("The end must be after the start. Choose a later end."))
        elif not (booking.from_at <= starts and ends <= booking.to_at):
            self.wrong(self.starts, _("This is another time. Call the house for that."))
        else:
            self.period = Period(starts, ends)
        return self.period is not None
