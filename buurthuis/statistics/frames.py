"""The frame of a house: its spaces, hours, day parts and closures, read as they are, for any day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any, Final

from buurthuis.rules import opening
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.figures.facts import Frame, Part, SpaceFrame
from buurthuis.rules.figures.sheet_file import FORM
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.money import half_up
from buurthuis.rules.periods import Period, subtract
from buurthuis.venues.hours import dutch_holidays

A_DAY: Final = timedelta(days=1)

Hours = tuple[opening.Hours, ...]


@dataclass(frozen=True, slots=True)
class Space:
    """One physical space, and the days on which it was there; None is without limit."""

    id: int
    area: Fraction | None
    from_day: date | None
    until_day: date | None

    def is_there(self, span: Span) -> bool:
        """Whether it was there on one of the days at least."""
        has_come = self.from_day is None or self.from_day < span.after
        return has_come and (self.until_day is None or self.until_day > span.first)


@dataclass(frozen=True, slots=True)
class Shut:
    """A closure: of these spaces, or of the whole house where none are named."""

    period: Period
    spaces: frozenset[int] | None


@dataclass(frozen=True)
class House:
    """Everything about one house that decides what its figures are, but for its bookings and duties."""

    id: int
    is_closed_on_holidays: bool
    habits: tuple[Any, ...]
    """How its sessions and shifts are derived; only ever compared."""
    spaces: tuple[Space, ...]
    spaces_of: dict[int, frozenset[int]]
    """The physical spaces of each room."""
    capacities: dict[int, int]
    booked_from: dict[int, date]
    """The day on which each room was first booked, if it ever was."""
    hours: dict[int | None, Hours]
    """By room; None is the house itself."""
    day_parts: tuple[opening.DayPart, ...]
    closures: tuple[Shut, ...] = field(default=())
    entries: tuple[tuple[int, date, date | None], ...] = ()
    """Groups that open the house themselves, from and until when."""

    def frame(self, days: Iterable[date]) -> Frame:
        """The house on some days."""
        windows: dict[int, list[Period]] = {}
        house: list[Period] = []
        parts: list[Part] = []
        for day in days:
            only = Span(day, day + A_DAY)
            shut = self._shut(only)
            house += _on(day, _without(self._open(None, day), shut, None))
            for space in self.spaces:
                if space.is_there(only):
                    opened = _without(self._open(space.id, day), shut, space.id)
                    windows.setdefault(space.id, []).extend(_on(day, opened))
            parts += [
                Part(day, each.name, opening.day_part_period(each, day)) for each in self.day_parts
            ]
        areas = {space.id: space.area for space in self.spaces}
        spaces = [SpaceFrame(key, self.id, tuple(own), areas[key]) for key, own in windows.items()]
        return Frame(self.id, tuple(spaces), tuple(house), tuple(parts))

    def area(self, space: int) -> int:
        """The area of a space in hundredths of a square metre, 0 where nobody said."""
        known = next((each.area for each in self.spaces if each.id == space), None)
        return 0 if known is None else half_up(known * 100)

    def digest(self, span: Span) -> str:
        """A mark that is another one when something changed that these days are made of.

        A room that came later, and that nobody had booked by then, says nothing of them.
        """
        there = [each for each in self.spaces if each.is_there(span)]
        told = (
            FORM,
            self._always,
            [
                (each.id, each.area, _clip(each.from_day, span), _clip(each.until_day, span))
                for each in there
            ],
            [
                (room, self.capacities[room], sorted(self.spaces_of[room]))
                for room, day in self.booked_from.items()
                if day <= span.after
            ],
            self._hours_told(span, {None, *(each.id for each in there)}),
            [
                (each.period.start, each.period.end, each.spaces and sorted(each.spaces))
                for each in self._shut(span)
            ],
            [
                (group, _clip(begins, span), _clip(ends, span))
                for group, begins, ends in self.entries
                if begins < span.after and (ends is None or ends >= span.first - A_DAY)
            ],
        )
        return sha256(repr(told).encode()).hexdigest()[:32]

    def _hours_told(self, span: Span, rooms: Collection[int | None]) -> list[tuple[Any, ...]]:
        return [
            (room, each.weekday, each.opens, each.closes, *_held(each, span))
            for room, several in self.hours.items()
            if room in rooms
            for each in several
            if _may_hold(each, span)
        ]

    @cached_property
    def _always(self) -> str:
        parts = [(part.name, part.starts, part.ends) for part in self.day_parts]
        return repr((self.is_closed_on_holidays, self.habits, parts))

    def _shut(self, span: Span) -> list[Shut]:
        """The closures that have to do with these days and the night around them."""
        begins, ends = day_period(span.first).start - A_DAY, day_period(span.last).end + A_DAY
        return [
            each for each in self.closures if each.period.start < ends and each.period.end > begins
        ]

    def _open(self, space: int | None, day: date) -> tuple[Period, ...]:
        """When a space can be booked on a day, closures left out; None is the building."""
        own = () if space is None else self.hours.get(space, ())
        shut = dutch_holidays(day - A_DAY, day) if self.is_closed_on_holidays else ()
        return _opened(self.hours.get(None, ()), own, day, frozenset(shut))


@lru_cache(maxsize=16384)
def _opened(house: Hours, room: Hours, day: date, holidays: frozenset[date]) -> tuple[Period, ...]:
    return tuple(opening.bookable(house, room, (), day, day, holidays))


def _without(
    windows: tuple[Period, ...], closures: Sequence[Shut], space: int | None
) -> tuple[Period, ...]:
    """What closures leave: of a space, or of the building, which only closes as a whole."""
    holes = [
        each.period
        for each in closures
        if each.spaces is None or (space is not None and space in each.spaces)
    ]
    return tuple(subtract(windows, holes)) if holes else windows


def _on(day: date, windows: Iterable[Period]) -> list[Period]:
    """What lies on the day itself: the night after it is counted on the next, if the space is there then."""
    found = (window.intersection(day_period(day)) for window in windows)
    return [each for each in found if each is not None]


def _may_hold(hours: opening.Hours, span: Span) -> bool:
    begun = hours.valid_from is None or hours.valid_from < span.after
    return begun and (hours.valid_to is None or hours.valid_to >= span.first - A_DAY)


def _held(hours: opening.Hours, span: Span) -> tuple[date | None, date | None]:
    return _clip(hours.valid_from, span), _clip(hours.valid_to, span)


def _clip(day: date | None, span: Span) -> date | None:
    """A bound that lies outside the days, and the day before them, is none for them."""
    return day if day is not None and span.first - A_DAY <= day < span.after else None


def touched_by(period: Period) -> list[date]:
    """The days on the clock that a period touches."""
    first, last = day_of(period.start), day_of(period.end - timedelta(seconds=1))
    return [first + ahead * A_DAY for ahead in range((last - first).days + 1)]
