"""Zones that a calendar explains itself: when its clocks change, and by how much."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import islice
from typing import Final

from dateutil.rrule import rrulestr

from buurthuis.imports.readers.content import Component

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2060
MOST_CHANGES: Final = 2_000
_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?", re.ASCII)
_WALL = re.compile(r"(\d{8})(?:T(\d{6}))?Z?", re.ASCII)
_YEARLY = re.compile(
    r"(?:FREQ=YEARLY|FREQ=MONTHLY(?=.*;BYMONTH=\d+(?:;|$)))(?:;[A-Z]+=[A-Z0-9,+-]+)*", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Change:
    """The clocks change: at this moment of the old clock they go from one offset to another."""

    wall: datetime
    before: timedelta
    after: timedelta


class ExplainedZone(tzinfo):
    """A zone by its changes; before the first, its clocks stand as they did before that change."""

    def __init__(self, name: str, changes: list[Change]) -> None:
        self._name = name
        self._changes = changes
        # A clock that is put back shows an hour twice, one that goes on skips one: from the
        # later of both walls on the new offset holds, as the first of two and as RFC 5545 reads
        # a time that is skipped.
        self._walls = [max(change.wall, _new_wall(change)) for change in changes]
        self._early = [min(change.wall, _new_wall(change)) for change in changes]
        self._moments = [change.wall - change.before for change in changes]

    def __str__(self) -> str:
        return self._name

    def utcoffset(self, dt: datetime | None) -> timedelta:
        """What the clocks are ahead of UTC."""
        if dt is None:
            return self._changes[-1].after
        wall = dt.replace(tzinfo=None, fold=0)
        # The second of two equal hours, and a skipped hour read forward, are of the new offset.
        at = bisect_right(self._early if dt.fold else self._walls, wall)
        return self._changes[at - 1].after if at else self._changes[0].before

    def dst(self, dt: datetime | None) -> timedelta:
        """Summer time is part of the offset here."""
        return timedelta(0)

    def tzname(self, dt: datetime | None) -> str:
        """The name in the file."""
        return self._name

    def fromutc(self, dt: datetime) -> datetime:
        """What the clocks show at a moment."""
        moment = dt.replace(tzinfo=None)
        at = bisect_right(self._moments, moment)
        offset = self._changes[at - 1].after if at else self._changes[0].before
        shown = (moment + offset).replace(tzinfo=self)
        return shown if shown.utcoffset() == offset else shown.replace(fold=1)


def explained(component: Component) -> ExplainedZone | None:
    """The zone that a VTIMEZONE explains; None when it cannot be followed."""
    changes: list[Change] = []
    try:
        for part in component.inner:
            changes.extend(_changes_of(part))
    except (ValueError, OverflowError, TypeError, KeyError):
        return None
    if not changes or len(changes) > MOST_CHANGES:
        return None
    changes.sort(key=lambda change: change.wall - change.before)
    return ExplainedZone(component.text("TZID").strip(), changes)


def _changes_of(part: Component) -> list[Change]:
    before, after = _offset(part.text("TZOFFSETFROM")), _offset(part.text("TZOFFSETTO"))
    start = _wall(part.text("DTSTART"))
    walls = {start}
    for line in part.all("RDATE"):
        walls.update(_wall(each) for each in line.value.split(","))
    for line in part.all("RRULE"):
        walls.update(_repeated(line.value.upper(), start, before))
    return [Change(wall, before, after) for wall in walls]


def _repeated(rule: str, start: datetime, before: timedelta) -> list[datetime]:
    """When a yearly rule changes the clocks; any other rule is not followed."""
    if not _YEARLY.fullmatch(rule) or len(rule) > 200 or "INTERVAL=0" in rule:
        raise ValueError(rule)
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    last = datetime(LAST_YEAR, 1, 1)  # noqa: DTZ001 - walls have no zone.
    if (until := parts.pop("UNTIL", None)) is not None:
        last = min(last, _wall(until) + (before if until.endswith("Z") else timedelta(0)))
    most = min(int(parts.pop("COUNT", MOST_CHANGES)), MOST_CHANGES)
    if {"BYHOUR", "BYMINUTE", "BYSECOND"} & set(parts):
        raise ValueError(rule)
    # The zones of Outlook begin in 1601, which is long before anybody kept a calendar with it.
    first = start.replace(year=FIRST_YEAR, day=1) if start.year < FIRST_YEAR else start
    said = ";".join(f"{name}={value}" for name, value in parts.items())
    found = []
    for wall in islice(rrulestr(said, dtstart=first), most):
        if wall > last:
            break
        found.append(wall)
    return found


def _offset(text: str) -> timedelta:
    found = _OFFSET.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    hours, minutes, seconds = int(found[2]), int(found[3]), int(found[4] or 0)
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if size >= timedelta(hours=24):
        raise ValueError(text)
    return -size if found[1] == "-" else size


def _wall(text: str) -> datetime:
    found = _WALL.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return datetime.strptime(found[1] + (found[2] or "000000"), "%Y%m%d%H%M%S")  # noqa: DTZ007


def _new_wall(change: Change) -> datetime:
    return change.wall - change.before + change.after
