"""Times as a calendar writes them: a day, or what a clock in some zone shows, and how long it lasts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from buurthuis.imports.readers.content import Line
from buurthuis.imports.readers.rows import Doubt
from buurthuis.imports.readers.zones import UTC_ZONE, Zones, clock_doubt, in_zone

YEARS: Final = range(1600, 2200)
LONGEST_DAYS: Final = 3_660

_WALL = re.compile(r"(\d{8})(?:T(\d{6})(Z)?)?", re.ASCII)
_LENGTH = re.compile(
    r"([+-])?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?",
    re.ASCII,
)


class NoTime(ValueError):
    """The text names no time."""


@dataclass(frozen=True, slots=True)
class Time:
    """What a clock shows, and where that clock hangs; a day has the first minute of its day."""

    wall: datetime
    zone: tzinfo | None
    """None for a day: it is a whole day wherever one is."""
    doubt: Doubt | None = None

    @property
    def is_day(self) -> bool:
        """Whether this is a whole day."""
        return self.zone is None

    def moment(self, house: tzinfo) -> datetime:
        """The moment in UTC; a day begins on the clock of the house."""
        return in_zone(self.wall, self.zone or house).astimezone(UTC)

    def doubts(self) -> Iterator[Doubt]:
        """What is not sure about it."""
        if self.doubt is not None:
            yield self.doubt
        if self.zone is not None and (unclear := clock_doubt(self.wall, self.zone)) is not None:
            yield unclear

    def at(self, wall: datetime) -> "Time":
        """Another time on the same clock."""
        return Time(wall, self.zone, self.doubt)


@dataclass(frozen=True, slots=True)
class Length:
    """How long something lasts: days and hours as the clock counts, and time as a stopwatch does.

    The two differ in the nights in which the clocks change.
    """

    on_the_clock: timedelta = timedelta(0)
    on_a_stopwatch: timedelta = timedelta(0)

    @property
    def about(self) -> timedelta:
        """How long it lasts when no clock changes."""
        return self.on_the_clock + self.on_a_stopwatch

    def after(self, start: Time) -> Time:
        """When it ends that starts then."""
        later = start.at(start.wall + self.on_the_clock)
        if not self.on_a_stopwatch:
            return later
        if start.zone is None:
            return later.at(later.wall + self.on_a_stopwatch)
        ends = in_zone(later.wall, start.zone).astimezone(UTC) + self.on_a_stopwatch
        shown = ends.astimezone(start.zone)
        return Time(shown.replace(tzinfo=None), start.zone, start.doubt)


def times_in(line: Line, zones: Zones) -> list[Time]:
    """The times of a property with one or more.

    Raises:
        NoTime: one of them is none.
    """
    return [time_of(each, line, zones) for each in line.value.split(",") if each.strip()]


def time_of(text: str, line: Line, zones: Zones) -> Time:
    """The time that a text means, in the zone of its property.

    Raises:
        NoTime: it is none, or of no year a house knows.
    """
    found = _WALL.fullmatch(text.strip().upper())
    if found is None:
        raise NoTime(text)
    day, clock, in_utc = found.groups()
    wall = _wall(day, clock or "000000")
    if clock is None:
        return Time(wall, None)
    if in_utc:
        return Time(wall, UTC_ZONE)
    name = line.parameters.get("TZID")
    zone, doubt = zones.floating() if name is None else zones.named(name)
    return Time(wall, zone, doubt)


def length_of(text: str) -> Length:
    """The length that a DURATION means.

    Raises:
        NoTime: it is none, or longer than anything a house knows.
    """
    found = _LENGTH.fullmatch(text.strip().upper())
    if found is None or not any(found.groups()[1:]):
        raise NoTime(text)
    sign = -1 if found[1] == "-" else 1
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    rest = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if days + weeks * 7 > LONGEST_DAYS or rest.days > LONGEST_DAYS:
        raise NoTime(text)
    return Length(sign * timedelta(days=days + weeks * 7), sign * rest)


def _wall(day: str, clock: str) -> datetime:
    # Some programs end a day at 24:00, and a clock may have a sixtieth second.
    is_midnight, clock = clock == "240000", "000000" if clock == "240000" else clock
    clock = f"{clock[:4]}59" if clock[4:] == "60" else clock
    try:
        wall = datetime.strptime(day + clock, "%Y%m%d%H%M%S")  # noqa: DTZ007
    except ValueError:
        raise NoTime(day + clock) from None
    if wall.year not in YEARS:
        raise NoTime(day)
    return wall + timedelta(days=1) if is_midnight else wall
