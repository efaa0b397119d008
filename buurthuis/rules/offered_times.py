"""When somebody can do a shift: the times of their week, and the days on which the week does not hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from buurthuis.rules.calendar import day_of, moment_forgiving
from buurthuis.rules.periods import Period, merge


@dataclass(frozen=True, slots=True)
class Times:
    """Times that somebody gave, in clock minutes of `weekday` (0 is Monday); past 1440 is the night."""

    weekday: int
    starts: int
    ends: int
    is_liked: bool = False


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Days on which the week does not hold: away without `span`, and with it there at those minutes."""

    first: date
    last: date
    span: tuple[int, int] | None = None

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Offered:
    """When somebody can: each week, and on days of their own."""

    weekly: tuple[Times, ...] = ()
    otherwise: tuple[Otherwise, ...] = ()

    @property
    def has_said_when(self) -> bool:
        """Whether they gave any times at all; without them, nothing is offered."""
        return bool(self.weekly) or any(each.span for each in self.otherwise)

    def covers(self, period: Period) -> bool:
        """Whether the whole period lies in times that they gave."""
        return _lies_in(period, self._windows(period, is_liked=False))

    def comes_gladly(self, period: Period) -> bool:
        """Whether the whole period lies in times at which they come gladly."""
        return _lies_in(period, self._windows(period, is_liked=True))

    def is_away(self, day: date) -> bool:
        """Whether they are away on a day.

        Of two entries for a day the shorter one says how it is; of two as long, being away does.
        """
        valid = self._entries(day)
        return bool(valid) and valid[0].span is None

    def is_away_in(self, period: Period) -> bool:
        """Whether one of the days of a period is a day on which they are away."""
        last = day_of(period.end - timedelta(seconds=1))
        return self.is_away(day_of(period.start)) or self.is_away(last)

    def _entries(self, day: date) -> list[Otherwise]:
        """What they said about this day in particular, that which counts first."""
        found = [each for each in self.otherwise if each.first <= day <= each.last]
        return sorted(found, key=lambda each: (each.days, each.span is not None))

    def _windows(self, period: Period, *, is_liked: bool) -> Iterator[Period]:
        """The times around a period, from the night before on."""
        day = day_of(period.start) - timedelta(days=1)
        while day <= day_of(period.end):
            for starts, ends in self._minutes_on(day, is_liked=is_liked):
                start, end = moment_forgiving(day, starts), moment_forgiving(day, ends)
                if start < end:  # The clock may skip all of it.
                    yield Period(start, end)
            day += timedelta(days=1)

    def _minutes_on(self, day: date, *, is_liked: bool) -> list[tuple[int, int]]:
        valid = self._entries(day)
        if valid:
            as_long = [each for each in valid if each.days == valid[0].days]
            spans = [] if valid[0].span is None else [each.span for each in as_long if each.span]
            return [] if is_liked else spans
        of_day = [each for each in self.weekly if each.weekday == day.weekday()]
        return [(each.starts, each.ends) for each in of_day if each.is_liked or not is_liked]


NO_TIMES: Final = Offered()


def _lies_in(period: Period, windows: Iterable[Period]) -> bool:
    return any(window.contains(period) for window in merge(windows))
