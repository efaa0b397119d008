"""The events of a calendar one by one: when each is, how it repeats, and what is not sure about it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from typing import Final

from buurthuis.imports.readers.content import Component, Line
from buurthuis.imports.readers.repeating import NoSuchRule, Repetition, RuleTooLarge, repetition_of
from buurthuis.imports.readers.rows import Doubt, LeftOut, Why
from buurthuis.imports.readers.times import Length, NoTime, Time, length_of, time_of, times_in
from buurthuis.imports.readers.zones import Zones, breaks_others

MOST_DATES: Final = 5_000
MOST_RULES: Final = 4
LONGEST_SHOWN: Final = 80
DAY: Final = timedelta(days=1)


@dataclass(slots=True)
class Event:
    """One VEVENT: something that is once, the start of a series, or another turn of one time of it."""

    component: Component
    uid: str
    sequence: int
    changed: str
    """When it was last changed, as the file writes it; later is larger."""
    start: Time
    length: Length
    repeats: list[Repetition] = field(default_factory=list)
    also: list[tuple[Time, Length | None]] = field(default_factory=list)
    """Times that were added, some with a length of their own."""
    without: list[Time] = field(default_factory=list)
    instead_of: Time | None = None
    """The time of the series that this one replaces."""
    and_later: bool = False
    """Whether it replaces all later times as well."""
    is_cancelled: bool = False
    """Whether the file as a whole takes back its events."""
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The how manieth of its file."""
        return self.component.number

    @property
    def is_series(self) -> bool:
        """Whether it is more than once."""
        return bool(self.repeats or self.also)

    def end_of(self, start: Time) -> Time:
        """When it ends if it starts then."""
        return self.length.after(start)


def event_of(component: Component, zones: Zones) -> Event | LeftOut:
    """What a VEVENT says, or why it cannot be read."""
    number = component.number
    names = {line.parameters["TZID"] for line in component.lines if "TZID" in line.parameters}
    component.is_odd = any(map(breaks_others, names))
    line = component.line("DTSTART")
    if line is None:
        return LeftOut.of(number, Why.NO_START)
    try:
        start = time_of(line.value, line, zones)
        event = Event(
            component,
            component.text("UID").strip(),
            _number(component.text("SEQUENCE")),
            component.text("LAST-MODIFIED") or component.text("DTSTAMP"),
            start,
            Length(),
            doubts=list(dict.fromkeys((*start.doubts(), *_damage(component)))),
        )
        _read_length(event, zones)
        _read_series(event, zones)
    except NoTime as error:
        return LeftOut.of(number, Why.NO_SUCH_DAY, text=_shown(error))
    except RuleTooLarge as error:
        return LeftOut.of(number, Why.RULE_TOO_LARGE, rule=_shown(error))
    except NoSuchRule as error:
        return LeftOut.of(number, Why.NO_SUCH_RULE, rule=_shown(error))
    return event


def _damage(component: Component) -> Iterator[Doubt]:
    """Parts of the event that make no sense."""
    for text in component.damage:
        yield Doubt.of(Why.DAMAGED, text=text[:LONGEST_SHOWN])
    for name in ("DTSTART", "DTEND", "DURATION"):
        if len({line.value for line in component.all(name)}) > 1:
            yield Doubt.of(Why.DAMAGED, text=name)
    if any("�" in line.value for line in component.lines):
        yield Doubt.of(Why.LETTERS)


def _read_length(event: Event, zones: Zones) -> None:
    """How long it lasts: from its end, from its DURATION, a whole day, or not at all."""
    line, duration = event.component.line("DTEND"), event.component.line("DURATION")
    if line is not None:
        end = time_of(line.value, line, zones)
        if end.is_day and not event.start.is_day:
            end = event.start.at(end.wall)
        event.doubts.extend(doubt for doubt in end.doubts() if doubt not in event.doubts)
        event.length = _between(event, end)
    elif duration is not None:
        event.length = length_of(duration.value)
    elif event.start.is_day:
        event.length = Length(DAY)
    else:
        event.doubts.append(Doubt.of(Why.NO_END))
    _doubt_length(event)


def _between(event: Event, end: Time) -> Length:
    """From start to end as the clock on the wall counts, so that each evening ends at its time."""
    start = event.start
    if start.is_day:
        # A day that ends when it starts is how some programs write one whole day.
        return Length((end.wall - start.wall).days * DAY or DAY)
    if end.zone is start.zone:
        return Length(end.wall - start.wall)
    return Length(on_a_stopwatch=end.moment(UTC) - start.moment(UTC))


def _doubt_length(event: Event) -> None:
    length = event.length.about
    if length < timedelta(0):
        end = event.start.wall + length
        event.doubts.append(Doubt.of(Why.END_BEFORE_START, end=f"{end:%Y-%m-%d %H:%M}"))
        event.length = Length()
    elif not length and Doubt.of(Why.NO_END) not in event.doubts:
        event.doubts.append(Doubt.of(Why.NO_END))
    elif not event.start.is_day and length > DAY:
        hours = -(-length // timedelta(hours=1))
        event.doubts.append(Doubt.of(Why.LONG, hours=hours))


def _read_series(event: Event, zones: Zones) -> None:
    """How it repeats, or which time of a series it replaces."""
    component = event.component
    replaced = component.line("RECURRENCE-ID")
    if replaced is not None:
        event.instead_of = time_of(replaced.value, replaced, zones)
        event.and_later = replaced.parameters.get("RANGE", "").upper() == "THISANDFUTURE"
        return
    dates = (*component.all("RDATE"), *component.all("EXDATE"))
    if sum(line.value.count(",") + 1 for line in dates) > MOST_DATES:
        raise RuleTooLarge("RDATE")
    event.repeats = [repetition_of(line.value) for line in component.all("RRULE")[: MOST_RULES + 1]]
    for line in component.all("RDATE"):
        event.also.extend(_added(line, zones))
    for line in component.all("EXDATE"):
        event.without.extend(times_in(line, zones))
    if component.line("EXRULE") is not None:
        raise NoSuchRule("EXRULE")
    if len(event.repeats) > MOST_RULES:
        raise RuleTooLarge("RRULE")


def _added(line: Line, zones: Zones) -> Iterator[tuple[Time, Length | None]]:
    """The times of an RDATE; a period says how long that one lasts."""
    for each in line.value.split(","):
        start, _, end = each.strip().partition("/")
        if not start:
            continue
        starts = time_of(start, line, zones)
        if not end:
            yield starts, None
        elif end.upper().startswith("P"):
            yield starts, length_of(end)
        else:
            ends = time_of(end, line, zones)
            yield starts, Length(on_a_stopwatch=ends.moment(UTC) - starts.moment(UTC))


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _shown(error: ValueError) -> str:
    return str(error)[:LONGEST_SHOWN]
