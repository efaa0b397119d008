"""Which zone a name in a calendar means: of the world's list, of Windows, or one the file explains."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from buurthuis.imports.readers.content import Component
from buurthuis.imports.readers.explained_zones import ExplainedZone, explained
from buurthuis.imports.readers.rows import Doubt, Why

UTC_ZONE: Final = ZoneInfo("UTC")
LONGEST_NAME: Final = 100
UTC_NAMES: Final = frozenset({"utc", "gmt", "z", "etc/utc", "etc/gmt", "greenwich mean time"})
_OFFSET = re.compile(r"\(?(?:UTC|GMT)\s?([+-])(\d{1,2})(?::?(\d{2}))?\)?", re.ASCII)
_WORDS = re.compile(r"[A-Za-z]{4,}(?:[ _][A-Z][a-z]+)*")


@dataclass(slots=True)
class Zones:
    """The zones of one calendar; a time without one is read on the clock of the calendar or house."""

    house: ZoneInfo
    explained: dict[str, ExplainedZone] = field(default_factory=dict)
    own: tzinfo | None = None
    """The zone that the calendar gives to all its floating times."""

    def named(self, name: str) -> tuple[tzinfo, Doubt | None]:
        """The zone of this name, with a doubt when it is not sure."""
        if (sure := zone_named(name)) is not None:
            return sure, None
        if name in self.explained:
            return self.explained[name], None
        read = zone_like(name)
        if read is not None:
            return read, Doubt.of(Why.GUESSED_ZONE, zone=name[:LONGEST_NAME], read_as=str(read))
        return self.house, Doubt.of(
            Why.UNKNOWN_ZONE, zone=name[:LONGEST_NAME], read_as=self.house.key
        )

    def floating(self) -> tuple[tzinfo, Doubt | None]:
        """The zone of a time that names none."""
        if self.own is not None:
            return self.own, None
        return self.house, Doubt.of(Why.FLOATING, zone=self.house.key)


def zone_of_house(key: str) -> ZoneInfo:
    """The zone of a house, by its name in the list of the world."""
    return ZoneInfo(key)


def zones_of(calendar: Component, house: ZoneInfo) -> Zones:
    """The zones that a calendar explains, and the one it calls its own."""
    zones = Zones(house)
    for component in calendar.inner:
        name = component.text("TZID").strip()
        if component.name != "VTIMEZONE" or is_of_the_world(name):
            continue
        if (read := explained(component)) is not None:
            zones.explained[name] = read
        else:
            component.is_odd = True
    zones.own = zone_named(calendar.text("X-WR-TIMEZONE"))
    return zones


def is_of_the_world(name: str) -> bool:
    """Whether everybody who reads calendars knows this name, so that no file needs to explain it."""
    return name in _names().values()


@cache
def breaks_others(name: str) -> bool:
    """Whether a library would stumble over this name, such as that of a folder of zones."""
    try:
        ZoneInfo(name)
    except (ValueError, LookupError):
        return False
    except OSError:
        return True
    return False


@cache
def zone_named(name: str) -> tzinfo | None:
    """The zone of a name in the list of the world or of Windows, also behind the name of a maker."""
    plain = name.strip().strip('"').strip("/")
    if not plain or len(plain) > LONGEST_NAME:
        return None
    if plain.lower() in UTC_NAMES or plain.lower().endswith("/utc"):
        return UTC_ZONE
    if plain in WINDOWS_TO_OLSON:
        return ZoneInfo(WINDOWS_TO_OLSON[plain])
    parts = plain.split("/")
    # "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin" ends with the name.
    for start in range(len(parts)):
        rest = "/".join(parts[start:]).lower()
        if rest in _names() and (start == 0 or "/" in rest):
            return ZoneInfo(_names()[rest])
    return None


@cache
def zone_like(name: str) -> tzinfo | None:
    """The zone that a name of no list most looks like: a city in it, or so many hours from UTC."""
    short = name[:LONGEST_NAME]
    joined = re.sub(r"[-_]", "/", short, count=1).replace("-", "_").lower().strip("/")
    if joined in _names():
        return ZoneInfo(_names()[joined])
    for city in _WORDS.findall(short):
        if (key := _cities().get(city.replace(" ", "_").lower())) is not None:
            return ZoneInfo(key)
    if (offset := _OFFSET.search(short)) is None:
        return None
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    if minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes))


def in_zone(wall: datetime, zone: tzinfo) -> datetime:
    """The moment at which the clocks of the zone show this; the first of two, unless `fold` says so."""
    return wall.replace(tzinfo=zone)


def clock_doubt(wall: datetime, zone: tzinfo) -> Doubt | None:
    """A doubt when the clocks of the zone never show this, or twice."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if first is None or second is None or first == second:
        return None
    why = Why.MISSING_HOUR if first < second else Why.COMES_TWICE
    return Doubt.of(why, clock=f"{wall:%Y-%m-%d %H:%M}")


@cache
def _names() -> dict[str, str]:
    return {key.lower(): key for key in available_timezones()}


@cache
def _cities() -> dict[str, str]:
    """Each city of the list once; places that only share a name with a city abroad stay out."""
    found: dict[str, str] = {}
    for key in sorted(available_timezones(), key=_rank):
        if key.count("/") >= 1 and not key.startswith(("Etc/", "SystemV/", "posix/", "right/")):
            found.setdefault(key.rpartition("/")[2].lower(), key)
    return found


def _rank(key: str) -> tuple[bool, str]:
    return not key.startswith("Europe/"), key
