"""Small numbers are hidden, and so is what would tell them."""

from itertools import product
from math import inf

import pytest

from buurthuis.rules.disclosure import Contradiction, Counted, Mark, Whole, possible, threshold
from buurthuis.rules.suppression import NothingLeftToHide, few_at, hide

FEW, BESIDE, ALONG = Mark.FEW, Mark.BESIDE, Mark.ALONG
YEAR = Whole("year", ("q1", "q2", "q3"))
ALL = Whole("all", ("a", "b"))
A, B = Whole("a", ("a1", "a2", "a3")), Whole("b", ("b1", "b2", "b3"))


def marks(wholes, at, fewer_than=3, **more):
    counted = threshold(at, fewer_than, is_distinct=more.pop("is_distinct", False))
    return hide(wholes, [counted], few_at(at, fewer_than), **more)


def test_what_is_large_is_told():
    assert marks([YEAR], {"q1": 7, "q2": 3, "q3": 0, "year": 10}) == {}


def test_none_at_all_is_told():
    assert few_at({"q1": 0, "q2": 1, "q3": 3}, 3) == {"q2"}


def test_a_small_number_gets_company():
    assert marks([YEAR], {"q1": 1, "q2": 9, "q3": 20, "year": 30}) == {"q1": FEW, "q2": BESIDE}


def test_the_order_says_who_goes_first():
    at = {"q1": 1, "q2": 9, "q3": 20, "year": 30}

    assert marks([YEAR], at, order=["q3", "q2"]) == {"q1": FEW, "q3": BESIDE}


def test_who_is_none_is_no_company():
    assert marks([YEAR], {"q1": 1, "q2": 0, "q3": 20, "year": 21}) == {"q1": FEW, "q3": BESIDE}


def test_company_that_is_too_small_does_not_do():
    """1 and 3 make 4: whoever knows that the second is 3 or more knows both."""
    found = marks([YEAR], {"q1": 1, "q2": 3, "q3": 20, "year": 24})

    assert found == {"q1": FEW, "q2": BESIDE, "q3": BESIDE}


def test_a_whole_is_hidden_when_nothing_else_is_left():
    assert marks([YEAR], {"q1": 2, "q2": 2, "q3": 0, "year": 4})["year"] is BESIDE


def test_of_a_small_whole_no_part_is_told():
    found = marks([YEAR], {"q1": 1, "q2": 1, "q3": 0, "year": 2})

    assert found == {"year": FEW, "q1": ALONG, "q2": ALONG, "q3": ALONG}


def test_a_hidden_whole_is_not_told_by_its_parts():
    at = {"a1": 1, "a2": 0, "a3": 0, "a": 1, "b1": 5, "b2": 6, "b3": 0, "b": 11, "all": 12}
    found = marks([ALL, A, B], at)

    assert found["a"] is FEW
    assert found["b"] is BESIDE
    assert BESIDE in (found.get("b1"), found.get("b2"))


def test_what_was_hidden_already_stays_hidden():
    at = {"q1": 7, "q2": 8, "q3": 0, "year": 15}

    assert marks([YEAR], at, along=["q1"]) == {"q1": ALONG}


def test_company_is_not_one_number_alone():
    """Three groups in all, so three at most here, and "beside" says three at least."""
    at = {"q1": 1, "q2": 3, "q3": 0, "year": 3}

    assert marks([YEAR], at, is_distinct=True)["year"] is BESIDE


def test_what_does_not_exist_somewhere_is_not_added_up():
    cents = Counted({"q1": 100, "q2": 900})

    assert possible([YEAR], cents, {"q1": FEW}) == {"q1": (0, inf), "q2": (900, 900)}


def test_an_amount_of_few_could_be_half_as_much_or_half_more():
    at = {"q1": 1, "q2": 9, "q3": 9, "year": 19}
    cents = {"q1": 1000, "q2": 100, "q3": 5000, "year": 6100}
    found = hide([YEAR], [threshold(at, 3), Counted(cents)], {"q1"})

    assert found == {"q1": FEW, "q2": BESIDE, "q3": BESIDE}


def test_who_got_nothing_is_not_given_away_by_it():
    at = {"q1": 1, "q2": 9, "q3": 9, "year": 19}
    cents = dict.fromkeys(at, 0)

    assert hide([YEAR], [threshold(at, 3), Counted(cents)], {"q1"}) == {"q1": FEW, "q2": BESIDE}


def test_counts_that_contradict_each_other_are_not_published():
    told_too_much = Counted({"q1": 1}, if_few=(1, 1), open_from_to=(1, 2))

    with pytest.raises(NothingLeftToHide):
        hide([], [told_too_much], {"q1"})


def test_what_must_be_hidden_below_hides_as_much_beside_it():
    """The house is hidden for its quarters, so another house goes, and then a quarter of that one."""
    at = {"a1": 1, "a2": 3, "a3": 0, "a": 4, "b1": 5, "b2": 6, "b3": 0, "b": 11, "all": 15}
    found = marks([ALL, A, B], at)

    assert found == {"a1": FEW, "a2": BESIDE, "a": BESIDE, "b": BESIDE, "b1": BESIDE}


def test_nothing_is_concluded_from_what_cannot_be():
    with pytest.raises(Contradiction):
        possible([YEAR], threshold({"q1": 9, "q2": 9, "q3": 9, "year": 3}, 3), {})


@pytest.mark.parametrize("is_distinct", [False, True])
def test_what_is_possible_is_exactly_what_some_world_is(is_distinct):
    """Every world of two parts, against what is worked out from their marks and the whole."""
    worlds = list(_worlds(is_distinct))
    for shown in product((FEW, BESIDE, ALONG, None), repeat=3):
        fitting = [world for world in worlds if _fits(world, shown)]
        alike = {}
        for world in fitting:
            alike.setdefault(_seen(world, shown), []).append(world)
        for same in alike.values():
            if min(max(world) for world in same) < MOST / 2:
                _compare(same, shown, is_distinct)


MOST = 7


def _compare(same, shown, is_distinct):
    at = dict(zip(("one", "two", "whole"), same[0], strict=True))
    hidden = {place: mark for place, mark in zip(at, shown, strict=True) if mark}
    pair = Whole("whole", ("one", "two"))
    known = possible([pair], threshold(at, 3, is_distinct=is_distinct), hidden)
    for place, numbers in zip(at, zip(*same, strict=True), strict=True):
        least, most = known[place]
        assert least == min(numbers)
        assert min(most, 3) == min(max(numbers), 3)


def _worlds(is_distinct):
    """Numbers a good deal larger than those that are compared, so that nothing is cut off."""
    for one, two in product(range(MOST), repeat=2):
        wholes = range(max(one, two), one + two + 1) if is_distinct else [one + two]
        yield from ((one, two, whole) for whole in wholes)


def _fits(world, shown):
    """Marks tell the truth."""
    right = {FEW: range(1, 3), BESIDE: range(3, 99), ALONG: range(99), None: range(99)}
    return all(each in right[mark] for each, mark in zip(world, shown, strict=True))


def _seen(world, shown):
    """What a reader sees of it."""
    return tuple(mark or each for each, mark in zip(world, shown, strict=True))
