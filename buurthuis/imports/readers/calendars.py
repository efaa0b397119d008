"""Calendars of others (.ics): every time of every event in a period, as two readers find it."""

import contextlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from buurthuis.imports.readers import second_reader
from buurthuis.imports.readers.agreement import agreed
from buurthuis.imports.readers.content import Component, Content, content_of, written
from buurthuis.imports.readers.events import Event, event_of
from buurthuis.imports.readers.occurrences import Expander
from buurthuis.imports.readers.parcels import unpacked
from buurthuis.imports.readers.rows import Found, LeftOut, Reading, Why
from buurthuis.imports.readers.second_reader import Answer
from buurthuis.imports.readers.words import one_line
from buurthuis.imports.readers.zones import zones_of
from buurthuis.rules.periods import Period

LONGEST_LINE: Final = 20_000
MANY_EVENTS: Final = 1_000
"""Beyond these the second reader gets no more than what says when something is, near the period."""
NO_EVENTS: Final = frozenset({"REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER"})
"""Messages about an event of somebody else, which tell of no event themselves."""


def read_calendar(given: bytes, *, period: Period, zone: ZoneInfo) -> Reading:
    """Everything a calendar file says within a period; `zone` is the clock of the house.

    It may be a parcel of calendars. In a file of more than one, what has no place is at the one
    after which its calendar is named: many a house keeps a calendar for each room.
    A row about which the two readers disagree carries both answers, as does one that only one
    of them finds.

    Raises:
        Unreadable: it is no calendar, or it asks too much.
    """
    given = unpacked(given)
    content = content_of(given)
    expander = Expander(period, zone)
    events: list[Event] = []
    for each in _events_of(content, zone):
        if isinstance(each, LeftOut):
            expander.left_out.append(each)
        else:
            events.append(each)
    expander.expand(events)
    second = _second_answers(given, content, expander, events, zone)
    found = agreed(expander.found, second, events, zone)
    if len(content.calendars) > 1:
        found = _at_their_calendars(found, content)
    left_out = sorted((*content.left_out, *expander.left_out), key=lambda each: each.line)
    return Reading(tuple(found), tuple(left_out), _name(content.calendars[0]))


def _at_their_calendars(rows: list[Found], content: Content) -> list[Found]:
    """Rows without a place, at the place their calendar is called after."""
    names = {
        component.number: name
        for calendar in content.calendars
        if (name := _name(calendar))
        for component in calendar.inner
    }
    return [row if row.place else replace(row, place=names.get(row.line, "")) for row in rows]


def _name(calendar: Component) -> str:
    return one_line(calendar.text("X-WR-CALNAME") or calendar.text("NAME"))


def _events_of(content: Content, zone: ZoneInfo) -> Iterator[Event | LeftOut]:
    """Every event of every calendar of the file, with the zones of its own calendar."""
    messages: Counter[str] = Counter()
    for calendar in content.calendars:
        zones = zones_of(calendar, zone)
        method = calendar.text("METHOD").strip().upper()
        for component in calendar.inner:
            if component.name != "VEVENT":
                continue
            if method in NO_EVENTS:
                messages[method] += 1
                continue
            event = event_of(component, zones)
            if isinstance(event, Event) and method == "CANCEL":
                event.is_cancelled = True
            yield event
    for method, count in sorted(messages.items()):
        yield LeftOut.of(0, Why.NOT_AN_EVENT, kind=method, count=count)


def _second_answers(
    given: bytes, content: Content, expander: Expander, events: list[Event], zone: ZoneInfo
) -> dict[str, list[Answer]]:
    """What the other reader finds, without what was left out here for the work it asks."""
    leave = {each.line for each in expander.left_out if each.code is not Why.OLDER}
    leave |= expander.endless
    is_short = len(events) <= MANY_EVENTS and content.longest <= LONGEST_LINE
    if not is_short:
        leave |= expander.far
    for calendar in content.calendars:
        if calendar.text("METHOD").strip().upper() in NO_EVENTS:
            leave.update(component.number for component in calendar.inner)
    mended = written(content, leave=leave).encode()
    is_plain = not any(each.is_odd for calendar in content.calendars for each in calendar.inner)
    for text in (given, mended) if is_short and is_plain and not leave - {0} else (mended,):
        with contextlib.suppress(Exception):  # It may read what was mended.
            found = second_reader.answers(text, period=expander.period, house=zone)
            if found:
                return found
    return {}
