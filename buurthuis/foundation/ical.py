"""Calendar files: one way to write an event that every calendar app reads alike."""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from buurthuis.rules import wording

LONGEST_LINE: Final = 250
LONGEST_TEXT: Final = 4000

FILE_BEGINS: Final = "BEGIN:VCALENDAR"
MOMENTS: Final = frozenset({"starts_at", "ends_at", "changed_at", "created_at"})


class EventStatus(StrEnum):
    """Whether an event goes through."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


class Method(StrEnum):
    """What a calendar app that gets the file by mail should do with it."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of a calendar; equal events are written in equal bytes.

    `changed_at` is the moment at which something changed that shows here. `organiser` and
    `attendee` are addresses for an invitation by mail; a feed never has them.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    changed_at: datetime
    created_at: datetime
    location: str = ""
    description: str = ""
    status: str = EventStatus.CONFIRMED
    is_busy: bool = True
    is_private: bool = False
    url: str = ""
    image: str = ""
    organiser: str = ""
    attendee: str = ""


def calendar_bytes(events: Iterable[Event], *, name: str, method: str | None = None) -> bytes:
    """Write a calendar file; the same events give the same bytes, whatever time it is.

    Without a method it is a feed, which tells an app how often to look again.
    """
    from buurthuis.foundation import ical_writing  # Its library takes 5 MB.

    return ical_writing.calendar_bytes(events, name=name, method=method)


def to_write(events: Iterable[Event], *, name: str, method: str) -> str:
    """What a calendar file is to hold; `as_written` makes the file of it.

    Writing a file takes longer than booking. So whoever puts it in the outbox says what is in it,
    and the worker that carries the letter away writes it.
    """
    told = [
        {part.name: _told(getattr(event, part.name)) for part in fields(event)} for event in events
    ]
    return json.dumps({"name": name, "method": method, "events": told})


def as_written(told: str) -> str:
    """The calendar file that a text of `to_write` asks for; a file itself stays as it is."""
    if told.startswith(FILE_BEGINS):
        return told
    asked = json.loads(told)
    events = [Event(**_with_moments(each)) for each in asked["events"]]
    return calendar_bytes(events, name=asked["name"], method=asked["method"]).decode()


def _told(value: Any) -> Any:
    return int(value.timestamp()) if isinstance(value, datetime) else value


def _with_moments(told: dict[str, Any]) -> dict[str, Any]:
    return told | {name: datetime.fromtimestamp(told[name], UTC) for name in MOMENTS}


def clean_line(text: str) -> str:
    """A title or place as it goes out: on one line, without what nobody sees, not too long."""
    return wording.one_line(text, longest=sys.maxsize)[:LONGEST_LINE].rstrip()


def clean_text(text: str) -> str:
    """A description as it goes out: lines stay lines."""
    return wording.paragraphs(text, longest=sys.maxsize)[:LONGEST_TEXT].rstrip()
