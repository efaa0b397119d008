"""What is held of some spaces, laid out in time: read once, asked for many periods, and added to."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from buurthuis.occupancy.queries import LONGEST, Held
from buurthuis.rules.periods import Period


class Timeline:
    """The claims of each space in the order in which they begin."""

    def __init__(self, claims: Iterable[Held]) -> None:
        self._by_space: dict[int, list[Held]] = defaultdict(list)
        for claim in sorted(claims, key=_begins):
            self._by_space[claim.space_id].append(claim)

    def around(self, spaces: Sequence[int], period: Period) -> list[Held]:
        """What is held of these spaces within a period."""
        found: list[Held] = []
        for space in spaces:
            claims = self._by_space[space]
            first = bisect_left(claims, period.start - LONGEST, key=_begins)
            last = bisect_left(claims, period.end, key=_begins)
            found.extend(each for each in claims[first:last] if each.period.end > period.start)
        return found

    def add(self, claim: Held) -> None:
        """From now on this is held as well."""
        insort(self._by_space[claim.space_id], claim, key=_begins)


def _begins(claim: Held) -> datetime:
    return claim.period.start
