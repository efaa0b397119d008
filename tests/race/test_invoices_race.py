"""Twenty treasurers issue, receive and let go at one moment: numbers have no gaps, nothing counts twice."""

from datetime import datetime, timedelta

import pytest

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.payments.invoices import actions
from buurthuis.payments.invoices.issuing import bill
from buurthuis.payments.invoices.models import Invoice, InvoiceCount
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.receiving import actions as receiving
from buurthuis.payments.receiving.models import Payment, Settlement
from buurthuis.payments.refusals import MoreThanLeft, MoreThanOpen, NothingToBill
from buurthuis.rules.calendar import day_of
from buurthuis.upkeep import doctor_of_books
from tests.builders import a_booking, on
from tests.payments.builders import a_paying_room, a_payment, a_treasurer, an_invoice
from tests.race.test_seats_race import AT_A_TIME, all_at_once

pytestmark = pytest.mark.race

INVOICES = 20


class Stumbled(Exception):
    """Something went wrong after the number was given."""


@pytest.fixture
def house(real):
    """A house with twenty-five bookings that were not billed yet, and its treasurer."""
    room = a_paying_room()
    day = day_of(datetime.now().astimezone()) + timedelta(days=10)
    bookings = [
        a_booking(room, on(day + timedelta(days=ahead), 9, 11)).id for ahead in range(AT_A_TIME)
    ]
    return bookings, a_treasurer(room.venue).id


def person(number):
    return db.session.get_one(Person, number)


def numbers():
    db.session.rollback()
    return sorted(each.number for each in db.session.query(Invoice))


def test_twenty_invoices_at_one_moment_have_no_gap_though_five_stumble(real, house):
    bookings, treasurer = house
    db.session.remove()

    def issue(booking_id):
        actions.issue([booking_id], by=person(treasurer))

    @action
    def stumble(booking_id):
        bill([db.session.get_one(Booking, booking_id)], by=None, now=clock.now())
        raise Stumbled

    deeds = [
        lambda number=number, do=issue if place < INVOICES else stumble: do(number)
        for place, number in enumerate(bookings)
    ]
    wrong = all_at_once(real, deeds)

    assert [type(each) for each in wrong] == [Stumbled] * (AT_A_TIME - INVOICES)
    assert numbers() == list(range(1, INVOICES + 1))
    assert db.session.query(InvoiceCount).one().last == INVOICES
    assert doctor_of_books.gaps_in_numbers() == []


def test_one_booking_that_many_bill_at_one_moment_is_billed_once(real, house):
    bookings, treasurer = house
    db.session.remove()

    def issue():
        actions.issue(bookings[:1], by=person(treasurer))

    wrong = all_at_once(real, [issue] * AT_A_TIME)

    assert {type(each) for each in wrong} == {NothingToBill}
    assert len(wrong) == AT_A_TIME - 1
    assert numbers() == [1]


def test_money_that_many_settle_at_one_moment_settles_no_more_than_came(real):
    first = an_invoice(100)
    invoice = an_invoice(2000, venue=first.venue)
    payment = a_payment(first, 1100)
    treasurer, number, came = a_treasurer(first.venue).id, invoice.id, payment.id
    db.session.remove()

    def settle():
        receiving.settle(came, number, 100, by=person(treasurer))

    wrong = all_at_once(real, [settle] * AT_A_TIME)

    assert {type(each) for each in wrong} == {MoreThanLeft}
    assert len(wrong) == AT_A_TIME - 10
    db.session.rollback()
    assert open_cents([number]) == {number: 1000}
    assert doctor_of_books.settled_twice() == doctor_of_books.money_and_books() == []


def test_an_open_item_that_many_let_go_at_one_moment_is_let_go_once(real):
    invoice = an_invoice(2000)
    treasurer, number = a_treasurer(invoice.venue).id, invoice.id
    db.session.remove()

    def let_go():
        actions.write_off(number, 1500, "The group has stopped.", by=person(treasurer))

    wrong = all_at_once(real, [let_go] * AT_A_TIME)

    assert {type(each) for each in wrong} == {MoreThanOpen}
    db.session.rollback()
    assert db.session.query(Settlement).count() == 1


def test_money_that_many_undo_at_one_moment_is_undone_once(real):
    invoice = an_invoice(2000)
    payment = a_payment(invoice)
    treasurer, number, of = a_treasurer(invoice.venue).id, payment.id, invoice.id
    db.session.remove()

    wrong = all_at_once(real, [lambda: receiving.undo(number, by=person(treasurer))] * AT_A_TIME)

    assert len(wrong) == AT_A_TIME - 1
    db.session.rollback()
    assert open_cents([of]) == {of: 2000}
    assert db.session.get_one(Payment, number).undone_at is not None
    assert doctor_of_books.open_items_and_books() == []
