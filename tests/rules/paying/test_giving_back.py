"""Giving back: from which payments, and what of a deposit may still go."""

from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.paying.giving_back import Held, Source, from_which

CENTS = st.integers(0, 10_000)


def test_the_first_that_stands_there_gives_first():
    sources = [Source(2, settled=500, left=500), Source(1, settled=1500, left=1500)]

    assert list(from_which(700, sources)) == [(2, 500), (1, 200)]


def test_a_payment_gives_no_more_than_it_settled_nor_than_it_has_left():
    assert Source(1, settled=500, left=2000).most == 500
    assert Source(1, settled=2000, left=500).most == 500
    assert Source(1, settled=-100, left=500).most == 0


def test_what_was_never_paid_with_money_is_nobodys_to_give():
    assert list(from_which(700, [Source(1, 300, 300), Source(2, 0, 900)])) == [(1, 300)]


@given(CENTS, st.lists(st.builds(Source, st.integers(1, 9), CENTS, CENTS)))
def test_never_more_goes_back_than_is_asked_nor_than_there_is(cents, sources):
    found = list(from_which(cents, sources))

    assert sum(part for _, part in found) == min(cents, sum(each.most for each in sources))
    assert all(part > 0 for _, part in found)


def test_what_waits_for_a_second_person_is_held_and_not_free():
    held = Held(taken=15000, given_back=2000, kept=1000, proposed=2500)

    assert (held.cents, held.free) == (12000, 9500)
