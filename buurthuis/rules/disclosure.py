"""What a reader can work out from tables in which some places are hidden.

A publication is a set of *places*: a house in a year, one of its quarters, a standing, a theme. A
place may be the *whole* of others, and the wholes form a tree. At each place several things are
counted; they are shown together, or hidden together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import Final, TypeAlias

Place: TypeAlias = str
Bounds: TypeAlias = tuple[float, float]
"""The least and the most that something can be."""

ANYTHING: Final[Bounds] = (0, inf)


class Mark(StrEnum):
    """Why a place is hidden; the marks are public, so they are taken to be known."""

    FEW = "few"
    """There were some, but fewer than may be told."""
    BESIDE = "beside"
    """There were enough; it is hidden to keep another one hidden."""
    ALONG = "along"
    """Something else hid the place already, or its whole has few: nothing is known of it."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A place that is made of others."""

    place: Place
    parts: tuple[Place, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """The parts, and the whole after them: hiding a whole costs most."""
        return (*self.parts, self.place)


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that is counted, at every place or at some.

    What is not distinct adds up to the whole. Of what is distinct (groups, people) a whole has at
    least as many as its largest part, and at most as many as all of them.
    """

    at: Mapping[Place, int]
    is_distinct: bool = False
    if_few: Bounds = ANYTHING
    """What the mark "few" tells of it."""
    if_beside: Bounds = ANYTHING
    """What the mark "beside" tells of it."""
    open_from_to: Bounds | None = None
    """What must all stay possible at a place with few. None asks for a half more and a half less."""

    def must_stay_open(self, place: Place) -> Bounds:
        """What a reader may not be able to rule out at a place with few."""
        if self.open_from_to is not None:
            return self.open_from_to
        value = self.at[place]
        return max(value / 2, self.if_few[0]), value * 3 / 2


Marks: TypeAlias = Mapping[Place, Mark]


class Contradiction(ValueError):
    """What is told of places cannot all be true, so nothing may be concluded from it."""


def threshold(
    at: Mapping[Place, int], fewer_than: int, *, is_distinct: bool = False, halves: int = 1
) -> Counted:
    """What is hidden by its own number: from one to the threshold everything must stay possible.

    `halves` is 2 for what is counted in halves, such as visits by bands.
    """
    first_told = fewer_than * halves
    few = (halves, first_told - halves)
    known = (1, first_told - 1)
    return Counted(at, is_distinct, if_few=known, if_beside=(first_told, inf), open_from_to=few)


def possible(wholes: Sequence[Whole], counted: Counted, marks: Marks) -> dict[Place, Bounds]:
    """What each place can be for a reader who knows everything that is shown, and every mark.

    Exact where the wholes form a tree: a place is part of at most one whole.

    Raises:
        Contradiction: there is no such world.
    """
    known = {place: _told(counted, place, marks) for place in counted.at}
    tell = _tell_distinct if counted.is_distinct else _tell_sum
    here = [whole for whole in wholes if all(place in known for place in whole.places)]
    while True:
        before = dict(known)
        for whole in here:
            tell(whole, known)
        if any(least > most for least, most in known.values()):
            raise Contradiction
        if known == before:
            return known


def _told(counted: Counted, place: Place, marks: Marks) -> Bounds:
    """What stands in the table itself."""
    mark = marks.get(place)
    if mark is None:
        return counted.at[place], counted.at[place]
    return {Mark.FEW: counted.if_few, Mark.BESIDE: counted.if_beside}.get(mark, ANYTHING)


def _tell_sum(whole: Whole, known: dict[Place, Bounds]) -> None:
    """Narrow a whole and its parts by adding and subtracting."""
    lows = [known[part][0] for part in whole.parts]
    highs = [known[part][1] for part in whole.parts]
    _narrow(known, whole.place, sum(lows), sum(highs))
    least, most = known[whole.place]
    for part in whole.parts:
        other_lows = sum(known[each][0] for each in whole.parts if each != part)
        other_highs = sum(known[each][1] for each in whole.parts if each != part)
        _narrow(known, part, least - other_highs, most - other_lows)


def _tell_distinct(whole: Whole, known: dict[Place, Bounds]) -> None:
    """Narrow a whole and its parts: no part has more than the whole, and all of them not less."""
    lows = [known[part][0] for part in whole.parts]
    highs = [known[part][1] for part in whole.parts]
    _narrow(known, whole.place, max(lows), sum(highs))
    least, most = known[whole.place]
    for part in whole.parts:
        other_highs = sum(known[each][1] for each in whole.parts if each != part)
        _narrow(known, part, least - other_highs, most)


def _narrow(known: dict[Place, Bounds], place: Place, low: float, high: float) -> None:
    least, most = known[place]
    known[place] = max(least, low), min(most, high)
