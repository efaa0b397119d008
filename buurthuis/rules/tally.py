"""Times that count for a share of something: how much of them lies in a week or a month."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Self

from buurthuis.rules.periods import Period

Seconds = tuple[int, int]
"""From when until when, in whole seconds since 1970."""


class Tally:
    """Times in the order in which they begin; more may come, and count from then on.

    It holds plain seconds: a group may have a whole year, and nearly every day of it is asked about.
    """

    def __init__(self, times: Iterable[Seconds] = ()) -> None:
        in_order = sorted(times)
        self._starts = [start for start, _ in in_order]
        self._ends = [end for _, end in in_order]
        self._longest = max((end - start for start, end in in_order), default=0)

    @classmethod
    def of(cls, periods: Iterable[Period]) -> Self:
        """The tally of these periods."""
        return cls(map(_seconds, periods))

    def __bool__(self) -> bool:
        """Whether there is anything to count."""
        return bool(self._starts)

    def add(self, period: Period) -> None:
        """From now on this counts as well."""
        start, end = _seconds(period)
        at = bisect_left(self._starts, start)
        self._starts.insert(at, start)
        self._ends.insert(at, end)
        self._longest = max(self._longest, end - start)

    def minutes_in(self, counted: Sequence[Period]) -> int:
        """The minutes, as they pass, of what is counted; twice the same counts twice.

        The parts that are counted do not overlap.
        """
        return sum(
            (min(self._ends[each], end) - max(self._starts[each], start)) // 60
            for start, end in map(_seconds, counted)
            for each in self._within(start, end)
        )

    def number_in(self, counted: Sequence[Period]) -> int:
        """How many of them lie, wholly or for a part, in what is counted."""
        return len({each for part in counted for each in self._within(*_seconds(part))})

    def _within(self, start: int, end: int) -> list[int]:
        """Which ones overlap this time."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return [each for each in range(first, last) if self._ends[each] > start]


def _seconds(period: Period) -> Seconds:
    return int(period.start.timestamp()), int(period.end.timestamp())
