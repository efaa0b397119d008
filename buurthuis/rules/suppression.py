"""What may not be published, so that no small number can be worked out from everything that is.

A publication is a set of *places*: a house in a year, one of its quarters, a standing, a theme. A
place may be the *whole* of others, and the wholes form a tree. At each place several things are
counted; they are shown together, or hidden together. Places of few groups or people are hidden.
Others go beside them, until subtraction leads nowhere.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    """One thing that is counted at every place.

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


class NothingLeftToHide(ValueError):
    """A place stays open with everything around it hidden: its counts contradict each other."""


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


def few_at(at: Mapping[Place, int], fewer_than: int) -> frozenset[Place]:
    """The places with some, but fewer than may be told. None at all is no secret about anybody."""
    return frozenset(place for place, number in at.items() if 0 < number < fewer_than)


def hide(
    wholes: Sequence[Whole],
    counted: Sequence[Counted],
    few: Collection[Place],
    *,
    order: Sequence[Place] = (),
    along: Collection[Place] = (),
) -> dict[Place, Mark]:
    """Which places to hide, and why; the same question always gets the same answer.

    `order` says which place to hide first when one must go beside another. It may not depend on
    what is hidden, for then the choice would tell of it. Of a whole with few no part is told, not
    even that it has none: many parts with one each would say how many the whole has.

    Raises:
        NothingLeftToHide: the counts are not of one and the same world.
    """
    rank = {place: number for number, place in enumerate(order)}
    marks = dict.fromkeys(sorted(few, key=lambda each: (rank.get(each, -1), each)), Mark.FEW)
    marks |= dict.fromkeys([*along, *_below(wholes, few)], Mark.ALONG)
    _give_company(wholes, counted, marks, rank)
    # First each whole by itself, as if it and all else stood in the table: then what must be hidden
    # here tells nothing of there.
    for whole in sorted(wholes, key=lambda each: -_depth(wholes, each.place)):
        _close([whole], counted, marks, rank)
    _close(wholes, counted, marks, rank)
    _look_again(wholes, counted, marks)
    return marks


def possible(wholes: Sequence[Whole], counted: Counted, marks: Marks) -> dict[Place, Bounds]:
    """What each place can be for a reader who knows everything that is shown, and every mark.

    Exact where the wholes form a tree: a place is part of at most one whole.
    """
    known = {place: _told(counted, place, marks) for place in counted.at}
    tell = _tell_distinct if counted.is_distinct else _tell_sum
    while True:
        before = dict(known)
        for whole in wholes:
            tell(whole, known)
        if known == before:
            return known


def _below(wholes: Sequence[Whole], places: Collection[Place]) -> set[Place]:
    """Everything that such places are made of."""
    found = set[Place]()
    at_hand = list(places)
    while at_hand:
        place = at_hand.pop()
        parts = [part for whole in wholes if whole.place == place for part in whole.parts]
        found.update(parts)
        at_hand += parts
    return found


def _told(counted: Counted, place: Place, marks: Marks) -> Bounds:
    """What stands in the table itself."""
    match marks.get(place):
        case None:
            return counted.at[place], counted.at[place]
        case Mark.FEW:
            return counted.if_few
        case Mark.BESIDE:
            return counted.if_beside
        case Mark.ALONG:
            return ANYTHING


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


def _depth(wholes: Sequence[Whole], place: Place) -> int:
    """Of how many wholes upward it is a part."""
    return max(
        (1 + _depth(wholes, each.place) for each in wholes if place in each.parts), default=0
    )


def _close(
    wholes: Sequence[Whole],
    counted: Sequence[Counted],
    marks: dict[Place, Mark],
    rank: Mapping[Place, int],
) -> None:
    """Hide the nearest place, and the next, until nothing can be worked out."""
    while (place := _next_beside(wholes, counted, marks, rank)) is not None:
        marks[place] = Mark.BESIDE


def _next_beside(
    wholes: Sequence[Whole], counted: Sequence[Counted], marks: Marks, rank: Mapping[Place, int]
) -> Place | None:
    """The nearest place to the first that is open and has one; never one that is further away.

    Leaving out a nearer one because it would not do tells what it would not do for.
    """
    for place in _open(wholes, counted, marks):
        near = _near(wholes, counted, marks, place, rank)
        if near:
            return near[0]
    return None


def _give_company(
    wholes: Sequence[Whole],
    counted: Sequence[Counted],
    marks: dict[Place, Mark],
    rank: Mapping[Place, int],
) -> None:
    """Put a part with enough beside each part with few, whatever the numbers are.

    What else is hidden elsewhere in the tree, because of numbers there, tells nothing of this one.
    """
    for whole in wholes:
        if any(marks.get(part) is Mark.FEW for part in whole.parts):
            shown = [part for part in whole.parts if part not in marks and _is_some(part, counted)]
            marks |= dict.fromkeys(_in_rank(shown, whole, rank)[:1], Mark.BESIDE)


def _is_some(place: Place, counted: Sequence[Counted]) -> bool:
    return any(each.at[place] for each in counted)


def _open(wholes: Sequence[Whole], counted: Sequence[Counted], marks: Marks) -> Iterator[Place]:
    """The places of which too much can be worked out; those with few come first.

    A place that is hidden beside another may be as large as it likes, but not one number alone.
    """
    here = {place for whole in wholes for place in whole.places}
    few = [place for place, mark in marks.items() if mark is Mark.FEW and place in here]
    yield from (place for place in few if not _is_kept(place, wholes, counted, marks))
    beside = [place for place, mark in marks.items() if mark is Mark.BESIDE and place in here]
    for each in counted if beside else ():
        known = possible(wholes, each, marks)
        yield from (place for place in beside if known[place][0] == known[place][1] > 0)


def _is_kept(
    place: Place, wholes: Sequence[Whole], counted: Sequence[Counted], marks: Marks
) -> bool:
    """Enough stays possible, with one to spare, even for who does not believe the mark.

    One to spare, so that whoever knows these rules learns nothing from what else was hidden: what
    just fits and what just does not would look the same. Where there is none of a thing, the place
    does not tell of it either way.
    """
    unbelieved = {**marks, place: Mark.ALONG}
    for each in counted:
        first, last = each.must_stay_open(place)
        low, high = possible(wholes, each, unbelieved)[place]
        if each.at[place] and not (low < first and high > last):
            return False
    return True


def _look_again(wholes: Sequence[Whole], counted: Sequence[Counted], marks: Marks) -> None:
    """Stop where too much can be worked out with everything hidden."""
    for each in counted:
        known = possible(wholes, each, marks)
        for place in (place for place, mark in marks.items() if mark is Mark.FEW):
            first, last = each.must_stay_open(place)
            if each.at[place] and not (known[place][0] <= first and known[place][1] >= last):
                raise NothingLeftToHide(place)


def _near(
    wholes: Sequence[Whole],
    counted: Sequence[Counted],
    marks: Marks,
    start: Place,
    rank: Mapping[Place, int],
) -> list[Place]:
    """What could be hidden beside a place: nearest first, going from one hidden place to the next."""
    reached, found, at_hand = {start}, list[Place](), [start]
    while at_hand:
        place = at_hand.pop(0)
        for whole in wholes:
            if place in whole.places:
                fresh = [each for each in whole.places if each not in reached]
                reached.update(fresh)
                at_hand += [each for each in fresh if each in marks]
                found += _in_rank([each for each in fresh if each not in marks], whole, rank)
    return [each for each in found if _is_some(each, counted)]


def _in_rank(places: Iterable[Place], whole: Whole, rank: Mapping[Place, int]) -> list[Place]:
    """By the order that was given; the whole itself last."""
    return sorted(places, key=lambda each: (each == whole.place, rank.get(each, len(rank)), each))
