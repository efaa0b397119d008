"""Calendar files: one way to write an event that every calendar app reads alike."""

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, Final

from buurthuis.foundation.ical_event import Event

FILE_BEGINS: Final = "BEGIN:VCALENDAR"
MOMENTS: Final = frozenset({"starts_at", "ends_at", "changed_at", "created_at"})


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
