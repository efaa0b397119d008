"""The forms in which somebody says when they can: a day of the week, days away, and how often."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, ValidationError

from buurthuis.foundation.forms import HouseForm, LineField
from buurthuis.foundation.typed import AtField, OnDayField, TicksField, WholeField, ends_after
from buurthuis.roster.holders.models import LONGEST_NOTE
from buurthuis.roster.when.queries import WEEKDAYS, Days
from buurthuis.rules.calendar import MINUTES_A_DAY
from buurthuis.rules.offered_times import Times

LATEST: Final = 2160
"""Noon of the next day: so far a time may run on past midnight."""

MOST_A_WEEK: Final = 14
FURTHEST: Final = timedelta(days=730)


class DayForm(HouseForm):
    """When somebody can on one day of the week, in up to two stretches, and on which other days too."""

    starts = AtField(_l("From"))
    ends = AtField(_l("Until"))
    glad = BooleanField(_l("I come gladly then"))
    starts_2 = AtField(_l("From"))
    ends_2 = AtField(_l("Until"))
    glad_2 = BooleanField(_l("I come gladly then"))
    also = TicksField(_l("On which other days too?"))

    times: Sequence[Times] = ()

    def start_from(self, times: Sequence[Times]) -> None:
        """Fill in what stands there now."""
        for field, which in zip(self._rows(), times, strict=False):
            starts, ends, glad = field
            starts.process_data(which.starts)
            ends.process_data(which.ends % MINUTES_A_DAY)
            glad.process_data(which.is_liked)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Put the stretches together; an empty one is no time at all."""
        is_valid = bool(super().validate(*args, **kwargs))
        self.times = [each for row in self._rows() if (each := self._read(*row)) is not None]
        return is_valid and not self.errors

    def _rows(self) -> list[tuple[AtField, AtField, BooleanField]]:
        return [(self.starts, self.ends, self.glad), (self.starts_2, self.ends_2, self.glad_2)]

    def _read(self, starts: AtField, ends: AtField, glad: BooleanField) -> Times | None:
        """One stretch; half of one gets a sentence."""
        span = span_of(self, starts, ends)
        return None if span is None else Times(0, *span, bool(glad.data))


def span_of(form: HouseForm, starts: AtField, ends: AtField) -> tuple[int, int] | None:
    """From when until when, past midnight if need be; None when neither was written."""
    if starts.errors or ends.errors or (starts.data is None and ends.data is None):
        return None
    if starts.data is None or ends.data is None:
        missing = starts if starts.data is None else ends
        form.wrong(missing, _("Write both times, such as 18:00 and 23:00."))
        return None
    first = starts.data % MINUTES_A_DAY
    last = ends_after(first, ends.data)
    if last > LATEST:
        form.wrong(ends, _("This is longer than a night. Write an earlier time."))
        return None
    return first, last


class AwayForm(HouseForm):
    """Days on which somebody is away, or there at other times."""

    from_on = OnDayField(_l("From which day?"), missing=_l("Write the first day."))
    to_on = OnDayField(_l("Until which day?"))
    starts = AtField(_l("I can from"))
    ends = AtField(_l("Until"))
    note = LineField(_l("Why, in a few words"), longest=LONGEST_NOTE)

    today: date
    span: tuple[int, int] | None = None

    def validate_from_on(self, field: Field) -> None:
        """Not further away than anybody plans."""
        if field.data is not None and field.data > self.today + FURTHEST:
            raise ValidationError(_("This is too far away. Choose a day within two years."))

    def validate_to_on(self, field: Field) -> None:
        """The last day is not before the first, has not been, and is not too far away."""
        first, last = self.from_on.data, field.data or self.from_on.data
        if first is None or last is None:
            return
        if last < first:
            raise ValidationError(_("The last day comes before the first. Turn them around."))
        if last < self.today:
            raise ValidationError(_("These days have been. Choose days that come."))
        if last > self.today + FURTHEST:
            raise ValidationError(_("This is too far away. Choose a day within two years."))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """The times go together."""
        is_valid = bool(super().validate(*args, **kwargs))
        self.span = span_of(self, self.starts, self.ends)
        return is_valid and not self.errors

    @property
    def days(self) -> Days:
        """What was meant; without a last day it is one day."""
        first: date = self.from_on.data
        return Days(first, self.to_on.data or first, self.span, self.note.data or "")


class OftenForm(HouseForm):
    """How many shifts a week somebody wants at most, and what they like."""

    most_a_week = WholeField(
        _l("How many shifts a week, at most?"),
        least=0,
        most=MOST_A_WEEK,
        missing=_l("Write a number. 0 means: none for now."),
    )
    likes_to_open = BooleanField(_l("I like to open"))
    likes_to_close = BooleanField(_l("I like to close"))


def weekday_options(names: Sequence[str], besides: int) -> list[tuple[str, str]]:
    """The other days of the week, to tick."""
    return [(WEEKDAYS[n], name) for n, name in enumerate(names) if n != besides]
