"""A second reader of calendar files, written from RFC 5545 alone, so that no library marks its own work.

Only the events are read; times in Europe/Amsterdam follow the rules that the file itself carries.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_HEAD = re.compile(r'((?:[^":]|"[^"]*")*):(.*)', re.DOTALL)
_RULE = re.compile(r"FREQ=YEARLY;BYMONTH=(\d+);BYDAY=-1SU")


@dataclass(frozen=True)
class ReadEvent:
    """One event: its properties as text, and its ends as moments."""

    properties: dict[str, str]
    starts_at: datetime
    ends_at: datetime


def read(text: bytes) -> list[ReadEvent]:
    """Read the events of a calendar; anything a strict reader would stumble over fails."""
    lines = _unfolded(text)
    offsets = _yearly_changes(lines)
    events: list[ReadEvent] = []
    inside: dict[str, tuple[str, str]] | None = None
    for line in lines:
        if line == "BEGIN:VEVENT":
            inside = {}
        elif line == "END:VEVENT":
            assert inside is not None
            events.append(_event(inside, offsets))
            inside = None
        elif inside is not None:
            # A parameter between quotes may hold colons.
            head, value = _HEAD.match(line).groups()
            name, _semicolon, parameters = head.partition(";")
            assert re.fullmatch("[A-Z-]+", name), f"no property: {line!r}"
            assert name not in inside, f"twice: {name}"
            inside[name] = (parameters, value)
    return events


def read_name(text: bytes) -> str:
    """The name of a calendar."""
    [name] = [line[5:] for line in _unfolded(text) if line.startswith("NAME:")]
    return _unescaped(name)


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda mark: "\n" if mark[1] in "nN" else mark[1], value)


def _unfolded(text: bytes) -> list[str]:
    assert text.endswith(b"\r\n")
    assert b"\n" not in text.replace(b"\r\n", b""), "a line end without CR"
    assert b"\r" not in text.replace(b"\r\n", b""), "a CR without a line end"
    assert all(len(line) <= 75 for line in text.split(b"\r\n")), "a line longer than 75 octets"
    return text.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def _event(found: dict[str, tuple[str, str]], offsets: dict[str, int]) -> ReadEvent:
    words = {name: _unescaped(value) for name, (_parameters, value) in found.items()}
    start, end = (_moment(*found[name], offsets) for name in ("DTSTART", "DTEND"))
    return ReadEvent(words, start, end)


def _yearly_changes(lines: list[str]) -> dict[str, int]:
    """The month in which summer and winter begin, from the file's own rules."""
    months: dict[str, int] = {}
    kind = ""
    for line in lines:
        if line in ("BEGIN:DAYLIGHT", "BEGIN:STANDARD"):
            kind = line.partition(":")[2]
        elif line.startswith("RRULE:") and (rule := _RULE.fullmatch(line[6:])):
            months[kind] = int(rule[1])
    return months


def _moment(parameters: str, value: str, months: dict[str, int]) -> datetime:
    if value.endswith("Z"):
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert parameters == "TZID=Europe/Amsterdam", parameters
    shown = datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    summer = _last_sunday(shown.year, months["DAYLIGHT"]).replace(hour=2)
    winter = _last_sunday(shown.year, months["STANDARD"]).replace(hour=3)
    assert not summer <= shown < summer + timedelta(hours=1), "the missing hour"
    assert not winter - timedelta(hours=1) <= shown < winter, "the repeated hour"
    return shown - timedelta(hours=2 if summer <= shown < winter else 1)


def _last_sunday(year: int, month: int) -> datetime:
    day = datetime(year, month, 31, tzinfo=UTC)
    return day - timedelta(days=(day.weekday() + 1) % 7)
