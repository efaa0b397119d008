"""The hours of a house day by day, as a visitor reads them: holidays and closures included."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from buurthuis.foundation.formatting import clock
from buurthuis.pages.holiday_words import holiday_name
from buurthuis.rules import opening
from buurthuis.rules.calendar import day_period
from buurthuis.rules.periods import Period, subtract
from buurthuis.venues.hours import dutch_holidays
from buurthuis.venues.models import Closure, Venue


@dataclass(frozen=True, slots=True)
class OpenDay:
    """One day: when the house is open, and what is different about it."""

    day: date
    windows: list[Period]
    notes: list[str]

    @property
    def hours(self) -> str:
        """The hours in words."""
        spans = [f"{clock(window.start)}–{clock(window.end)}" for window in self.windows]
        return ", ".join(spans) or _("Closed")


def days_of(venue: Venue, first: date, count: int) -> list[OpenDay]:
    """The days of a house from the first one on."""
    last = first + timedelta(days=count - 1)
    holidays = dutch_holidays(first - timedelta(days=1), last)
    rules = [hours.as_rule for hours in venue.opening_hours if hours.room_id is None]
    shut = [_period(closure) for closure in venue.closures if closure.is_of_whole_house]
    closed = holidays if venue.closed_on_holidays else {}
    return [
        OpenDay(
            day=day,
            windows=subtract(opening.windows(rules, day, day, closed), shut),
            notes=[
                *([holiday_name(holidays[day])] if day in holidays else []),
                *closure_notes(venue, day),
            ],
        )
        for day in (first + timedelta(days=ahead) for ahead in range(count))
    ]


def closure_notes(venue: Venue, day: date) -> list[str]:
    """What is closed on a day, and why; who uses a room five times that day is named once."""
    whole = day_period(day)
    notes = (
        _closure_words(closure) for closure in venue.closures if _period(closure).overlaps(whole)
    )
    return list(dict.fromkeys(notes))


def _closure_words(closure: Closure) -> str:
    if closure.is_of_whole_house:
        return _("Closed: %(reason)s", reason=closure.reason) if closure.reason else _("Closed")
    rooms = ", ".join(room.name for room in closure.rooms)
    if closure.outside_id is not None:
        return _("%(rooms)s is used by %(name)s", rooms=rooms, name=closure.reason)
    if not closure.reason:
        return _("Closed: %(reason)s", reason=rooms)
    return _("%(rooms)s closed: %(reason)s", rooms=rooms, reason=closure.reason)


def _period(closure: Closure) -> Period:
    return Period(closure.from_at, closure.to_at)
