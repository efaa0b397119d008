"""Money: half a cent goes up, and no cent is lost."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.money import half_up, share, split, vat_on


@pytest.mark.parametrize(
    ("amount", "cents"),
    [("7.5", 8), ("7.49", 7), ("8.5", 9), ("0.5", 1), ("0", 0), ("-7.5", -8), ("-7.49", -7)],
)
def test_half_a_cent_rounds_away_from_zero(amount, cents):
    assert half_up(Fraction(amount)) == cents


def test_vat_comes_on_top_half_a_cent_up():
    assert vat_on(3750, 2100) == 788


def test_a_share_of_thirty_five_percent_is_to_the_cent():
    assert share(4000, 3500) == 1400


@given(st.integers(0, 10**9), st.integers(0, 30_000))
def test_a_discount_rounds_as_far_as_the_price_it_takes_away(cents, basis_points):
    assert share(cents, basis_points) + share(-cents, basis_points) == 0


def test_the_cents_that_are_left_go_to_those_cut_off_most():
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(1050, [3750, 1250]) == [788, 262]


def test_equal_weights_of_zero_share_equally():
    assert split(3, [0, 0]) == [2, 1]


@given(st.integers(-(10**6), 10**6), st.lists(st.integers(0, 10**4), min_size=1, max_size=8))
def test_splitting_loses_no_cent(total, weights):
    parts = split(total, weights)

    assert sum(parts) == total
    assert len(parts) == len(weights)


@given(st.integers(0, 10**6), st.lists(st.integers(1, 10**4), min_size=1, max_size=8))
def test_nobody_is_more_than_a_cent_from_their_share(total, weights):
    for part, weight in zip(split(total, weights), weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@pytest.mark.parametrize("weights", [[], [1, -1]])
def test_a_total_needs_somebody_to_divide_among(weights):
    with pytest.raises(ValueError, match="divided"):
        split(10, weights)
