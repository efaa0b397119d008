"""Paid online, and then moved or called off: the difference alone is asked, or goes back."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from buurthuis.bookings import actions as desk
from buurthuis.bookings.changes import actions as changes
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.payments import stripe_gateway as gateway
from buurthuis.payments.checkout import actions, asking
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.checkout.refusals import PageUnreachable
from buurthuis.payments.invoices.due import issue_due
from buurthuis.payments.invoices.models import Invoice, Kind
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.refunds.queries import proposals
from buurthuis.rules.paying.checkout import State
from buurthuis.tariffs.ways.models import HouseAccount
from tests.builders import friday
from tests.payments.checkout.paying import a_hall, a_kept_place, begun


@pytest.fixture
def paid(app, provider):
    """A booking of two hours for €20.00 that was paid online, in a house that bills by itself."""
    booking = a_kept_place(a_hall())
    db.session.get_one(HouseAccount, booking.venue_id).bills_from = date(2026, 1, 1)
    db.session.commit()
    attempt = begun(booking)
    provider.pay(attempt.session_id)
    asking.look(attempt.id)
    return booking


def billed_later() -> list[Invoice]:
    """What the worker issues some time after a change."""
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        issue_due()
    return list(db.session.scalars(select(Invoice).order_by(Invoice.id)))[1:]


def test_a_longer_evening_asks_the_difference_alone_and_it_can_be_paid_online(paid, provider):
    changes.move(paid.id, paid.room, friday(19, 22), by=paid.booked_by)

    [more] = billed_later()
    attempt = actions.begin_for_invoice(more.id, by=paid.booked_by)
    asking.open_page(attempt.id)
    provider.pay(db.session.get_one(Checkout, attempt.id).session_id)

    assert (more.kind, more.total_cents) == (Kind.INVOICE, 1000)
    assert asking.look(attempt.id) is State.PAID
    assert open_cents([more.id]) == {more.id: 0}


def test_a_shorter_evening_proposes_to_give_the_difference_back(paid):
    changes.move(paid.id, paid.room, friday(19, 20), by=paid.booked_by)

    [less] = billed_later()

    assert (less.kind, less.total_cents) == (Kind.CREDIT_NOTE, 1000)
    assert [each.cents for each in proposals(paid.venue)] == [1000]


def test_what_is_called_off_in_time_is_proposed_to_go_back_whole(paid):
    desk.cancel(paid.id, by=paid.booked_by)

    billed_later()

    assert [each.cents for each in proposals(paid.venue)] == [2000]


def test_a_provider_that_is_slow_keeps_nobody_waiting(app, provider, monkeypatch):
    monkeypatch.setattr(gateway, "SECONDS", 0.5)
    booking = a_kept_place(a_hall())
    attempt = actions.begin_for_booking(booking.id, by=booking.booked_by)
    provider.mode("slow", seconds=3)

    with pytest.raises(PageUnreachable):
        asking.open_page(attempt.id)

    monkeypatch.undo()
    provider.mode("fine")
    assert begun(booking).id == attempt.id
