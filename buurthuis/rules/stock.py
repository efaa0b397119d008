"""How many of an extra are left: what is away at the same moment is added up.

Two groups that have three chairs each, one after the other, need three chairs; at the same time
they need six. So what counts is the busiest moment within the time that is asked for. Periods are
half-open: chairs that come back at noon can leave again at noon.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from buurthuis.rules.periods import Period


@dataclass(frozen=True, slots=True)
class Away:
    """So many of an extra are with one booking for a time; `quantity` is at least 1."""

    period: Period
    quantity: int


def most_away(away: Sequence[Away], within: Period) -> int:
    """How many are away at the busiest moment of a period; 0 when all are at home."""
    during = [each for each in away if each.period.overlaps(within)]
    starts = {within.start} | {max(each.period.start, within.start) for each in during}
    return max(
        sum(each.quantity for each in during if each.period.start <= at < each.period.end)
        for at in starts
    )


def left(stock: int | None, away: Sequence[Away], within: Period) -> int | None:
    """How many can still be had all through a period; None when there is no end to them.

    Never below zero, also when more were promised than there are.
    """
    if stock is None:
        return None
    return max(0, stock - most_away(away, within))
