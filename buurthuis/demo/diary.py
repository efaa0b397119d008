"""Who has which space when, kept in memory while the demo is being planned."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from buurthuis.occupancy.models import LONGEST_SECONDS
from buurthuis.rules.periods import Period

LONGEST = timedelta(seconds=LONGEST_SECONDS, days=1)
"""No use that began longer ago can still be in the way, its buffers included."""


class Use(NamedTuple):
    """A use of a space: the time itself, and with its buffers; no owner gives way to nobody."""

    start: datetime
    end: datetime
    wants_from: datetime
    wants_to: datetime
    owner: int | None


def use(core: Period, wanted: Period, owner: int | None) -> Use:
    """A use out of its two periods."""
    return Use(core.start, core.end, wanted.start, wanted.end, owner)


class Diary:
    """The uses of each space, in the order in which they begin."""

    def __init__(self) -> None:
        self._uses: dict[int, list[Use]] = defaultdict(list)

    def fits(self, spaces: Collection[int], new: Use) -> bool:
        """Whether nobody stands in the way; one's own neighbours share the buffers (rules/overlap.py)."""
        return not any(self._clashes(self._uses[space], new) for space in spaces)

    def write(self, spaces: Collection[int], new: Use) -> None:
        """Take the spaces."""
        for space in spaces:
            insort(self._uses[space], new, key=_start)

    @staticmethod
    def _clashes(uses: list[Use], new: Use) -> bool:
        first = bisect_left(uses, new.wants_from - LONGEST, key=_start)
        for index in range(first, len(uses)):
            other = uses[index]
            if other.start >= new.wants_to + LONGEST:
                return False
            if other.owner is not None and other.owner == new.owner:
                if other.start < new.end and new.start < other.end:
                    return True
            elif other.wants_from < new.wants_to and new.wants_from < other.wants_to:
                return True
        return False


def _start(use: Use) -> datetime:
    return use.start
