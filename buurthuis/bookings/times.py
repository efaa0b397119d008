"""Choosing a time: a day from a list, then a part of the day, or a time by the clock."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field

from buurthuis.foundation import formatting
from buurthuis.foundation.forms import (
    ClockField,
    DayField,
    HouseForm,
    Option,
    SpanField,
    as_tiles,
    clock_text,
    span_text,
)
from buurthuis.foundation.speech import language_here
from buurthuis.rules.calendar import MissingHour, clock_name, day_of, minute_of, moment
from buurthuis.rules.periods import Period
from buurthuis.venues.models import DayPart, Venue

DAYS_ON_THE_LIST = 62
NOON, EVENING = 12 * 60, 17 * 60


class TimeForm(HouseForm):
    """When: `period` is known once the form was found right.

    Exact times count where they were filled in; else the part of the day does.
    """

    day = DayField(_l("Which day?"), missing=_l("Choose a day."))
    part = SpanField(_l("Which part of the day?"), **as_tiles())
    starts = ClockField(_l("From"), name="from")
    ends = ClockField(_l("To"), name="to")

    period: Period | None = None

    @property
    def is_by_the_clock(self) -> bool:
        """Exact times were filled in."""
        return bool(self.starts.typed or self.ends.typed)

    @property
    def time_field(self) -> Field:
        """The field beside which a mistake about the time is told."""
        return self.starts if self.is_by_the_clock else self.part

    def offer(self, days: Sequence[Option], parts: Sequence[Option], clocks: list[Option]) -> None:
        """Put the choices on the page; the clock may also be left alone."""
        self.day.options, self.part.options = days, parts
        self.starts.options = self.ends.options = [("", _("Choose a time")), *clocks]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, and then the time that they make together."""
        is_right = super().validate(extra_validators)
        return self.read_time() is not None and is_right

    def read_time(self) -> Period | None:
        """The time that was meant, whatever else is still missing; a mistake is told beside its field."""
        if not any(field.process_errors for field in (self.day, self.part, self.starts, self.ends)):
            self.period = self._period()
        return self.period

    def show_clock(self) -> None:
        """Show by the clock what was chosen as a part of the day, so that it can be adjusted."""
        if not self.is_by_the_clock and self.part.data is not None:
            starts, ends = self.part.data
            self.starts.process_data(starts)
            self.ends.process_data(ends)

    def _period(self) -> Period | None:
        span = self._span()
        if span is None:
            return None
        if span[1] <= span[0]:
            self.wrong(self.ends, _("The end must be after the start. Choose a later end."))
            return None
        edges = []
        for minute, field in zip(span, (self.time_field, self.ends), strict=True):
            try:
                edges.append(moment(self.day.data, minute))
            except MissingHour as missing:
                self.wrong(field, missing_hour_sentence(missing))
        return Period(*edges) if len(edges) == 2 else None

    def _span(self) -> tuple[int, int] | None:
        """The minutes that were meant, or None when some are missing."""
        if not self.is_by_the_clock:
            if self.part.data is None:
                self.wrong(self.part, _("Choose a part of the day, or fill in exact times."))
            return self.part.data  # type: ignore[no-any-return]
        if self.starts.data is None:
            self.wrong(self.starts, _("Choose when you start."))
        if self.ends.data is None:
            self.wrong(self.ends, _("Choose when you stop."))
        if self.starts.data is None or self.ends.data is None:
            return None
        return self.starts.data, self.ends.data


def missing_hour_sentence(missing: MissingHour) -> str:
    """Why a time in the night of the spring clock change cannot be, and what can."""
    return _(
        "%(clock)s does not exist on %(day)s: the clock goes forward. Choose 03:00 or later.",
        clock=missing.clock,
        day=formatting.day(missing.day),
    )


def typed_time(period: Period) -> dict[str, str]:
    """How a period is filled in, day and clock apart."""
    starts = minute_of(period.start)
    day = day_of(period.start)
    ends = minute_of(period.end) + 24 * 60 * (day_of(period.end) - day).days
    return {"day": day.isoformat(), "from": clock_text(starts), "to": clock_text(ends)}


def day_options(first: date, today: date, *also: date | None) -> list[Option]:
    """Two months of days from the first one, and whatever other days were asked for."""
    usual = _days_from(first, today, language_here())
    others = {day for day in also if day is not None} - {day for day, _option in usual}
    if not others:
        return [option for _day, option in usual]
    also_named = [(day, (day.isoformat(), day_name(day, today))) for day in others]
    return [option for _day, option in sorted([*usual, *also_named])]


@lru_cache(maxsize=64)
def _days_from(first: date, today: date, _language: str) -> list[tuple[date, Option]]:
    """Written once a day for everybody who speaks a language."""
    days = [first + timedelta(days=ahead) for ahead in range(DAYS_ON_THE_LIST)]
    return [(day, (day.isoformat(), day_name(day, today))) for day in days]


def day_name(day: date, today: date) -> str:
    """A day in full, with the year when it is another one; today and tomorrow say so first."""
    if day == today:
        return _("Today, %(day)s", day=formatting.short_day(day))
    if day == today + timedelta(days=1):
        return _("Tomorrow, %(day)s", day=formatting.short_day(day))
    return formatting.day(day, today.year)


def part_options(venue: Venue) -> list[Option]:
    """The parts of the day of a house, by their hours."""
    return [(_span(part), part_name(part)) for part in venue.day_parts]


def part_hours(venue: Venue) -> dict[str, str]:
    """The hours of each part, as people read them."""
    return {
        _span(part): f"{clock_name(part.starts_minute)}–{clock_name(part.ends_minute)}"
        for part in venue.day_parts
    }


def part_name(part: DayPart) -> str:
    """The name that the house gave it, as it stands at the head of a line."""
    return part.name[:1].upper() + part.name[1:]


def part_pictograms(venue: Venue) -> dict[str, str]:
    """A drawing for each part of the day."""
    return {_span(part): part_pictogram(part.starts_minute) for part in venue.day_parts}


def part_pictogram(starts_minute: int) -> str:
    """A drawing for the part of the day in which a time lies."""
    if starts_minute < NOON:
        return "morning"
    return "midday" if starts_minute < EVENING else "evening"


def _span(part: DayPart) -> str:
    return span_text(part.starts_minute, part.ends_minute)
