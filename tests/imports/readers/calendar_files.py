"""Calendars as other programs write them, as small as what a test wants to say."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from buurthuis.imports.readers.calendars import read_calendar
from buurthuis.imports.readers.rows import Found, Reading, Why
from buurthuis.rules.periods import Period

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
YEAR = Period(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def event(*lines: str, uid: str = "choir@example.org") -> str:
    """An event with these lines; one without a DTSTART is on an evening in November."""
    told = [f"UID:{uid}", "SUMMARY:Koor", *lines]
    if not any(line.startswith("DTSTART") for line in lines):
        told += ["DTSTART:20261126T190000Z", "DTEND:20261126T210000Z"]
    return "\r\n".join(("BEGIN:VEVENT", *told, "END:VEVENT", ""))


def calendar(*events: str, opening: str = "") -> bytes:
    """A whole calendar, as bytes; `opening` stands before its events."""
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{opening}{''.join(events)}END:VCALENDAR\r\n".encode()


def reading(given: bytes, period: Period = YEAR) -> Reading:
    """What a house in Amsterdam reads in it."""
    return read_calendar(given, period=period, zone=AMSTERDAM)


def rows(*events: str, opening: str = "") -> tuple[Found, ...]:
    """The rows of a calendar with these events."""
    return reading(calendar(*events, opening=opening)).found


def shown(row: Found) -> str:
    """When it starts and ends, as the clock of the house shows it."""
    start, end = (each.astimezone(AMSTERDAM) for each in (row.starts_at, row.ends_at))
    return f"{start:%m-%d %H:%M}–{end:%m-%d %H:%M}"


def whys(row: Found) -> list[Why]:
    """Why somebody must look at it."""
    return [doubt.code for doubt in row.doubts]
