"""Paid too late, twice, called off meanwhile, or something else than we asked: one end, and no cent is lost."""

from datetime import timedelta

import time_machine
from sqlalchemy import func, select

from buurthuis.bookings import actions as desk
from buurthuis.bookings.models import Booking
from buurthuis.bookings.paying_actions import choose_way
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.payments.checkout import actions, asking, upkeep
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.refunds.carrying import carry
from buurthuis.payments.refunds.models import RefundState
from buurthuis.rules.paying.checkout import State
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.states import Status
from tests.builders import a_booking, a_person, friday
from tests.payments.builders import a_group, a_payment, billed_booking
from tests.payments.checkout.paying import (
    a_hall,
    a_kept_place,
    begun,
    bram_and_group,
    given_back,
    letters,
    on_account,
    refunds,
    state_of,
    told_in,
)

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def late(booking: Booking) -> time_machine.travel:
    """A minute after the place was let go."""
    return time_machine.travel(booking.expires_at + MINUTE, tick=False)


def someone_else_takes(booking: Booking) -> Booking:
    """After its time another group books the same room for the same evening."""
    chandra = a_person("Chandra")
    group = a_group(chandra, "Koor Oost")
    return a_booking(booking.room, friday(19, 21), by=chandra, for_=group)


def test_what_is_paid_after_the_place_was_let_go_takes_it_again(app, provider):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pay(attempt.session_id)
    with time_machine.travel(booking.expires_at + 31 * MINUTE, tick=False):
        desk.expire_holds()
        db.session.refresh(booking)
        assert booking.status == Status.EXPIRED

        assert asking.look(attempt.id) is State.PAID

    db.session.refresh(booking)
    assert booking.status == Status.CONFIRMED
    assert letters() == ["booking_confirmed", "booking_not_paid"]
    assert refunds() == []


def test_what_is_paid_after_somebody_else_took_the_place_goes_back_once_with_an_apology(
    app, provider
):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pay(attempt.session_id)
    with late(booking):
        assert someone_else_takes(booking).status == Status.CONFIRMED

        assert [asking.look(attempt.id) for _ in range(3)] == [State.GAVE_BACK] * 3
        carry()
        carry()

    assert refunds() == [(2000, RefundState.DONE)]
    assert letters().count("paid_for_nothing") == 1
    assert told_in("paid_for_nothing")["link"] == "http://localhost/"
    assert on_account(Account.ONLINE) == on_account(Account.UNALLOCATED) == 0
    assert [each["amount"] for each in provider.till.refunds.values()] == [2000]


def test_who_cancels_while_the_money_comes_gets_it_back(app, provider):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pay(attempt.session_id)
    desk.cancel(booking.id, by=booking.booked_by)

    assert asking.look(attempt.id) is State.GAVE_BACK

    db.session.refresh(booking)
    assert booking.status == Status.CANCELLED
    assert given_back() == [2000]
    assert db.session.scalar(select(func.count(Invoice.id))) == 0


def test_the_page_of_what_was_cancelled_is_closed(app, provider):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    desk.cancel(booking.id, by=booking.booked_by)

    assert asking.look(attempt.id) is State.EXPIRED

    assert provider.sessions[0]["status"] == "expired"


def test_who_chooses_an_invoice_and_pays_online_after_all_pays_that_invoice(app, provider):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    choose_way(booking.id, Way.INVOICE, by=booking.booked_by)
    provider.pay(attempt.session_id)

    assert asking.look(attempt.id) is State.PAID

    [invoice] = db.session.scalars(select(Invoice))
    assert open_cents([invoice.id]) == {invoice.id: 0}
    assert letters() == ["booking_confirmed"]


def test_an_invoice_that_was_paid_by_bank_meanwhile_gives_back_what_came_online(app, provider):
    bram, group = bram_and_group()
    _booking, invoice = billed_booking(a_hall(), friday(19, 21), by=bram, for_=group)
    attempt = actions.begin_for_invoice(invoice.id, by=bram)
    asking.open_page(attempt.id)
    a_payment(invoice, 1500)
    provider.pay(db.session.get_one(Checkout, attempt.id).session_id)

    assert asking.look(attempt.id) is State.PAID

    assert open_cents([invoice.id]) == {invoice.id: 0}
    assert given_back() == [1500]
    assert on_account(Account.UNALLOCATED) == on_account(Account.RECEIVABLE) == 0


def test_an_invoice_that_was_paid_whole_meanwhile_gives_all_back(app, provider):
    bram, group = bram_and_group()
    _booking, invoice = billed_booking(a_hall(), friday(19, 21), by=bram, for_=group)
    attempt = actions.begin_for_invoice(invoice.id, by=bram)
    asking.open_page(attempt.id)
    a_payment(invoice)
    provider.pay(db.session.get_one(Checkout, attempt.id).session_id)

    assert asking.look(attempt.id) is State.GAVE_BACK

    assert given_back() == [2000]
    assert "paid_for_nothing" in letters()


def test_money_on_its_way_keeps_the_place_and_then_makes_it_certain(app, provider):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    began = booking.created_at
    provider.pend(attempt.session_id)
    assert asking.look(attempt.id) is State.PENDING
    db.session.refresh(booking)
    assert booking.expires_at == began + 7 * DAY

    with time_machine.travel(began + 2 * DAY, tick=False):
        upkeep.follow_payments()
        db.session.refresh(booking)
        assert booking.status == Status.HELD
        provider.arrive(attempt.session_id)
        assert asking.look(attempt.id) is State.PAID

    db.session.refresh(booking)
    assert booking.status == Status.CONFIRMED
    assert letters() == ["booking_confirmed"]


def test_money_that_does_not_arrive_leaves_time_to_try_again(app, provider):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pend(attempt.session_id)
    asking.look(attempt.id)
    with time_machine.travel(clock.now() + 2 * DAY, tick=False):
        provider.fail(attempt.session_id)
        assert asking.look(attempt.id) is State.FAILED

        db.session.refresh(booking)
        assert booking.expires_at == clock.now() + 40 * MINUTE
        assert letters() == ["payment_failed"]
        again = begun(booking)
        provider.pay(again.session_id)
        assert asking.look(again.id) is State.PAID

    assert again.mark != attempt.mark
    db.session.refresh(booking)
    assert booking.status == Status.CONFIRMED


def test_money_that_never_arrives_lets_the_place_go_after_a_week(app, provider):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pend(attempt.session_id)
    asking.look(attempt.id)

    with time_machine.travel(clock.now() + 7 * DAY, tick=False):
        upkeep.follow_payments()
        db.session.refresh(booking)
        assert booking.status == Status.EXPIRED
        assert state_of(attempt) is State.PENDING
        provider.arrive(attempt.session_id)
        assert asking.look(attempt.id) is State.PAID  # Nobody took it meanwhile.
