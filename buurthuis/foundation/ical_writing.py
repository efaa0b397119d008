"""Writing calendar files: the part that needs a library for it, read in when the first one is written."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from icalendar import Calendar, vText
from icalendar import Event as Component

from buurthuis.foundation.ical_event import Event, EventStatus, Method, clean_line, clean_text
from buurthuis.rules.calendar import ZONE, on_the_clock

PRODUCT: Final = "-//buurthuis//calendar//NL"
UNTITLED: Final = "Zonder titel"
REFRESH: Final = timedelta(hours=1)
KEPT_EVENTS: Final = 20_000

# Before 1996 summer time ended in September, so the two rules below do not hold.
RULES_SINCE: Final = 1996

# The library would list every clock change by date, and ical.js then shows summer an hour late.
TIMEZONE: Final = b"\r\n".join(
    (
        b"BEGIN:VTIMEZONE",
        b"TZID:Europe/Amsterdam",
        b"BEGIN:DAYLIGHT",
        b"DTSTART:19700329T020000",
        b"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        b"TZNAME:CEST",
        b"TZOFFSETFROM:+0100",
        b"TZOFFSETTO:+0200",
        b"END:DAYLIGHT",
        b"BEGIN:STANDARD",
        b"DTSTART:19701025T030000",
        b"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        b"TZNAME:CET",
        b"TZOFFSETFROM:+0200",
        b"TZOFFSETTO:+0100",
        b"END:STANDARD",
        b"END:VTIMEZONE",
        b"",
    )
)
CLOSING: Final = b"END:VCALENDAR\r\n"
A_PICTURE: Final = {"VALUE": "URI", "DISPLAY": "BADGE", "FMTTYPE": "image/jpeg"}


def calendar_bytes(events: Iterable[Event], *, name: str, method: str | None) -> bytes:
    """As `ical.calendar_bytes`."""
    written = (_event_bytes(event) for event in events)
    return b"".join((_opening(name, method), TIMEZONE, *written, CLOSING))


class _Text(vText):
    r"""Text escaped as RFC 5545 says; the library would turn a written "\N" into a line end."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\n", "\\n").encode()


def _opening(name: str, method: str | None) -> bytes:
    """All that stands above the events; every app has its own word for how often to look again."""
    title = _Text(clean_line(name) or UNTITLED)
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    if method is not None:
        calendar.add("METHOD", Method(method).value)
    else:
        calendar.add("NAME", title)
        calendar.add("X-WR-CALNAME", title)
        calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", _Text("PT1H"))
    written: bytes = calendar.to_ical(sorted=False)
    return written.removesuffix(CLOSING)


@lru_cache(maxsize=KEPT_EVENTS)
def _event_bytes(event: Event) -> bytes:
    component = Component()
    component.add("UID", _Text(clean_line(event.uid)))
    component.add("SEQUENCE", event.sequence)
    component.add("DTSTAMP", event.changed_at)
    component.add("CREATED", event.created_at)
    component.add("LAST-MODIFIED", event.changed_at)
    start, end = _as_shown(event.starts_at, event.ends_at)
    component.add("DTSTART", start)
    component.add("DTEND", end)
    component.add("SUMMARY", _Text(clean_line(event.summary) or UNTITLED))
    _add_words(component, event)
    component.add("STATUS", EventStatus(event.status).value)
    component.add("TRANSP", "OPAQUE" if event.is_busy else "TRANSPARENT")
    component.add("CLASS", "PRIVATE" if event.is_private else "PUBLIC")
    written: bytes = component.to_ical(sorted=False)
    return written


def _add_words(component: Component, event: Event) -> None:
    """Add what not every event has."""
    if location := clean_line(event.location):
        component.add("LOCATION", _Text(location))
    if description := clean_text(event.description):
        component.add("DESCRIPTION", _Text(description))
    if event.url:
        component.add("URL", clean_line(event.url))
    if event.image:
        component.add("IMAGE", clean_line(event.image), parameters=A_PICTURE)
    if event.organiser:
        component.add("ORGANIZER", f"mailto:{clean_line(event.organiser)}")
    if event.attendee:
        # Who booked comes; their app need not send the house a letter to say so.
        coming = {"PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
        component.add("ATTENDEE", f"mailto:{clean_line(event.attendee)}", parameters=coming)


def _as_shown(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Both ends on the Amsterdam clock, or both in UTC when the clock could be misread."""
    if _can_be_misread(start) or _can_be_misread(end):
        return start, end
    return on_the_clock(start), on_the_clock(end)


def _can_be_misread(moment: datetime) -> bool:
    """The clock shows this time twice, or the two yearly rules did not hold yet."""
    shown = on_the_clock(moment)
    first, second = (
        shown.replace(tzinfo=ZONE, fold=0).utcoffset(),
        shown.replace(fold=1).utcoffset(),
    )
    return first != second or shown.year < RULES_SINCE
