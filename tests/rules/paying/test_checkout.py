"""What follows from how a payment stands: every case, in every order, as often as it comes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from buurthuis.rules.paying.checkout import (
    ENDED,
    LIVE,
    PATIENCE,
    Flag,
    Found,
    Ours,
    Outcome,
    Place,
    State,
    Step,
    Theirs,
    reconcile,
    waits_until,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOON, JUST_NOW = NOW + timedelta(minutes=30), NOW - timedelta(minutes=1)
MONEY_STEPS = {Step.CONFIRM, Step.TAKE_AGAIN, Step.GIVE_BACK, Step.FLAG}
DIFFERENCES = {"cents": 3751, "currency": "usd", "is_live": True}


def ours(state: State = State.OPEN, **facts: object) -> Ours:
    """An attempt to pay € 37.50 in play money for a place that is kept for half an hour more."""
    usual = {"holds_until": SOON, "waits_until": NOW + PATIENCE}
    return Ours(state, 3750, "eur", is_live=False, **{**usual, **facts})


def found(state: Theirs, **facts: object) -> Found:
    """What the provider says of it."""
    return replace(Found(state, 3750, "eur", is_live=False), **facts)


def life(
    start: Ours, news: list[Theirs], place: Place = Place.KEPT, **facts: object
) -> list[Outcome]:
    """What followed from each piece of news, one after the other."""
    outcomes = []
    for each in news:
        outcomes.append(reconcile(start, found(each, **facts), place, NOW))
        start = replace(start, state=outcomes[-1].state)
    return outcomes


@pytest.mark.parametrize(
    ("place", "state", "step"),
    [
        (Place.KEPT, State.PAID, Step.CONFIRM),
        (Place.FREE, State.PAID, Step.TAKE_AGAIN),
        (Place.TAKEN, State.GAVE_BACK, Step.GIVE_BACK),
        (Place.CALLED_OFF, State.GAVE_BACK, Step.GIVE_BACK),
        (Place.CERTAIN, State.GAVE_BACK, Step.GIVE_BACK),
    ],
)
def test_what_is_paid_gets_its_place_or_goes_back(place, state, step):
    for before in set(State) - ENDED:
        outcome = reconcile(ours(before), found(Theirs.PAID), place, NOW)

        assert outcome == Outcome(state, step), before


def test_what_is_paid_after_its_time_still_gets_a_place_that_nobody_took():
    late = ours(State.EXPIRED, holds_until=JUST_NOW)

    assert reconcile(late, found(Theirs.PAID), Place.KEPT, NOW).step is Step.CONFIRM
    assert reconcile(late, found(Theirs.PAID), Place.FREE, NOW).step is Step.TAKE_AGAIN


@pytest.mark.parametrize(
    ("field", "flag"),
    [("cents", Flag.AMOUNT), ("currency", Flag.CURRENCY), ("is_live", Flag.MODE)],
)
def test_another_amount_currency_or_mode_waits_for_a_person(field, flag):
    different = {field: DIFFERENCES[field]}
    for place, before in product(Place, set(State) - ENDED):
        outcome = reconcile(ours(before), found(Theirs.PAID, **different), place, NOW)

        assert outcome == Outcome(State.FLAGGED, Step.FLAG, flag)


def test_play_money_comes_first_because_it_is_no_money():
    outcome = reconcile(ours(), found(Theirs.PAID, **DIFFERENCES), Place.KEPT, NOW)

    assert outcome.flag is Flag.MODE


def test_a_currency_is_the_same_in_capitals():
    outcome = reconcile(ours(), found(Theirs.PAID, currency="EUR"), Place.KEPT, NOW)

    assert outcome.step is Step.CONFIRM


def test_money_on_its_way_keeps_the_place_for_a_week_though_the_hold_is_over():
    waiting = ours(holds_until=JUST_NOW)

    assert reconcile(waiting, found(Theirs.PENDING), Place.KEPT, NOW) == Outcome(
        State.PENDING, Step.WAIT
    )
    assert reconcile(waiting, found(Theirs.PENDING), Place.KEPT, NOW + PATIENCE).step is Step.LET_GO
    assert reconcile(waiting, found(Theirs.PENDING), Place.FREE, NOW + PATIENCE).step is Step.WAIT


def test_money_that_is_waited_for_is_not_waited_for_after_the_place_begins():
    assert waits_until(NOW, NOW + timedelta(days=2)) == NOW + timedelta(days=2)
    assert waits_until(NOW, NOW + timedelta(days=20)) == NOW + PATIENCE
    assert waits_until(NOW, None) is None


def test_a_page_stays_open_as_long_as_its_place_is_kept():
    in_time, too_late = ours(State.OPENING), ours(State.OPENING, holds_until=NOW)

    assert reconcile(in_time, found(Theirs.OPEN), Place.KEPT, NOW) == Outcome(
        State.OPEN, Step.NOTHING
    )
    assert reconcile(too_late, found(Theirs.OPEN), Place.KEPT, NOW) == Outcome(
        State.OPEN, Step.CLOSE
    )


@pytest.mark.parametrize("place", [each for each in Place if each is not Place.KEPT])
def test_a_page_is_closed_when_there_is_nothing_to_have_for_the_money(place):
    assert reconcile(ours(), found(Theirs.OPEN), place, NOW).step is Step.CLOSE


def test_an_invoice_can_always_be_paid():
    of_invoice = ours(holds_until=None, waits_until=None)
    long_after = NOW + timedelta(days=400)

    assert reconcile(of_invoice, found(Theirs.OPEN), Place.KEPT, long_after).step is Step.NOTHING
    assert reconcile(of_invoice, found(Theirs.PENDING), Place.KEPT, long_after).step is Step.WAIT
    assert reconcile(of_invoice, found(Theirs.EXPIRED), Place.KEPT, long_after).step is Step.NOTHING


@pytest.mark.parametrize("nothing", [Theirs.FAILED, Theirs.EXPIRED])
def test_who_did_not_pay_may_try_again_until_the_hold_is_over(nothing):
    assert reconcile(ours(), found(nothing), Place.KEPT, NOW).step is Step.NOTHING
    over = ours(holds_until=NOW)
    assert reconcile(over, found(nothing), Place.KEPT, NOW).step is Step.LET_GO
    assert reconcile(over, found(nothing), Place.TAKEN, NOW).step is Step.NOTHING


def test_money_that_does_not_arrive_after_all_is_told_once():
    waited = ours(State.PENDING, holds_until=JUST_NOW)

    first, again = life(waited, [Theirs.FAILED, Theirs.FAILED])

    assert first == Outcome(State.FAILED, Step.TRY_AGAIN)
    assert again == Outcome(State.FAILED, Step.LET_GO)


def test_every_case_has_an_answer_that_only_goes_forward():
    order = [State.OPENING, State.OPEN, State.PENDING, State.EXPIRED, State.FAILED]
    holds = (None, SOON, JUST_NOW)
    every = product(State, Theirs, Place, (False, True), holds, holds)
    for before, theirs, place, differs, hold, wait in every:
        facts = {"cents": 1} if differs else {}
        first = reconcile(
            ours(before, holds_until=hold, waits_until=wait), found(theirs, **facts), place, NOW
        )

        case = (before, theirs, place, differs, hold, wait, first)
        assert (first.flag is not None) == (first.step is Step.FLAG), case
        assert not differs or first.step not in MONEY_STEPS - {Step.FLAG}, case
        assert (first.step in MONEY_STEPS) == (theirs is Theirs.PAID and before not in ENDED), case
        if before in ENDED:
            assert first == Outcome(before, Step.NOTHING), case
        elif first.state in order:
            assert order.index(first.state) >= order.index(before), case
        else:
            assert first.state in ENDED, case
        assert first.step is not Step.WAIT or first.state is State.PENDING, case
        assert first.step is not Step.CLOSE or first.state in LIVE, case


@given(some.sampled_from(Place), some.booleans(), some.data())
def test_news_in_any_order_and_more_than_once_ends_in_the_same_state(place, differs, chance):
    way = chance.draw(
        some.sampled_from(
            [
                [Theirs.OPEN, Theirs.PAID],
                [Theirs.OPEN, Theirs.PENDING, Theirs.PAID],
                [Theirs.OPEN, Theirs.PENDING, Theirs.FAILED],
                [Theirs.OPEN, Theirs.EXPIRED],
                [Theirs.OPEN, Theirs.PENDING],
                [Theirs.EXPIRED, Theirs.PAID],
            ]
        )
    )
    twice = chance.draw(some.permutations(way + way))
    facts = {"cents": 1} if differs else {}

    in_order = life(ours(State.OPENING), way, place, **facts)
    shuffled = life(ours(State.OPENING), twice, place, **facts)

    assert shuffled[-1].state is in_order[-1].state
    done = [each.step for each in shuffled if each.step in MONEY_STEPS]
    assert done == [each.step for each in in_order if each.step in MONEY_STEPS]
    assert len(done) <= 1


@given(some.sampled_from(State), some.sampled_from(Theirs), some.sampled_from(Place))
def test_hearing_it_again_changes_nothing(before, theirs, place):
    first, again, third = life(ours(before), [theirs] * 3, place)

    assert again.state is first.state
    assert third == again
    assert again.step not in MONEY_STEPS
