"""Calendar files: one way to write an event that every calendar app reads alike."""

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, Final

from buurthuis.foundation.ical_event import Event
from buurthuis.foundation.ical_writing import FILE_BEGINS
from buurthuis.foundation.ical_writing import calendar_bytes as calendar_bytes
from buurthuis.foundation.ical_writing import event_bytes as event_bytes
from buurthuis.foundation.ical_writing import joined as joined

MOMENTS: Final = frozenset({"starts_at", "ends_at", "changed_at", "created_at"})


def to_write(events: Iterable[Event], *, name: str, method: str) -> str:
    """What a calendar file is to hold; `as_written` makes the file of it.

    Writing a file takes longer than booking. So whoever puts it in the outbox says what is in it,
    and the worker that carries the letter away writes it.
    """
    told = [
        {
            part.name: _told(getattr(event, part.name))
            for part in fields(event)
            if part.name != "sent_by"
        }
        for event in events
    ]
    return json.dumps({"name": name, "method": method, "events": told})


def as_written(told: str, *, sent_by: str = "") -> str:
    """The calendar file that a text of `to_write` asks for; a file itself stays as it is.

    `sent_by` is the address from which it travels: a house has its own, which is not ours.
    """
    if told.startswith(FILE_BEGINS):
        return told
    asked = json.loads(told)
    events = [Event(**_with_moments(each), sent_by=sent_by) for each in asked["events"]]
    return calendar_bytes(events, name=asked["name"], method=asked["method"]).decode()


def _told(value: Any) -> Any:
    return int(value.timestamp()) if isinstance(value, datetime) else value


def _with_moments(told: dict[str, Any]) -> dict[str, Any]:
    moments = {name: told[name] for name in MOMENTS if told[name] is not None}
    return told | {name: datetime.fromtimestamp(at, UTC) for name, at in moments.items()}
