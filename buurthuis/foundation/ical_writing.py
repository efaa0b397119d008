"""Writing calendar files, line by line, as every calendar app reads them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from buurthuis.foundation.ical_event import Event, EventStatus, Method, clean_line, clean_text
from buurthuis.rules.calendar import ZONE, on_the_clock

PRODUCT: Final = "-//buurthuis//calendar//NL"
UNTITLED: Final = "Zonder titel"
REFRESH: Final = ("REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H")
FILE_BEGINS: Final = "BEGIN:VCALENDAR"
LONGEST_LINE: Final = 75

# Before 1996 summer time ended in September, so the two rules below do not hold.
RULES_SINCE: Final = 1996

# A list of every clock change by date would be right as well; ical.js then shows summer an hour late.
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


def calendar_bytes(events: Iterable[Event], *, name: str, method: str | None = None) -> bytes:
    """Write a calendar file; the same events give the same bytes, whatever time it is.

    Without a method it is a feed, which tells an app how often to look again.
    """
    return joined(map(event_bytes, events), name=name, method=method)


def joined(events: Iterable[bytes], *, name: str, method: str | None = None) -> bytes:
    """A calendar file of events that were written before."""
    return b"".join((_opening(name, method), TIMEZONE, *events, CLOSING))


def event_bytes(event: Event) -> bytes:
    """One event as it stands in a file."""
    start, end = event.starts_at, event.ends_at
    at = _in_utc if _can_be_misread(start) or _can_be_misread(end) else _on_our_clock
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_escaped(clean_line(event.uid))}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP{_in_utc(event.changed_at)}",
        *([] if event.created_at is None else [f"CREATED{_in_utc(event.created_at)}"]),
        f"LAST-MODIFIED{_in_utc(event.changed_at)}",
        f"DTSTART{at(start)}",
        f"DTEND{at(end)}",
        f"SUMMARY:{_escaped(clean_line(event.summary) or UNTITLED)}",
        *_words(event),
        f"STATUS:{EventStatus(event.status).value}",
        f"TRANSP:{'OPAQUE' if event.is_busy else 'TRANSPARENT'}",
        f"CLASS:{'PRIVATE' if event.is_private else 'PUBLIC'}",
        "END:VEVENT",
    ]
    return b"".join(map(_line, lines))


def _opening(name: str, method: str | None) -> bytes:
    """All that stands above the events; every app has its own word for how often to look again."""
    title = _escaped(clean_line(name) or UNTITLED)
    about = [f"METHOD:{Method(method).value}"] if method is not None else []
    if method is None:
        about = [f"NAME:{title}", f"X-WR-CALNAME:{title}", *REFRESH]
    opening = (FILE_BEGINS, "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", *about)
    return b"".join(map(_line, opening))


def _words(event: Event) -> Iterator[str]:
    """What not every event has."""
    if location := clean_line(event.location):
        yield f"LOCATION:{_escaped(location)}"
    if description := clean_text(event.description):
        yield f"DESCRIPTION:{_escaped(description)}"
    if event.url:
        yield f"URL:{clean_line(event.url)}"
    if event.image:
        yield f"IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/jpeg:{clean_line(event.image)}"
    if event.organiser:
        yield f"ORGANIZER{_host(event)}:mailto:{clean_line(event.organiser)}"
    if event.attendee:
        # Who booked comes; their app need not send the house a letter to say so.
        yield f"ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{clean_line(event.attendee)}"


def _host(event: Event) -> str:
    """How an app names the organiser, and who writes on its behalf; quotes would end the name."""
    said = {"CN": event.organiser_name}
    if event.sent_by and event.sent_by != event.organiser:
        said["SENT-BY"] = f"mailto:{event.sent_by}"
    clean = {name: clean_line(value).replace('"', "'") for name, value in said.items()}
    return "".join(f';{name}="{value}"' for name, value in clean.items() if value)


def _escaped(text: str) -> str:
    """Text as RFC 5545 wants it."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _line(text: str) -> bytes:
    """One line of a file, folded where it is longer than 75 bytes; no letter is cut in two."""
    line, folded = text.encode(), []
    room = LONGEST_LINE
    while len(line) > room:
        cut = room
        while line[cut] & 0xC0 == 0x80:  # the middle of a letter
            cut -= 1
        folded.append(line[:cut])
        line, room = line[cut:], LONGEST_LINE - 1
    return b"\r\n ".join((*folded, line)) + b"\r\n"


def _in_utc(moment: datetime) -> str:
    return f":{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _on_our_clock(moment: datetime) -> str:
    return f";TZID=Europe/Amsterdam:{on_the_clock(moment):%Y%m%dT%H%M%S}"


def _can_be_misread(moment: datetime) -> bool:
    """The clock shows this time twice, or the two yearly rules did not hold yet."""
    shown = on_the_clock(moment)
    first, second = (
        shown.replace(tzinfo=ZONE, fold=0).utcoffset(),
        shown.replace(fold=1).utcoffset(),
    )
    return first != second or shown.year < RULES_SINCE
