"""Paid on time: the place is certain once, with one mail, one invoice and books that add up."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.payments.checkout import actions, asking, upkeep
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.checkout.refusals import (
    NoOnlinePaying,
    NotToBePaid,
    PageUnreachable,
    PaidAlready,
)
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.receiving.models import Payment
from buurthuis.rules.paying.checkout import State
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.states import Status
from tests.builders import a_person, friday
from tests.payments.builders import billed_booking
from tests.payments.checkout.paying import (
    a_hall,
    a_kept_place,
    begun,
    bram_and_group,
    letters,
    on_account,
)

MINUTE = timedelta(minutes=1)


def test_a_place_that_is_paid_is_certain_with_one_mail_and_one_invoice(app, provider):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pay(attempt.session_id)

    states = [asking.look(attempt.id) for _ in range(3)]

    db.session.refresh(booking)
    invoice = db.session.scalars(select(Invoice)).one()
    payment = db.session.scalars(select(Payment)).one()
    assert states == [State.PAID] * 3
    assert (booking.status, booking.expires_at) == (Status.CONFIRMED, None)
    assert (invoice.total_cents, payment.cents) == (2000, 2000)
    assert open_cents([invoice.id]) == {invoice.id: 0}
    assert letters() == ["booking_confirmed"]
    assert on_account(Account.ONLINE) == 2000
    assert on_account(Account.RECEIVABLE) == on_account(Account.UNALLOCATED) == 0


def test_the_provider_is_asked_the_price_of_the_server_with_what_it_is_for(app, provider):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)

    [(_, _, asked)] = [call for call in provider.calls if call[0] == "POST"]

    [session] = provider.sessions
    assert session["amount_total"] == booking.total_cents == 2000
    assert session["metadata"] == {"house": "meevaart", "checkout": str(attempt.id)}
    assert session["expires_at"] == int(attempt.closes_at.timestamp())
    assert session["locale"] == "en"
    assert session["success_url"] == f"http://localhost/pay/{attempt.id}/back"
    assert not [name for name in asked if name.startswith("payment_method")]


def test_pressing_twice_goes_to_the_same_page(app, provider):
    booking = a_kept_place(a_hall())

    first, second = begun(booking), begun(booking)

    assert first.id == second.id
    assert first.address == second.address
    assert len(provider.sessions) == len(provider.calls) == 1


def test_a_deposit_comes_on_top_and_is_held(app, provider):
    booking = a_kept_place(a_hall())
    booking.deposit_cents = 15000
    db.session.commit()
    attempt = begun(booking)
    provider.pay(attempt.session_id)

    asking.look(attempt.id)

    assert provider.sessions[0]["amount_total"] == 17000
    assert on_account(Account.DEPOSIT) == -15000
    assert on_account(Account.UNALLOCATED) == on_account(Account.RECEIVABLE) == 0


def test_only_who_speaks_for_the_group_pays(app, provider):
    booking = a_kept_place(a_hall())

    with pytest.raises(NotFound):
        actions.begin_for_booking(booking.id, by=a_person("Dirk"))


def test_what_is_not_kept_any_more_is_not_paid(app, provider):
    booking = a_kept_place(a_hall())

    with time_machine.travel(booking.expires_at, tick=False), pytest.raises(NotToBePaid):
        actions.begin_for_booking(booking.id, by=booking.booked_by)


def test_a_house_without_an_account_takes_nothing_online(app):
    room = a_hall()
    booking, invoice = billed_booking(room)

    with pytest.raises(NoOnlinePaying):
        actions.begin_for_invoice(invoice.id, by=booking.booked_by)


def test_an_invoice_is_paid_online_once(app, provider):
    bram, group = bram_and_group()
    _booking, invoice = billed_booking(a_hall(), friday(19, 21), by=bram, for_=group)
    attempt = actions.begin_for_invoice(invoice.id, by=bram)
    asking.open_page(attempt.id)
    provider.pay(db.session.get_one(Checkout, attempt.id).session_id)

    assert asking.look(attempt.id) is State.PAID

    assert open_cents([invoice.id]) == {invoice.id: 0}
    assert letters() == ["booking_confirmed", "payment_arrived"]
    with pytest.raises(PaidAlready):
        actions.begin_for_invoice(invoice.id, by=bram)


@pytest.mark.parametrize("mode", ["error", "busy", "garbage", "hang_up", "lost"])
def test_a_provider_in_trouble_keeps_the_place_and_the_next_press_works(app, provider, mode):
    booking = a_kept_place(a_hall())
    attempt = actions.begin_for_booking(booking.id, by=booking.booked_by)
    provider.mode(mode)

    with pytest.raises(PageUnreachable):
        asking.open_page(attempt.id)
    provider.mode("fine")

    assert begun(booking).id == attempt.id
    assert len(provider.sessions) == 1
    db.session.refresh(booking)
    assert booking.status == Status.HELD


def test_a_page_that_cannot_be_made_any_more_gives_way_to_a_new_attempt(app, provider):
    """The provider makes no page that closes within half an hour, and the first try never arrived."""
    booking = a_kept_place(a_hall())
    actions.begin_for_booking(booking.id, by=booking.booked_by)

    with time_machine.travel(clock.now() + 5 * MINUTE, tick=False):
        with pytest.raises(PageUnreachable):
            begun(booking)
        assert begun(booking).state is State.OPEN

    assert db.session.scalar(select(func.count(Checkout.id))) == 2


def test_a_hold_that_ends_is_asked_after_and_confirmed_when_it_was_paid(app, provider):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.news("withheld")
    provider.pay(attempt.session_id)

    with time_machine.travel(booking.expires_at + MINUTE, tick=False):
        upkeep.follow_payments()

    db.session.refresh(booking)
    assert booking.status == Status.CONFIRMED


def test_a_hold_that_ends_unpaid_closes_the_page_and_lets_the_place_go(app, provider):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)

    with time_machine.travel(booking.expires_at + MINUTE, tick=False):
        assert upkeep.follow_payments() == 0  # The attempt lets it go, not the hold by itself.

    db.session.refresh(booking)
    assert booking.status == Status.EXPIRED
    assert provider.sessions[0]["status"] == "expired"
    assert db.session.get_one(Checkout, attempt.id).state is State.EXPIRED
    assert letters() == ["booking_not_paid"]


def test_a_hold_that_nobody_began_to_pay_is_let_go(app, provider):
    booking = a_kept_place(a_hall())

    with time_machine.travel(booking.expires_at + MINUTE, tick=False):
        assert upkeep.follow_payments() == 1

    assert provider.calls == []
