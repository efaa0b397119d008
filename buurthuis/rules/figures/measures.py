"""How things are spread: the middle and the Gini, exact."""

from collections.abc import Mapping, Sequence
from fractions import Fraction


def median(times: Mapping[int, int]) -> Fraction | None:
    """The middle of values that came so many times; of two in the middle halfway. None of nothing."""
    total = sum(times.values())
    if not total:
        return None
    return Fraction(_at(times, (total - 1) // 2) + _at(times, total // 2), 2)


def _at(times: Mapping[int, int], place: int) -> int:
    """The value at a place, counted from 0, when all stand in order."""
    in_order = iter(sorted(times))
    value = next(in_order)
    while place >= times[value]:
        place -= times[value]
        value = next(in_order)
    return value


def gini(values: Sequence[Fraction | int]) -> Fraction | None:
    """How unevenly something is spread: 0 when all have as much, nearly 1 when one has everything.

    It is the mean difference between any two, divided by twice the mean. None when nobody has
    anything.
    """
    total = sum(values)
    if not total:
        return None
    count = len(values)
    weighed = sum((2 * place - count + 1) * each for place, each in enumerate(sorted(values)))
    return Fraction(weighed) / (count * total)
