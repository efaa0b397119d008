"""Money that goes back: proposed, decided, done or not, and never more than came in."""

from threading import Thread

import pytest
from flask_babel import force_locale
from sqlalchemy import insert, update
from sqlalchemy.exc import DBAPIError

from buurthuis.bookings import actions as bookings
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound, sentence_of
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.refunds import actions, queries, steps
from buurthuis.payments.refunds.models import Refund, RefundState
from buurthuis.payments.refunds.refusals import MoreThanCameIn, NotWaiting, OnlineOnly
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.paying.ways import Means
from tests.builders import a_confirmed_booking, a_manager, a_person, a_room, friday
from tests.payments.moving import billed, gave_back, letters, paid, stands


@pytest.fixture
def booking(app):
    return a_confirmed_booking(a_room(), friday(19, 21))


@pytest.fixture
def amina(booking):
    return a_manager(booking.venue, "Amina")


@pytest.fixture
def invoice(booking):
    """An invoice of 20 euros that was paid by bank, and whose booking was cancelled then."""
    [found] = billed(booking)
    paid(booking, 2000, found)
    bookings.cancel(booking.id, by=booking.booked_by)
    billed(booking)
    return found


def test_what_was_paid_for_a_cancelled_booking_is_proposed_to_go_back(booking, invoice):
    [proposal] = queries.proposals(booking.venue)

    assert (proposal.cents, proposal.invoice, proposal.payment.means) == (2000, invoice, Means.BANK)
    assert queries.propose(invoice) == [(proposal.payment, 2000)]
    assert queries.below_nothing([invoice.id, 999]) == {invoice.id: 2000, 999: 0}


def test_the_latest_payment_gives_back_first(booking):
    [invoice] = billed(booking)
    paid(booking, 1500, invoice)
    latest = paid(booking, 500, invoice)
    bookings.cancel(booking.id, by=booking.booked_by)
    billed(booking)

    assert [(each.payment.cents, each.cents) for each in queries.proposals(booking.venue)] == [
        (latest.cents, 500),
        (1500, 1500),
    ]


def test_a_tap_gives_it_back_and_the_books_come_to_nothing(booking, invoice, amina):
    [proposal] = queries.proposals(booking.venue)

    refund = actions.give_back(
        proposal.payment.id, 2000, "Op tijd afgezegd", by=amina, invoice_id=invoice.id
    )

    assert (refund.state, refund.means, refund.look_at) == (RefundState.PENDING, Means.BANK, None)
    assert queries.proposals(booking.venue) == []
    assert open_cents([invoice.id]) == {invoice.id: 0}
    assert stands(booking) == {}
    assert queries.pending(booking.venue) == [refund]


def test_who_says_it_was_transferred_tells_the_group(booking, invoice, amina):
    [proposal] = queries.proposals(booking.venue)
    refund = actions.give_back(proposal.payment.id, 2000, "Ziek", by=amina, invoice_id=invoice.id)

    actions.mark_done(refund.id, by=amina)

    assert (refund.state, refund.done_at) == (RefundState.DONE, clock.now())
    assert queries.done(booking.venue, count=9) == [refund]
    [letter] = letters("money_back")
    assert (letter.facts["cents"], letter.facts["invoice_name"]) == (2000, invoice.name)
    with pytest.raises(NotWaiting):
        actions.mark_done(refund.id, by=amina)


def test_what_does_not_work_is_to_be_given_back_again(booking, invoice, amina):
    [proposal] = queries.proposals(booking.venue)
    refund = actions.give_back(proposal.payment.id, 2000, "Ziek", by=amina, invoice_id=invoice.id)

    actions.mark_failed(refund.id, "De rekening bestaat niet.", by=amina)

    assert (refund.state, refund.error) == (RefundState.FAILED, "De rekening bestaat niet.")
    assert [each.cents for each in queries.proposals(booking.venue)] == [2000]
    assert queries.failed(booking.venue) == [refund]
    assert stands(booking) == {Account.BANK: 2000, Account.RECEIVABLE: -2000}

    again = actions.try_again(refund.id, by=amina)

    assert again.mark != refund.mark
    assert queries.failed(booking.venue) == []
    assert stands(booking) == {}
    with pytest.raises(NotWaiting):
        actions.try_again(again.id, by=amina)


def test_more_than_the_house_owes_does_not_go_back(booking, invoice, amina):
    [proposal] = queries.proposals(booking.venue)

    with pytest.raises(MoreThanCameIn) as refused:
        actions.give_back(proposal.payment.id, 2001, "Ziek", by=amina, invoice_id=invoice.id)

    assert refused.value.most == 2000
    with force_locale("en"):
        assert sentence_of(refused.value) == "That is too much. Choose at most €20.00."


def test_nothing_goes_back_of_what_is_owed(booking, amina):
    [invoice] = billed(booking)
    payment = paid(booking, 2000, invoice)

    for wanted in ({"invoice_id": invoice.id}, {}):
        with pytest.raises(MoreThanCameIn) as refused:
            actions.give_back(payment.id, 1, "Zomaar", by=amina, **wanted)
        assert refused.value.most == 0


def test_money_for_which_there_was_nothing_to_have_goes_back(booking):
    payment = paid(booking, 2000, means=Means.ONLINE)
    assert stands(booking) == {Account.ONLINE: 2000, Account.UNALLOCATED: -2000}

    refund = gave_back(payment, 2000)

    assert (refund.means, refund.look_at) == (Means.ONLINE, clock.now())
    assert stands(booking) == {}
    assert queries.free_cents([payment.id]) == {payment.id: 0}


def test_what_came_online_goes_back_online(booking):
    online, by_bank = paid(booking, 2000, means=Means.ONLINE), paid(booking, 2000)

    for payment, means in ((online, Means.BANK), (by_bank, Means.ONLINE)):
        with pytest.raises(OnlineOnly):
            gave_back(payment, 2000, means=means)


def test_what_could_not_go_back_online_goes_by_hand_and_the_books_know(booking):
    payment = paid(booking, 2000, means=Means.ONLINE)
    steps.fail(gave_back(payment, 2000), "Closed", now=clock.now())
    other = paid(booking, 1000, means=Means.ONLINE)

    assert queries.failed_online([payment.id, other.id]) == {payment.id}
    assert gave_back(payment, 500).means is Means.BANK
    assert gave_back(payment, 500, means=Means.CASH).means is Means.CASH
    assert gave_back(payment, 1000, means=Means.ONLINE).means is Means.ONLINE
    with pytest.raises(OnlineOnly):
        gave_back(other, 1000, means=Means.BANK)
    db.session.commit()

    assert stands(booking) == {
        Account.ONLINE: 2000,
        Account.UNALLOCATED: -1000,
        Account.BANK: -500,
        Account.CASH: -500,
    }


def test_only_who_does_the_money_of_this_house_gives_back(booking, invoice):
    [proposal] = queries.proposals(booking.venue)
    others = a_manager(a_room().venue, "Chandra")

    for dirk in (others, a_person("Dirk"), booking.booked_by):
        with pytest.raises(NotFound):
            actions.give_back(proposal.payment.id, 1, "x", by=dirk, invoice_id=invoice.id)


def test_twenty_people_at_once_give_back_no_more_than_came(app, booking, amina):
    payment = paid(booking, 2000)
    refused = []

    def give():
        with app.app_context():
            try:
                actions.give_back(payment.id, 300, "Dubbel", by=amina)
            except MoreThanCameIn as refusal:
                refused.append(refusal.most)
            finally:
                db.session.remove()

    together = [Thread(target=give) for _ in range(20)]
    for each in together:
        each.start()
    for each in together:
        each.join()

    assert refused == [200] * 14
    assert queries.left_cents([payment.id]) == {payment.id: 200}
    assert stands(booking) == {Account.BANK: 200, Account.UNALLOCATED: -200}


def test_the_database_itself_refuses_more_than_came_in(booking):
    payment = paid(booking, 2000)
    before = gave_back(payment, 1500)
    row = {
        "payment_id": payment.id,
        "means": "bank",
        "reason": "",
        "error": "",
        "attempts": 0,
        "state": "pending",
        "made_at": clock.now(),
    }

    for statement in (
        insert(Refund).values(mark="a", cents=501, **row),
        update(Refund).where(Refund.id == before.id).values(cents=2001),
    ):
        with pytest.raises(DBAPIError, match="refund_within_payment"):
            db.session.execute(statement)
        db.session.rollback()
    db.session.execute(insert(Refund).values(mark="b", cents=500, **row))
