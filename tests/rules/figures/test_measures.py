"""The middle and the Gini are exact, and say what the textbook says."""

from collections import Counter
from fractions import Fraction
from statistics import median as textbook

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.figures.codes import Reason, Unit
from buurthuis.rules.figures.figure import Figure
from buurthuis.rules.figures.measures import gini, median
from buurthuis.rules.figures.question import share_of

numbers = st.lists(st.integers(0, 50), min_size=1, max_size=30)


@given(numbers)
def test_the_middle_is_that_of_the_textbook(values):
    assert median(Counter(values)) == Fraction(textbook(values))


def test_of_two_in_the_middle_it_is_halfway():
    assert median({1: 1, 4: 1}) == Fraction(5, 2)
    assert median({1: 2, 4: 1}) == 1


def test_of_nothing_there_is_no_middle():
    assert median({}) is None
    assert median({7: 0}) is None


@given(numbers)
def test_the_gini_is_the_mean_difference_over_twice_the_mean(values):
    differences = sum(abs(one - other) for one in values for other in values)
    whole = sum(values)

    found = gini(values)

    if not whole:
        assert found is None
    else:
        assert found == Fraction(differences, 2 * len(values) * whole)
        assert 0 <= found < 1


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([1], Fraction(0)),
        ([5, 5, 5], Fraction(0)),
        ([0, 0, 0, 8], Fraction(3, 4)),
        ([Fraction(1, 2), Fraction(1, 4)], Fraction(1, 6)),
        ([], None),
    ],
)
def test_the_gini_is_none_when_all_have_as_much_and_rises_with_what_one_has(values, found):
    assert gini(values) == found


def test_what_a_share_is_taken_of_stands_alone_only_where_there_is_a_share():
    half, nothing = (share_of("GEB", some, all_) for some, all_ in ((30, 60), (0, 0)))

    assert half.numerator_alone(Unit.MINUTES) == Figure("GEB", Fraction(30), Unit.MINUTES, 30)
    assert nothing.numerator_alone(Unit.MINUTES).value is None
    assert nothing.numerator_alone(Unit.MINUTES).reason is Reason.NOTHING_OPEN
