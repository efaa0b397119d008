"""Money that came in: it settles invoices, never more than came, and can be undone."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.ledger.queries import balances_of
from buurthuis.payments.receiving import actions, steps
from buurthuis.payments.receiving.models import Payment, Settlement
from buurthuis.payments.refusals import (
    CannotUndo,
    MoreThanLeft,
    MoreThanOpen,
    NoAmount,
    NothingOpen,
    NotYours,
)
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.paying.ways import Means
from tests.builders import a_booking, a_person, a_role, friday
from tests.payments.builders import (
    a_group,
    a_paying_room,
    a_payment,
    a_treasurer,
    an_invoice,
    billed_booking,
)


def still(invoice):
    return open_cents([invoice.id])[invoice.id]


def stand(venue_id):
    return {account: cents for account, cents in balances_of(venue_id).items() if cents}


def test_money_settles_an_invoice_and_stands_in_the_books(app):
    invoice = an_invoice(2000)
    a_payment(invoice)

    assert still(invoice) == 0
    assert stand(invoice.venue_id) == {Account.BANK: 2000, Account.OPENING: -2000}


def test_a_part_leaves_the_rest_open(app):
    invoice = an_invoice(2000)
    a_payment(invoice, 500)

    assert still(invoice) == 1500


def test_money_that_came_too_much_is_kept_and_shown_and_can_be_for_another_invoice(app):
    invoice = an_invoice(2000)
    other = an_invoice(900, venue=invoice.venue, for_=invoice.initiative)
    payment = a_payment(invoice, 2500, means=Means.CASH)
    assert still(invoice) == 0
    assert stand(invoice.venue_id)[Account.UNALLOCATED] == -500

    chandra = a_treasurer(invoice.venue)
    actions.settle(payment.id, other.id, 500, by=chandra)
    assert still(other) == 400
    assert Account.UNALLOCATED not in stand(invoice.venue_id)


@pytest.mark.parametrize(
    ("cents", "refusal"), [(0, NoAmount), (401, MoreThanLeft), (901, MoreThanOpen)]
)
def test_no_more_is_settled_than_is_open_and_than_is_left(app, cents, refusal):
    invoice = an_invoice(2000)
    other = an_invoice(900, venue=invoice.venue)
    payment = a_payment(invoice, 2400)

    with pytest.raises(refusal) as said:
        actions.settle(payment.id, other.id, cents, by=a_treasurer(invoice.venue))
    assert getattr(said.value, "most", 0) in (0, 400, 900)
    assert db.session.query(Settlement).count() == 1


def test_an_invoice_that_is_settled_asks_nothing_more(app):
    invoice = an_invoice(2000)
    payment = a_payment(invoice, 2400)

    with pytest.raises(NothingOpen):
        actions.settle(payment.id, invoice.id, 400, by=a_treasurer(invoice.venue))


def test_money_of_one_house_settles_nothing_in_another(app):
    invoice, elsewhere = an_invoice(2000), an_invoice(2000)
    payment = a_payment(invoice, 2400)
    chandra = a_treasurer(invoice.venue)

    with pytest.raises(NotYours):
        actions.settle(payment.id, elsewhere.id, 400, by=chandra)
    with pytest.raises(NotYours):
        steps.receive(
            elsewhere.venue,
            Means.BANK,
            5,
            date(2026, 3, 2),
            towards=[(invoice, 5)],
            now=clock.now(),
        )
    with pytest.raises(NoAmount):
        steps.receive(elsewhere.venue, Means.BANK, 0, date(2026, 3, 2), towards=[], now=clock.now())


def test_what_was_entered_by_mistake_is_undone_as_if_it_never_was(app):
    invoice = an_invoice(2000)
    before = stand(invoice.venue_id)
    payment = a_payment(invoice, 2500)
    chandra = a_treasurer(invoice.venue)
    actions.undo(payment.id, by=chandra)

    assert still(invoice) == 2000
    assert stand(invoice.venue_id) == before
    assert [each.cents for each in db.session.query(Settlement).order_by(Settlement.id)] == [
        2000,
        -2000,
    ]
    assert db.session.query(Payment).one().undone_by_id == chandra.id
    with pytest.raises(CannotUndo):
        actions.undo(payment.id, by=chandra)
    with pytest.raises(MoreThanLeft):
        actions.settle(payment.id, invoice.id, 1, by=chandra)


def test_a_booking_paid_at_the_desk_is_billed_and_settled_at_once(app):
    booking = a_booking(a_paying_room(), friday(19, 21))
    actions.receive_at_desk(
        booking.venue, Means.CASH, 2000, by=a_treasurer(booking.venue), booking_ids=[booking.id]
    )

    invoice = db.session.query(Invoice).one()
    assert still(invoice) == 0
    assert stand(booking.venue_id) == {Account.CASH: 2000, Account.INCOME: -2000}
    letter = db.session.query(OutboxLetter).filter_by(template="invoice").one()
    assert (letter.recipient, letter.facts["open_cents"]) == (booking.booked_by.email, 0)


def test_the_oldest_invoice_is_settled_first(app):
    first, invoice = billed_booking()
    newer = an_invoice(900, venue=first.venue, for_=first.initiative)
    actions.receive_at_desk(
        first.venue,
        Means.CARD,
        1000,
        by=a_treasurer(first.venue),
        invoice_ids=[invoice.id, newer.id],
    )

    assert (still(newer), still(invoice)) == (0, 1900)


def test_only_who_does_the_money_of_a_house_receives_it(app):
    invoice = an_invoice(2000)
    payment = a_payment(invoice)
    board, dirk = a_person("Chandra"), a_person("Dirk")
    a_role(board, "board", invoice.venue)
    a_role(dirk, "host", invoice.venue)

    with pytest.raises(NotAllowed):
        actions.undo(payment.id, by=board)
    with pytest.raises(NotFound):
        actions.undo(payment.id, by=dirk)
    with pytest.raises(NotFound):
        actions.receive_at_desk(invoice.venue, Means.CASH, 5, by=dirk)


@pytest.mark.parametrize("what", ["invoice_ids", "booking_ids"])
def test_the_desk_takes_nothing_for_another_house(app, what):
    booking, invoice = billed_booking()
    here = an_invoice(2000).venue
    number = {"invoice_ids": invoice.id, "booking_ids": booking.id}[what]

    with pytest.raises(NotFound):
        actions.receive_at_desk(here, Means.CASH, 5, by=a_treasurer(here), **{what: [number]})


def test_what_is_not_there_is_not_found(app):
    chandra = a_treasurer(an_invoice().venue)

    with pytest.raises(NotFound):
        actions.undo(99, by=chandra)
    with pytest.raises(NotFound):
        actions.settle(99, 1, 5, by=chandra)


def test_the_database_lets_no_money_settle_more_than_came(app):
    invoice = an_invoice(2000)
    payment = a_payment(invoice, 1500)

    with pytest.raises(DBAPIError, match="settlement_within_payment"):
        db.session.execute(
            text(
                "INSERT INTO settlement (invoice_id, how, cents, payment_id, made_at, reason)"
                f" VALUES ({invoice.id}, 'payment', 1, {payment.id}, 0, '')"
            )
        )
    db.session.rollback()


@pytest.mark.parametrize("deed", ["DELETE FROM settlement", "UPDATE settlement SET cents = 1"])
def test_what_settled_an_invoice_is_never_changed(app, deed):
    a_payment(an_invoice(for_=a_group()))

    with pytest.raises(DBAPIError, match="settlement_is_kept"):
        db.session.execute(text(deed))
    db.session.rollback()
