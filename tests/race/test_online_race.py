"""Pressing, looking, cancelling and taking the room at one moment: each payment ends in one way."""

from datetime import datetime, timedelta

import pytest

from buurthuis.accounts.models import Person
from buurthuis.bookings import actions as desk
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import WrongState
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Refusal
from buurthuis.payments.checkout import actions, asking, upkeep
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.refunds.models import Refund
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.checkout import State
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.states import Status
from buurthuis.upkeep import doctor, doctor_of_books
from buurthuis.venues.models import Room
from tests.builders import a_booking, on
from tests.payments.checkout.paying import (
    a_hall,
    a_kept_place,
    begun,
    letters,
    on_account,
)
from tests.payments.provider import a_provider, paid_online
from tests.race.test_seats_race import AT_A_TIME, all_at_once

pytestmark = pytest.mark.race


@pytest.fixture
def provider(real):
    with a_provider(rest=0.05) as found, paid_online(real, found):
        yield found


@pytest.fixture
def evening():
    """Ten days ahead, on the real clock."""
    return on(day_of(datetime.now().astimezone()) + timedelta(days=10), 19, 21)


def the(booking_id: int) -> Booking:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Booking, booking_id)


def assert_books_are_well() -> None:
    assert on_account(Account.UNALLOCATED) == 0
    assert doctor_of_books.entries_that_do_not_balance() == []
    assert doctor_of_books.open_items_and_books() == []
    assert doctor.overlaps() == doctor.claims_and_bookings() == []


def test_a_payment_that_many_look_at_is_written_down_once(real, provider, evening):
    booking = a_kept_place(a_hall(), evening)
    attempt = begun(booking)
    provider.pay(attempt.session_id)
    numbers = booking.id, attempt.id
    db.session.remove()

    wrong = all_at_once(real, [lambda: asking.look(numbers[1])] * AT_A_TIME)

    assert wrong == []
    assert the(numbers[0]).status == Status.CONFIRMED
    assert db.session.query(Payment).count() == db.session.query(Invoice).count() == 1
    assert letters() == ["booking_confirmed"]
    assert_books_are_well()


def test_who_presses_in_many_windows_gets_one_page(real, provider, evening):
    booking = a_kept_place(a_hall(), evening)
    numbers = booking.id, booking.booked_by_id
    db.session.remove()

    def press():
        by = db.session.get_one(Person, numbers[1])
        asking.open_page(actions.begin_for_booking(numbers[0], by=by).id)

    wrong = all_at_once(real, [press] * AT_A_TIME)

    assert wrong == []
    assert db.session.query(Checkout).count() == len(provider.sessions) == 1


@pytest.mark.parametrize("turn", range(3))
def test_cancelling_while_the_money_comes_ends_in_one_way(real, provider, evening, turn):
    booking = a_kept_place(a_hall(), evening)
    attempt = begun(booking)
    provider.pay(attempt.session_id)
    numbers = booking.id, attempt.id, booking.booked_by_id
    db.session.remove()

    def cancel():
        desk.cancel(numbers[0], by=db.session.get_one(Person, numbers[2]))

    deeds = [cancel, *[lambda: asking.look(numbers[1])] * 5]
    wrong = all_at_once(real, deeds[turn:] + deeds[:turn])

    assert {type(each) for each in wrong} <= {WrongState}
    state = db.session.get_one(Checkout, numbers[1]).state
    went_back = [each.cents for each in db.session.query(Refund)]
    # Cancelled first: the money goes back. Paid first: it was certain, and then called off.
    assert the(numbers[0]).status == Status.CANCELLED
    assert (state, went_back) in [(State.GAVE_BACK, [2000]), (State.PAID, [])]
    assert db.session.query(Payment).count() == 1
    assert_books_are_well()


@pytest.mark.parametrize("turn", range(3))
def test_a_place_is_taken_by_one_while_another_pays_too_late(real, provider, evening, turn):
    booking = a_kept_place(a_hall(), evening)
    attempt = begun(booking)
    provider.pay(attempt.session_id)
    booking.expires_at = datetime.now().astimezone() - timedelta(minutes=1)
    db.session.commit()
    numbers, room_id = (booking.id, attempt.id), booking.room_id
    db.session.remove()

    def take():
        a_booking(db.session.get_one(Room, room_id), evening)

    deeds = [take, take, lambda: asking.look(numbers[1]), upkeep.follow_payments]
    wrong = all_at_once(real, deeds[turn:] + deeds[:turn])

    assert all(isinstance(each, Refusal) for each in wrong)
    state = db.session.get_one(Checkout, numbers[1]).state
    live = [each for each in db.session.query(Booking) if each.is_live]
    assert len(live) == 1
    assert (state is State.PAID) == (live[0].id == numbers[0])
    assert state in {State.PAID, State.GAVE_BACK}
    assert_books_are_well()
