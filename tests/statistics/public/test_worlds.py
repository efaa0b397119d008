"""Every small world is published, and nobody can tell which of those that look the same it is.

The reader here knows the rules as well: worlds look the same only when the program would publish
the very same of both. So what was hidden beside something tells nothing either.
"""

from collections import defaultdict
from itertools import product
from math import inf

from buurthuis.rules import suppression
from buurthuis.rules.disclosure import Counted, Mark, Whole, threshold
from buurthuis.rules.suppression import few_at, hide

FLAT = (Whole("all", ("a", "b", "c")),)
LEAVES = ("a1", "a2", "a3", "b1", "b2", "b3")
TREE = (Whole("all", ("a", "b")), Whole("a", LEAVES[:3]), Whole("b", LEAVES[3:]))


def published(wholes, counted, few):
    """What is seen of one world: a mark, or everything that is counted at a place."""
    marks = hide(wholes, counted, few)
    return tuple(
        marks.get(place) or tuple(each.at[place] for each in counted) for place in counted[0].at
    )


def too_much_is_told(worlds, fewer_than, *, up_to, parts=3):
    """The places that can only be one number, or where a small number is ruled out.

    `worlds` gives (what is seen, the numbers of each place in the same order, the whole last).
    Worlds with larger numbers than `up_to` in a part are there to be confused with; they are not
    looked at themselves.
    """
    alike = defaultdict(list)
    for seen, numbers in worlds:
        alike[seen].append(numbers)
    for seen, same in alike.items():
        if all(max(numbers[:parts]) > up_to for numbers in same):
            continue
        for place, mark in enumerate(seen):
            found = {numbers[place] for numbers in same}
            must = range(1, fewer_than) if mark is Mark.FEW else ()
            if isinstance(mark, Mark) and (len(found) < 2 or not found.issuperset(must)):
                yield seen, place, found


def flat_worlds(most, fewer_than):
    for numbers in product(range(most + 1), repeat=3):
        at = dict(zip(FLAT[0].places, (*numbers, sum(numbers)), strict=True))
        seen = published(FLAT, [threshold(at, fewer_than)], few_at(at, fewer_than))
        yield seen, tuple(at.values())


def tree_worlds(most):
    for numbers in product(range(most + 1), repeat=6):
        parts = (sum(numbers[:3]), sum(numbers[3:]))
        at = dict(zip((*LEAVES, "a", "b", "all"), (*numbers, *parts, sum(parts)), strict=True))
        yield published(TREE, [threshold(at, 3)], few_at(at, 3)), tuple(at.values())


def group_worlds(most_meetings, most_groups):
    """Groups come once or more, in one house or several: all that can be seen of that."""
    for meetings in product(range(most_meetings + 1), repeat=3):
        each_house = [range(1, min(each, most_groups) + 1) if each else [0] for each in meetings]
        for groups in product(*each_house):
            for together in range(max(groups), sum(groups) + 1):
                yield (*groups, together), (*meetings, sum(meetings))


def seen_groups(groups, meetings):
    places = FLAT[0].places
    at, met = (dict(zip(places, each, strict=True)) for each in (groups, meetings))
    counted = [
        threshold(at, 3, is_distinct=True),
        Counted(met, if_few=(1, inf), if_beside=(3, inf), open_from_to=(1, 2)),
    ]
    return published(FLAT, counted, few_at(at, 3))


def test_nobody_counts_fewer_than_five_people():
    worlds = flat_worlds(14, 5)

    assert list(too_much_is_told(worlds, 5, up_to=7)) == []


def test_nobody_counts_fewer_than_three_in_houses_and_quarters():
    worlds = tree_worlds(4)

    assert list(too_much_is_told(worlds, 3, up_to=2, parts=6)) == []


def test_nobody_counts_fewer_than_three_groups_nor_their_meetings():
    worlds = [(seen_groups(*numbers), *numbers) for numbers in group_worlds(5, 5)]
    groups = too_much_is_told(((seen, at) for seen, at, _ in worlds), 3, up_to=3)
    meetings = too_much_is_told(((seen, at) for seen, _, at in worlds), 3, up_to=3)

    assert [each for each in groups if each[0][each[1]] is Mark.FEW] == []
    assert list(meetings) == []


def test_without_what_goes_beside_a_reader_wins(monkeypatch):
    for step in ("_give_company", "_close", "_look_again"):
        monkeypatch.setattr(suppression, step, lambda *_: None)

    assert list(too_much_is_told(flat_worlds(8, 5), 5, up_to=4))
