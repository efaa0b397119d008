"""The facts of a house as a diary: plain numbers, a page for each day."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from buurthuis.rules.figures.facts import Facts, Fate, Part, SpaceFrame, Use, Watch, Work
from buurthuis.rules.figures.minutes import Day, Stretch, cut, merged, number_of, stretch, the_day
from buurthuis.rules.money import half_up

OfADay = TypeVar("OfADay", Part, Work, Watch)


class Spell(NamedTuple):
    """One booking in minutes. In order, the one that begins first comes first, then the lower id."""

    start: int
    id: int
    end: int
    wide_start: int
    wide_end: int
    use: Use


@dataclass(frozen=True, slots=True)
class SpacePage:
    """When a space can be booked on a day, and its area in hundredths of a square metre."""

    id: int
    windows: list[Stretch]
    area: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """One day of one house. Windows and parts end with the day; bookings may go beyond it."""

    venue: int
    day: Day
    spaces: list[SpacePage]
    windows: list[Stretch]
    parts: list[Stretch]
    spells: list[Spell]
    work: list[Work]
    watches: list[Watch]

    def of_fate(self, fates: Collection[Fate]) -> list[Spell]:
        """The bookings that ended so, in order."""
        return [each for each in self.spells if each.use.fate in fates]


class Diary:
    """The facts of a house, turned into numbers once for all days that are asked."""

    def __init__(self, facts: Facts) -> None:
        frame = facts.frame
        self._venue = frame.venue
        self._parts = _by_day(frame.parts)
        self._work = _by_day(facts.work)
        self._watches = _by_day(facts.watches)
        self._spaces = [(each, _in_order(each), _hundredths(each)) for each in frame.spaces]
        self._windows = merged(map(stretch, frame.windows))
        spells = sorted(map(_spell, facts.uses))
        # What may touch a day began at most the longest booking before it.
        spells.sort(key=lambda each: each.wide_start)
        self._spells = spells
        self._begins = [each.wide_start for each in spells]
        self._longest = max((each.wide_end - each.wide_start for each in spells), default=0)

    def on(self, day: date) -> Page:
        """The page of a day."""
        known = the_day(day)
        start, end = known.start, known.end
        return Page(
            venue=self._venue,
            day=known,
            spaces=[
                SpacePage(space.id, _between(windows, start, end), area)
                for space, windows, area in self._spaces
            ],
            windows=_between(self._windows, start, end),
            parts=cut((stretch(each.period) for each in self._parts.get(day, ())), start, end),
            spells=self._touching(start, end),
            work=self._work.get(day, []),
            watches=self._watches.get(day, []),
        )

    def _touching(self, start: int, end: int) -> list[Spell]:
        first = bisect_right(self._begins, start - self._longest)
        last = bisect_right(self._begins, end - 1)
        return sorted(each for each in self._spells[first:last] if each.wide_end > start)


def by_space(spells: Iterable[Spell]) -> dict[int, list[Spell]]:
    """Bookings by each space that they take, in the same order."""
    found: dict[int, list[Spell]] = {}
    for each in spells:
        for space in each.use.spaces:
            found.setdefault(space, []).append(each)
    return found


def shared_out(
    spells: Iterable[Spell], windows: Sequence[Stretch]
) -> list[tuple[Spell, list[Stretch]]]:
    """Which minutes of some windows are whose: a minute that two bookings have is of the first.

    As bookings come in order, what was given out always ends at one minute: nothing before it is free.
    """
    found, given_until = [], 0
    for each in spells:
        start = max(each.start, given_until)
        if start < each.end:
            given_until = each.end
            found.append((each, cut(windows, start, each.end)))
    return found


def _between(stretches: Sequence[Stretch], start: int, end: int) -> list[Stretch]:
    """What of a long list lies between two minutes: it is not gone through from its beginning for each day."""
    first = bisect_right(stretches, start, key=lambda each: each[1])
    last = bisect_left(stretches, end, key=lambda each: each[0])
    return cut(stretches[first:last], start, end)


def _by_day(several: Iterable[OfADay]) -> dict[date, list[OfADay]]:
    found: dict[date, list[OfADay]] = {}
    for each in several:
        found.setdefault(each.day, []).append(each)
    return found


def _spell(use: Use) -> Spell:
    start, end = number_of(use.period.start), number_of(use.period.end)
    return Spell(start, use.id, end, start - use.before_minutes, end + use.after_minutes, use)


def _in_order(space: SpaceFrame) -> list[Stretch]:
    return merged(map(stretch, space.windows))


def _hundredths(space: SpaceFrame) -> int | None:
    return None if space.area is None else half_up(space.area * 100)
