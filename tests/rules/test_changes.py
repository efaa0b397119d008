"""Changes: what asks the house anew, which price holds, and what time they need besides."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.calendar import moment
from buurthuis.rules.cancellation import due_without_policy
from buurthuis.rules.changes import (
    ChangeStatus,
    PriceRule,
    can_be_taken_back,
    expires_at,
    is_shorter,
    keeps_old_price,
    price_rule,
    price_rule_of_house,
    time_besides,
)
from buurthuis.rules.periods import Period
from tests.rules.moments import FRIDAY


def span(start, end):
    return Period(moment(FRIDAY, start * 60), moment(FRIDAY, end * 60))


spans = st.builds(lambda a, length: span(a, a + length), st.integers(0, 20), st.integers(1, 8))


def test_less_of_the_same_time_in_the_same_room_is_shorter():
    assert is_shorter(span(10, 12), span(10, 11), same_room=True)
    assert not is_shorter(span(10, 12), span(10, 11), same_room=False)
    assert not is_shorter(span(10, 12), span(9, 11), same_room=True)


@pytest.mark.parametrize(
    ("old", "new", "hours_before", "rule"),
    [
        (2000, 1000, 48, PriceRule.CARD),
        (2000, 1000, 47, PriceRule.LATE),
        (2000, 3000, 47, PriceRule.CARD),
        (2000, 2000, 1, PriceRule.CARD),
    ],
)
def test_a_late_change_never_becomes_cheaper(old, new, hours_before, rule):
    start = moment(FRIDAY, 10 * 60)
    now = start - timedelta(hours=hours_before)
    due = due_without_policy(starts_at=start, now=now, notice_hours=48)

    assert price_rule(old, new, due=due) is rule
    assert keeps_old_price(rule) is (rule is PriceRule.LATE)


def test_whom_the_house_moves_pays_no_more():
    assert price_rule_of_house(2000, 3000) is PriceRule.HOUSE
    assert price_rule_of_house(2000, 1000) is PriceRule.CARD


@given(use=spans, own=spans, before=st.integers(0, 90), after=st.integers(0, 90))
def test_a_change_asks_for_exactly_the_time_that_its_booking_does_not_use(use, own, before, after):
    wanted = use.widened(before_minutes=before, after_minutes=after)

    pieces = time_besides(use, wanted, [own])

    assert all(piece.wanted.contains(piece.use) for piece in pieces)
    assert all(wanted.contains(piece.wanted) for piece in pieces)
    assert not any(piece.use.overlaps(own) for piece in pieces)
    shared = use.intersection(own)
    asked = sum((piece.use.end - piece.use.start for piece in pieces), timedelta())
    kept = shared.end - shared.start if shared else timedelta()
    assert asked + kept == use.end - use.start


def test_a_change_waits_until_the_first_of_both_times_begins():
    assert expires_at(span(10, 12), span(14, 16)) == moment(FRIDAY, 600)
    assert expires_at(span(14, 16), span(10, 12)) == moment(FRIDAY, 600)


@given(st.sampled_from(ChangeStatus), st.integers(-3, 3), st.integers(-3, 3))
def test_an_answer_is_taken_back_before_it_leaves_and_before_it_is_too_late(status, leaves, over):
    now = moment(FRIDAY, 600)
    leaves_at, expires = (now + timedelta(minutes=each) for each in (leaves, over))

    found = can_be_taken_back(status, leaves_at=leaves_at, expires_at=expires, now=now)

    assert found == (status in {"approved", "refused"} and leaves > 0 and over > 0)
    assert not can_be_taken_back(status, leaves_at=None, expires_at=expires, now=now)
