"""What may not be published, so that no small number can be worked out from everything that is.

Places of few groups or people are hidden. Others go beside them, until subtraction leads nowhere.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from buurthuis.rules.disclosure import Counted, Mark, Marks, Place, Whole, possible

FEWEST_GROUPS: Final = 3
FEWEST_PEOPLE: Final = 5
"""So many may be told outside the board; fewer stand as "<3" and "<5"."""


class NothingLeftToHide(ValueError):
    """A place stays open with everything around it hidden: its counts contradict each other."""


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
        NothingLeftToHide, Contradiction: the counts are not of one and the same world.
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
    return any(each.at.get(place) for each in counted)


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
        sure = {place for place, (low, high) in known.items() if low == high > 0}
        yield from (place for place in beside if place in sure)


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
        if each.at.get(place):
            first, last = each.must_stay_open(place)
            low, high = possible(wholes, each, unbelieved)[place]
            if not (low < first and high > last):
                return False
    return True


def _look_again(wholes: Sequence[Whole], counted: Sequence[Counted], marks: Marks) -> None:
    """Stop where too much can be worked out with everything hidden."""
    for each in counted:
        known = possible(wholes, each, marks)
        few = [place for place, mark in marks.items() if mark is Mark.FEW]
        for place in (place for place in few if each.at.get(place)):
            first, last = each.must_stay_open(place)
            if not (known[place][0] <= first and known[place][1] >= last):
                raise NothingLeftToHide(place)


def _near(
    wholes: Sequence[Whole],
    counted: Sequence[Counted],
    marks: Marks,
    start: Place,
    rank: Mapping[Place, int],
) -> list[Place]:
    """What could be hidden beside a place: nearest first, going from one hidden place to the next.

    What everything is part of comes last, for that one is missed most.
    """
    reached, found, at_hand = {start}, list[Place](), [start]
    while at_hand:
        place = at_hand.pop(0)
        for whole in wholes:
            if place in whole.places:
                fresh = [each for each in whole.places if each not in reached]
                reached.update(fresh)
                at_hand += [each for each in fresh if each in marks]
                found += _in_rank([each for each in fresh if each not in marks], whole, rank)
    some = [each for each in found if _is_some(each, counted)]
    return sorted(some, key=lambda each: _depth(wholes, each) == 0)


def _in_rank(places: Iterable[Place], whole: Whole, rank: Mapping[Place, int]) -> list[Place]:
    """By the order that was given; the whole itself last."""
    return sorted(places, key=lambda each: (each == whole.place, rank.get(each, len(rank)), each))
