"""When each event is, by the answer of libraries: icalendar reads, recurring-ical-events repeats.

It shares nothing with the reader of this house but the rule of what asks too much work, so that
the two can be held against each other.
"""

import warnings
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from icalendar import Calendar, Component, Event, vRecur
from icalendar.timezone import tzp
from recurring_ical_events import of as occurrences_in
from x_wr_timezone import to_standard

from buurthuis.imports.readers.occurrences import key_of_uid, lies_in
from buurthuis.rules.periods import Period

MARGIN: Final = timedelta(days=2)
SERIES: Final = {"RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}


@dataclass(frozen=True, slots=True)
class Answer:
    """From when until when one time of an event is."""

    start: datetime
    end: datetime
    is_all_day: bool


def answers(given: bytes, *, period: Period, house: tzinfo) -> dict[str, list[Answer]]:
    """Every time of every event within a period, by its UID.

    An event that the libraries cannot read has no answers.

    Raises:
        ValueError: they cannot read the file at all.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        events = _events_by_uid(given)
        return {key_of_uid(uid): _answers_of(same, period, house) for uid, same in events.items()}


def _events_by_uid(given: bytes) -> dict[str, list[Component]]:
    tzp.use_default()  # Forgets the zones that another file explained.
    found: dict[str, list[Component]] = defaultdict(list)
    for calendar in Calendar.from_ical(given, multiple=True):
        for event in _with_zone(calendar).walk("VEVENT"):
            found[str(event.get("UID", "")).strip()].append(event)
    return found


def _with_zone(calendar: Calendar) -> Calendar:
    """The calendar with its own zone at times that have none; one that nobody knows says nothing."""
    try:
        standard: Calendar = to_standard(calendar)
    except (ValueError, LookupError, OSError):
        return calendar
    return standard


def _answers_of(events: list[Component], period: Period, house: tzinfo) -> list[Answer]:
    try:
        once = _once(events)
        found = [_answer(*once, house)] if once else _repeated(events, period, house)
    except Exception:
        return []
    within = (answer for answer in found if lies_in(period, answer.start, answer.end))
    return sorted(within, key=lambda answer: (answer.start, answer.end))


def _once(events: list[Component]) -> tuple[Any, Any] | None:
    """From when until when, of something that is once: nothing needs to be repeated then."""
    event = events[0]
    if len(events) > 1 or not isinstance(event, Event) or SERIES & set(event):
        return None
    end = event.get("DTEND")
    return event.start, end.dt if end is not None else event.end


def _repeated(events: list[Component], period: Period, house: tzinfo) -> list[Answer]:
    calendar = Calendar()
    for event in events:
        _stop_looking(event, period.end + MARGIN)
        calendar.add_component(event)
    times = occurrences_in(calendar).between(period.start - MARGIN, period.end + MARGIN)
    return [_answer(each["DTSTART"].dt, each["DTEND"].dt, house) for each in times]


def _stop_looking(event: Component, last: datetime) -> None:
    """Give a rule without an end an end behind the period: the library would look for ages."""
    rule, start = event.get("RRULE"), event.get("DTSTART")
    if not isinstance(rule, vRecur) or {"COUNT", "UNTIL"} & set(rule):
        return
    if isinstance(getattr(start, "dt", None), datetime):
        is_floating = start.dt.utcoffset() is None
        rule["UNTIL"] = [last.replace(tzinfo=None) if is_floating else last]
    else:
        rule["UNTIL"] = [last.date()]


def _answer(start: Any, end: Any, house: tzinfo) -> Answer:
    is_all_day = not isinstance(start, datetime)
    if is_all_day and end == start:
        end = start + timedelta(days=1)  # A day that ends when it starts is that day.
    return Answer(_moment(start, house), _moment(end, house), is_all_day)


def _moment(told: date | datetime, house: tzinfo) -> datetime:
    if not isinstance(told, datetime):
        told = datetime.combine(told, time.min)
    if told.utcoffset() is None:
        told = told.replace(tzinfo=house)
    return told.astimezone(UTC)
