"""What is held of some spaces, laid out in time: read once, asked for many periods, and added to."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import count

from buurthuis.occupancy.queries import LONGEST, Held
from buurthuis.rules.periods import Period

_Begins = tuple[datetime, int, Held]
"""A claim behind its start and a number of its own, so that plain order is the order of time."""


class Timeline:
    """The claims of each space in the order in which they begin."""

    def __init__(self, claims: Iterable[Held]) -> None:
        self._by_space: dict[int, list[_Begins]] = defaultdict(list)
        self._numbers = count()
        for claim in claims:
            self.add(claim)

    def around(self, spaces: Sequence[int], period: Period) -> list[Held]:
        """What is held of these spaces within a period."""
        found: list[Held] = []
        for space in spaces:
            claims = self._by_space[space]
            first = bisect_left(claims, (period.start - LONGEST,))
            last = bisect_left(claims, (period.end,))
            found.extend(
                claim for _, _, claim in claims[first:last] if claim.period.end > period.start
            )
        return found

    def add(self, claim: Held) -> None:
        """From now on this is held as well."""
        insort(self._by_space[claim.space_id], (claim.period.start, next(self._numbers), claim))
