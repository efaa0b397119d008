"""The times of a calendar of others in words, day by day: "09:00–09:45, 10:00–10:45"."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from flask_babel import gettext as _

from buurthuis.foundation.formatting import clock, day, short_day
from buurthuis.rules.calendar import day_of, day_period


class SomeTime(Protocol):
    """A time as it was found there, kept or not."""

    @property
    def from_at(self) -> datetime: ...
    @property
    def to_at(self) -> datetime: ...
    @property
    def title(self) -> str: ...
    @property
    def is_doubtful(self) -> bool: ...


def by_day(times: Iterable[SomeTime], today: date) -> list[tuple[str, str]]:
    """Each day with its times, in order; the year where it is another one."""
    found: dict[date, list[str]] = {}
    for each in times:
        found.setdefault(day_of(each.from_at), []).append(_words(each))
    return [(day(on, today.year), ", ".join(words)) for on, words in found.items()]


def _words(time: SomeTime) -> str:
    words = " ".join(filter(None, (span_words(time.from_at, time.to_at), time.title)))
    doubt = _("check this one")
    return f"{words} ({doubt})" if time.is_doubtful else words


def span_words(starts: datetime, ends: datetime) -> str:
    """From when until when on its day; the day of the end where that is another one."""
    whole = day_period(day_of(starts))
    if (starts, ends) == (whole.start, whole.end):
        return _("Whole day")
    if ends <= whole.end:
        return f"{clock(starts)}–{clock(ends)}"
    return f"{clock(starts)}–{short_day(ends)} {clock(ends)}"
