"""Overlap: who holds what time in one space when the buffers of one group meet."""

from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from buurthuis.rules.overlap import (
    BufferTooSmall,
    Claim,
    Collision,
    SelfOverlap,
    collisions,
    share_out,
    with_buffers,
)
from buurthuis.rules.periods import Period, merge
from tests.rules.moments import at, span

AMINA, BRAM = 1, 2


def claim(key, owner, core, *, setup=0, teardown=0, turnover=30):
    wanted = with_buffers(
        core, setup_minutes=setup, teardown_minutes=teardown, turnover_minutes=turnover
    )
    return Claim(key, owner, core, wanted)


def test_another_group_waits_for_the_turnover():
    held = share_out([claim(1, AMINA, span(10, 12)), claim(2, BRAM, span(12, 13))])

    assert held[1] == span(10, 12.5)
    assert collisions(held) == [Collision(1, 2)]


def test_another_group_may_start_when_the_turnover_is_over():
    held = share_out([claim(1, AMINA, span(10, 12)), claim(2, BRAM, span(12.5, 13))])

    assert collisions(held) == []


def test_a_group_is_not_blocked_by_its_own_turnover():
    held = share_out([claim(1, AMINA, span(10, 12)), claim(2, AMINA, span(12, 13))])

    assert held == {1: span(10, 12), 2: span(12, 13.5)}


def test_the_cut_lies_where_the_earlier_buffer_ends():
    held = share_out(
        [claim(1, AMINA, span(10, 12)), claim(2, AMINA, span(13, 14), setup=60, turnover=0)]
    )

    assert held == {1: span(10, 12.5), 2: span(12.5, 14)}


def test_a_long_buffer_of_an_early_booking_is_kept_behind_a_later_one():
    held = share_out(
        [
            claim(1, AMINA, span(10, 11), turnover=180),
            claim(2, AMINA, span(11.5, 12), turnover=0),
        ]
    )

    assert held == {1: span(10, 11.5), 2: span(11.5, 14)}


def test_a_long_buffer_reaches_over_a_short_booking_to_the_one_after():
    held = share_out(
        [
            claim(1, AMINA, span(10, 11), turnover=300),
            claim(2, AMINA, span(11.5, 12), turnover=0),
            claim(3, AMINA, span(14, 15), turnover=0),
        ]
    )

    assert held == {1: span(10, 11.5), 2: span(11.5, 14), 3: span(14, 16)}


def test_claims_without_an_owner_are_never_trimmed():
    closures = [claim(1, None, span(10, 12)), claim(2, None, span(12, 13))]

    assert share_out(closures) == {1: span(10, 12.5), 2: span(12, 13.5)}


def test_one_group_cannot_book_the_same_time_twice():
    with pytest.raises(SelfOverlap) as refused:
        share_out([claim(7, AMINA, span(10, 12)), claim(8, AMINA, span(11, 13))])

    assert (refused.value.first, refused.value.second) == (7, 8)


def test_nobody_wants_less_than_their_own_time():
    with pytest.raises(BufferTooSmall):
        Claim(1, AMINA, span(10, 12), span(10, 11))


@st.composite
def claims(draw):
    """Bookings of two groups and of nobody; one group's own times never overlap."""
    found, next_start = [], {AMINA: 0, BRAM: 0, None: 0}
    minutes = st.integers(0, 90)
    for key in range(draw(st.integers(0, 8))):
        owner = draw(st.sampled_from([AMINA, BRAM, None]))
        starts = next_start[owner] + draw(minutes)
        next_start[owner] = starts + draw(st.integers(1, 120))
        core = Period(
            at(8) + timedelta(minutes=starts), at(8) + timedelta(minutes=next_start[owner])
        )
        wide = core.widened(before_minutes=draw(minutes), after_minutes=draw(minutes))
        found.append(Claim(key, owner, core, wide))
    return found


def of(owner, wanted, periods):
    return [periods[each.key] for each in wanted if each.owner == owner]


@given(claims())
def test_each_group_holds_each_moment_once_and_loses_none(some):
    held = share_out(some)

    assert held.keys() == {each.key for each in some}
    assert all(held[each.key].contains(each.core) for each in some)
    for owner in (AMINA, BRAM):
        own = of(owner, some, held)
        assert collisions(dict(enumerate(own))) == []
        assert merge(own) == merge(each.wanted for each in some if each.owner == owner)


@given(claims(), st.randoms(use_true_random=False))
def test_the_order_in_which_claims_come_does_not_matter(some, chance):
    shuffled = list(some)
    chance.shuffle(shuffled)

    assert share_out(shuffled) == share_out(some)


@given(claims())
def test_whoever_overlaps_nobody_of_their_own_keeps_what_they_want(some):
    held = share_out(some)
    for each in some:
        alone = all(
            other is each or other.owner != each.owner or not other.wanted.overlaps(each.wanted)
            for other in some
        )
        assert not alone or held[each.key] == each.wanted


@given(claims(), st.data())
def test_when_a_neighbour_goes_its_trimming_goes_with_it(some, data):
    assume(some)
    gone = data.draw(st.sampled_from(some))
    left = [each for each in some if each is not gone]

    assert merge(of(gone.owner, left, share_out(left))) == merge(
        each.wanted for each in left if each.owner == gone.owner
    )
