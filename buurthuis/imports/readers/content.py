"""The lines of a calendar file as RFC 5545 folds and nests them, however badly they were written."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from buurthuis.imports.readers.rows import LeftOut, Unreadable, Why

MOST_BYTES: Final = 10_000_000
MOST_LINES: Final = 400_000
MOST_EVENTS: Final = 10_000
DEEPEST: Final = 8
UNCOUNTED: Final = frozenset({"VCALENDAR", "VTIMEZONE", "VALARM"})
SERIES: Final = ("RRULE", "RDATE", "EXDATE")
KEPT: Final = frozenset({"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"})
TELLING: Final = {
    "VCALENDAR": ("X-WR-TIMEZONE",),
    "VTIMEZONE": ("TZID",),
    "VEVENT": ("UID", "SEQUENCE", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", *SERIES),
}
"""What says when an event is, in each component."""
TELLING_OF_ZONES: Final = ("DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO")

_FOLD = re.compile(rb"\n[ \t]")
_NAME = re.compile(r"[A-Za-z0-9-]+", re.ASCII)
_COMPONENT = re.compile(r"[A-Z0-9-]{1,40}", re.ASCII)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^;:"]|:(?=//))*)', re.ASCII)
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(slots=True)
class Line:
    """One property: its name and parameters in capitals, its value as it stands."""

    name: str
    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """What stands between a BEGIN and its END; only components that tell of events are kept."""

    name: str
    number: int = 0
    """Of an event: the how manieth of the file, from 1."""
    lines: list[Line] = field(default_factory=list)
    inner: list["Component"] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)
    """Lines that could not be read."""
    is_odd: bool = False
    """Whether following it would ask too much: nobody else should try."""

    def line(self, name: str) -> Line | None:
        """The first property of this name."""
        return next((line for line in self.lines if line.name == name), None)

    def all(self, name: str) -> list[Line]:
        """Every property of this name."""
        return [line for line in self.lines if line.name == name]

    def text(self, name: str) -> str:
        """The first property of this name as text, "" without one."""
        line = self.line(name)
        return unescaped(line.value) if line is not None else ""


@dataclass(slots=True)
class Content:
    """A whole file: its calendars, and what could not be read of it."""

    calendars: list[Component] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    longest: int = 0
    """How many characters the longest line has."""


def content_of(given: bytes) -> Content:
    """Read the bytes of a calendar file; a line that makes no sense costs only itself.

    Raises:
        Unreadable: it is no calendar, or there is too much of it.
    """
    if len(given) > MOST_BYTES:
        raise Unreadable("too-large", most=MOST_BYTES // 1_000_000)
    reader = _Reader()
    for text in _lines_of(given):
        reader.take(text)
    return reader.closed()


def unescaped(value: str) -> str:
    """What a TEXT value says."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def listed(value: str) -> list[str]:
    """The texts of a list; a comma behind a backslash is part of its text."""
    return [unescaped(each) for each in re.split(r"(?<!\\),", value)]


def written(content: Content, *, leave: Container[int]) -> str:
    """When everything is, once more: without what could not be read and the events of `leave`."""
    lines = (line for each in content.calendars for line in _written(each, leave))
    return "".join(f"{line}\r\n" for line in lines)


def _written(component: Component, leave: Container[int]) -> Iterator[str]:
    if component.is_odd or (component.name == "VEVENT" and component.number in leave):
        return
    yield f"BEGIN:{component.name}"
    for line in component.lines:
        if line.name in TELLING.get(component.name, TELLING_OF_ZONES):
            told = "".join(f';{name}="{value}"' for name, value in line.parameters.items())
            yield f"{line.name}{told}:{line.value}"
    for inner in component.inner:
        yield from _written(inner, leave)
    yield f"END:{component.name}"


def _lines_of(given: bytes) -> Iterator[str]:
    """The unfolded lines; each is UTF-8, or what old Windows programs wrote."""
    if given.startswith((b"\xff\xfe", b"\xfe\xff")):
        given = given.decode("utf-16", "replace").encode()
    plain = given.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    plain = plain.replace(b"\r", b" " if b"\n" in plain else b"\n").replace(b"\0", b"")
    # Bytes are unfolded before they are letters: a fold may stand in the middle of one.
    lines = _FOLD.sub(b"", plain).split(b"\n")
    if len(lines) > MOST_LINES:
        raise Unreadable("too-many-lines", most=MOST_LINES)
    for line in lines:
        if line.strip():
            yield _as_text(line)


def _as_text(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


class _Reader:
    """Takes line after line and builds the tree of components."""

    def __init__(self) -> None:
        self._read = Content()
        self._open: list[Component] = []
        self._others: dict[str, int] = {}
        self._events = 0

    def take(self, text: str) -> None:
        """One line more."""
        self._read.longest = max(self._read.longest, len(text))
        line = _line(text)
        if line is None:
            if self._open:
                self._open[-1].damage.append(text[:80])
        elif line.name == "BEGIN":
            self._begin(line.value.strip().upper())
        elif line.name == "END":
            self._end(line.value.strip().upper())
        elif self._open and self._open[-1].name in KEPT:
            self._open[-1].lines.append(line)

    def closed(self) -> Content:
        """All that was read, when the file has ended."""
        if not self._read.calendars:
            raise Unreadable("not-a-calendar")
        if self._open:
            self._read.left_out.append(LeftOut.of(0, Why.CUT_SHORT))
            _drop_unfinished(self._open)
        for kind, count in sorted(self._others.items()):
            self._read.left_out.append(LeftOut.of(0, Why.NOT_AN_EVENT, kind=kind, count=count))
        return self._read

    def _begin(self, name: str) -> None:
        if not _COMPONENT.fullmatch(name):
            return
        if name == "VEVENT":
            self._leave_what_does_not_hold_events()
        if len(self._open) == DEEPEST:
            raise Unreadable("too-deep", most=DEEPEST)
        component = Component(name)
        if name == "VCALENDAR":
            self._open.clear()
            self._read.calendars.append(component)
        elif self._open:
            self._place(component)
        else:
            return
        self._open.append(component)

    def _place(self, component: Component) -> None:
        if component.name == "VEVENT":
            self._events += 1
            if self._events > MOST_EVENTS:
                raise Unreadable("too-many-events", most=MOST_EVENTS)
            component.number = self._events
        elif component.name.startswith("V") and component.name not in UNCOUNTED:
            self._others[component.name] = self._others.get(component.name, 0) + 1
        if component.name in KEPT:
            self._open[-1].inner.append(component)

    def _leave_what_does_not_hold_events(self) -> None:
        """An event inside something else than a calendar: that one was never closed."""
        while len(self._open) > 1:
            unclosed = self._open.pop()
            unclosed.damage.append(f"END:{unclosed.name}")

    def _end(self, name: str) -> None:
        if name not in {component.name for component in self._open}:
            return
        while self._open.pop().name != name:
            pass


def _drop_unfinished(opened: list[Component]) -> None:
    """Leave out the event in the middle of which the file ends: its end may have said more."""
    for outer, inner in pairwise(opened):
        if inner.name == "VEVENT" and inner in outer.inner:
            outer.inner.remove(inner)


def _line(text: str) -> Line | None:
    """A property, or None when the line is none."""
    named = _NAME.match(text)
    if named is None:
        return None
    at, parameters = named.end(), {}
    while (found := _PARAMETER.match(text, at)) is not None:
        parameters[found[1].upper()] = found[2].strip('"')
        at = found.end()
    if not text.startswith(":", at):
        at = text.find(":", at)
        if at < 0:
            return None
    return Line(named[0].upper(), parameters, text[at + 1 :])
