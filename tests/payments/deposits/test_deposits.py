"""Deposits: received, held until the evening is over, given back, or kept by two people."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from buurthuis.bookings import actions as bookings
from buurthuis.bookings.refusals import ReasonMissing
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound, Refusal
from buurthuis.payments.deposits import actions, queries, steps
from buurthuis.payments.deposits.models import DepositTurn
from buurthuis.payments.deposits.queries import Phase
from buurthuis.payments.deposits.refusals import NoDeposit, NotOverYet, SecondPerson, Settled
from buurthuis.payments.refunds import actions as refunds
from buurthuis.payments.refunds.refusals import MoreThanCameIn
from buurthuis.rules.paying.giving_back import Held
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.paying.ways import Means
from tests.builders import a_confirmed_booking, a_manager, a_person, a_room, friday
from tests.payments.moving import billed, letters, paid, stands

AFTERWARDS = friday(23, 23.5).start


@pytest.fixture
def booking(app):
    """A feast that costs 20 euros, with a deposit of 150 euros."""
    found = a_confirmed_booking(a_room(), friday(19, 21))
    found.deposit_cents = 15000
    db.session.commit()
    return found


@pytest.fixture
def amina(booking):
    return a_manager(booking.venue, "Amina")


@pytest.fixture
def chandra(booking):
    return a_manager(booking.venue, "Chandra")


@pytest.fixture
def deposit(booking, amina):
    return actions.receive_deposit(booking.id, Means.CASH, by=amina)


@pytest.fixture
def afterwards(deposit):
    with time_machine.travel(AFTERWARDS, tick=False):
        yield AFTERWARDS


def seen(booking):
    return queries.deposit_of(booking, now=clock.now())


def test_a_booking_says_that_its_deposit_is_still_to_be_paid(booking):
    assert (seen(booking).phase, seen(booking).cents) == (Phase.TO_PAY, 15000)
    assert queries.to_pay_in(booking.venue, now=clock.now(), until=AFTERWARDS) == [booking]
    assert queries.held_in(booking.venue, now=clock.now()) == []


def test_a_booking_without_one_says_nothing(booking):
    booking.deposit_cents = 0

    assert seen(booking) is None


def test_a_deposit_that_was_paid_at_the_desk_is_held(booking, deposit):
    [held] = queries.held_in(booking.venue, now=clock.now())

    assert (held.booking, held.held, held.phase) == (booking, Held(taken=15000), Phase.HELD)
    assert seen(booking).phase is Phase.HELD
    assert queries.to_pay_in(booking.venue, now=clock.now(), until=AFTERWARDS) == []
    assert stands(booking) == {Account.CASH: 15000, Account.DEPOSIT: -15000}


def test_nobody_pays_a_deposit_twice(booking, deposit, amina):
    with pytest.raises(NoDeposit):
        actions.receive_deposit(booking.id, Means.CASH, by=amina)


def test_a_deposit_comes_along_with_the_payment_online(booking):
    [invoice] = billed(booking)
    payment = paid(booking, 17000, invoice, means=Means.ONLINE)

    action(steps.take)(booking, payment, 15000, clock.now())

    assert stands(booking) == {
        Account.ONLINE: 17000,
        Account.DEPOSIT: -15000,
        Account.INCOME: -2000,
    }
    with pytest.raises(MoreThanCameIn):
        action(steps.take)(booking, payment, 1, clock.now())


def test_a_deposit_is_held_until_the_booking_is_over(booking, deposit, amina):
    for deed in (
        lambda: actions.give_back(deposit.id, 15000, by=amina),
        lambda: actions.propose_keeping(deposit.id, 2500, "Stoel stuk", by=amina),
    ):
        with pytest.raises(NotOverYet):
            deed()


def test_a_tap_gives_it_back_when_it_is_over(booking, deposit, amina, afterwards):
    assert seen(booking).phase is Phase.TO_DECIDE

    [refund] = actions.give_back(deposit.id, 15000, by=amina)

    assert (refund.cents, refund.deposit_id) == (15000, deposit.id)
    assert (seen(booking).phase, stands(booking)) == (Phase.GONE, {})
    with pytest.raises(MoreThanCameIn):
        actions.give_back(deposit.id, 1, by=amina)
    refunds.mark_done(refund.id, by=amina)
    [letter] = letters("money_back")
    assert letter.facts["deposit_of"] == booking.title


def test_a_deposit_that_could_not_go_back_is_held_again(booking, deposit, amina, afterwards):
    [refund] = actions.give_back(deposit.id, 15000, by=amina)

    refunds.mark_failed(refund.id, "Geen rekening", by=amina)

    assert seen(booking).held == Held(taken=15000)
    assert stands(booking) == {Account.CASH: 15000, Account.DEPOSIT: -15000}
    actions.give_back(deposit.id, 15000, by=amina)
    assert stands(booking) == {}


def test_two_people_keep_a_part_and_the_group_reads_why(
    booking, deposit, amina, chandra, afterwards
):
    turn = actions.propose_keeping(deposit.id, 2500, "Er was een stoel stuk.", by=amina)
    assert seen(booking).phase is Phase.PROPOSED
    assert queries.proposed_in(booking.venue) == [turn]
    assert stands(booking) == {Account.CASH: 15000, Account.DEPOSIT: -15000}

    actions.agree(turn.id, by=chandra)

    assert queries.proposed_in(booking.venue) == []
    assert seen(booking).held == Held(taken=15000, kept=2500)
    [letter] = letters("deposit_kept")
    assert (letter.facts["reason"], letter.facts["left_cents"]) == ("Er was een stoel stuk.", 12500)
    actions.give_back(deposit.id, 12500, by=chandra)
    assert stands(booking) == {Account.CASH: 2500, Account.DEPOSIT_KEPT: -2500}


def test_nobody_agrees_with_themselves(deposit, amina, afterwards):
    turn = actions.propose_keeping(deposit.id, 2500, "Stoel stuk", by=amina)

    with pytest.raises(SecondPerson):
        actions.agree(turn.id, by=amina)


def test_what_waits_for_a_second_person_is_neither_given_back_nor_proposed_again(
    deposit, amina, afterwards
):
    actions.propose_keeping(deposit.id, 2500, "Stoel stuk", by=amina)

    with pytest.raises(MoreThanCameIn) as refused:
        actions.give_back(deposit.id, 15000, by=amina)
    with pytest.raises(MoreThanCameIn):
        actions.propose_keeping(deposit.id, 12501, "Vloer stuk", by=amina)
    assert refused.value.most == 12500


def test_who_says_no_leaves_it_with_the_group(booking, deposit, amina, chandra, afterwards):
    turn = actions.propose_keeping(deposit.id, 2500, "Stoel stuk", by=amina)

    actions.decline(turn.id, by=chandra)

    assert seen(booking).held == Held(taken=15000)
    for deed in (actions.agree, actions.decline):
        with pytest.raises(Settled):
            deed(turn.id, by=chandra)


def test_keeping_needs_a_reason(deposit, amina, afterwards):
    with pytest.raises(ReasonMissing):
        actions.propose_keeping(deposit.id, 2500, "  ", by=amina)


def test_a_cancelled_booking_gives_its_deposit_back_by_itself(booking, deposit):
    assert actions.give_back_what_is_off() == 0
    bookings.cancel(booking.id, by=booking.booked_by)

    assert actions.give_back_what_is_off() == 1

    assert (seen(booking).phase, stands(booking)) == (Phase.GONE, {})
    assert actions.give_back_what_is_off() == 0


def test_dirk_has_no_business_with_deposits(booking, deposit, amina, afterwards):
    turn = actions.propose_keeping(deposit.id, 2500, "Stoel stuk", by=amina)

    for dirk in (a_person("Dirk"), booking.booked_by, a_manager(a_room().venue, "Elders")):
        for deed in (
            lambda by: actions.receive_deposit(booking.id, Means.CASH, by=by),
            lambda by: actions.give_back(deposit.id, 1, by=by),
            lambda by: actions.propose_keeping(deposit.id, 1, "x", by=by),
            lambda by: actions.agree(turn.id, by=by),
            lambda by: actions.decline(turn.id, by=by),
        ):
            with pytest.raises(NotFound):
                deed(dirk)


def test_the_database_itself_gives_no_more_than_was_taken(deposit, amina, chandra):
    row = {"deposit_id": deposit.id, "reason": "Stuk", "made_at": clock.now(), "by_id": amina.id}
    kept = {**row, "turn": "kept", "agreed_at": clock.now(), "agreed_by_id": chandra.id}

    with pytest.raises(DBAPIError, match="deposit_within_taken"):
        db.session.execute(insert(DepositTurn).values(cents=15001, **kept))
    db.session.rollback()
    db.session.execute(insert(DepositTurn).values(cents=15000, **kept))


DEEDS = st.lists(st.tuples(st.sampled_from("gkad"), st.integers(-1, 9000)), min_size=1, max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
@given(DEEDS)
def test_whatever_is_done_with_a_deposit_the_books_hold_what_is_held(app, deeds):
    booking, deposit, amina, chandra = a_held_deposit()
    with time_machine.travel(AFTERWARDS + timedelta(days=1), tick=False):
        for deed, cents in deeds:
            waiting = queries.proposed_in(booking.venue)
            try:
                if deed == "g":
                    actions.give_back(deposit.id, cents, by=amina)
                elif deed == "k":
                    actions.propose_keeping(deposit.id, cents, "Stuk", by=amina)
                elif waiting:
                    (actions.agree if deed == "a" else actions.decline)(waiting[0].id, by=chandra)
            except Refusal:
                db.session.rollback()
        held, books = seen(booking).held, stands(booking)

    assert 0 <= held.free <= held.cents <= 15000
    assert -books.get(Account.DEPOSIT, 0) == held.cents
    assert -books.get(Account.DEPOSIT_KEPT, 0) == held.kept


def a_held_deposit():
    """A deposit in a house of its own, with two people who do its money."""
    booking = a_confirmed_booking(a_room(), friday(19, 21))
    booking.deposit_cents = 15000
    db.session.commit()
    amina, chandra = (a_manager(booking.venue, name) for name in ("Amina", "Chandra"))
    deposit = actions.receive_deposit(booking.id, Means.CARD, by=amina)
    return booking, deposit, amina, chandra
