"""States: a booking only goes forward."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.states import FINAL, LIVE, Status, Verb, WrongState, next_status, verbs_for


def test_the_house_approves_a_request():
    assert next_status(Status.REQUESTED, Verb.APPROVE) is Status.CONFIRMED


def test_a_payment_confirms_what_was_held():
    assert next_status(Status.HELD, Verb.CONFIRM) is Status.CONFIRMED


def test_a_confirmed_booking_can_only_be_cancelled_or_unused():
    assert verbs_for(Status.CONFIRMED) == {Verb.CANCEL, Verb.NO_SHOW}


def test_a_second_click_on_approve_is_refused_with_both_words():
    with pytest.raises(WrongState) as refused:
        next_status(Status.CONFIRMED, Verb.APPROVE)

    assert refused.value.status is Status.CONFIRMED
    assert refused.value.verb is Verb.APPROVE


@given(st.sampled_from(Status), st.lists(st.sampled_from(Verb), max_size=6))
def test_no_chain_of_verbs_brings_a_confirmed_booking_back_to_waiting(status, verbs):
    confirmed_once = status is Status.CONFIRMED
    for verb in verbs:
        try:
            status = next_status(status, verb)
        except WrongState:
            continue
        assert not (confirmed_once and status in {Status.REQUESTED, Status.HELD})
        confirmed_once = confirmed_once or status is Status.CONFIRMED


@pytest.mark.parametrize("status", sorted(FINAL - {Status.EXPIRED}))
def test_what_is_over_stays_over(status):
    assert verbs_for(status) == frozenset()


def test_only_a_place_that_was_let_go_can_be_taken_again():
    assert verbs_for(Status.EXPIRED) == {Verb.TAKE_AGAIN}
    assert next_status(Status.EXPIRED, Verb.TAKE_AGAIN) is Status.CONFIRMED


@pytest.mark.parametrize("status", sorted(FINAL))
def test_what_is_over_is_not_live(status):
    assert status.is_final
    assert not status.is_live


def test_requests_holds_and_confirmed_bookings_are_live():
    assert {status for status in Status if status.is_live} == LIVE
    assert sorted(LIVE) == ["confirmed", "held", "requested"]


def test_a_hold_that_is_accepted_waits_for_the_house_and_is_never_a_hold_again():
    assert next_status(Status.HELD, Verb.ACCEPT) is Status.REQUESTED
    assert not any(leads_to(status, Status.HELD) for status in Status)


def leads_to(status, goal):
    return any(next_status(status, verb) is goal for verb in verbs_for(status))
