"""The money of the demo can be believed: most groups paid, the books are right, twice adds nothing."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from buurthuis.accounts.models import RoleName
from buurthuis.accounts.queries import people_with_role, speakers_of
from buurthuis.demo import money
from buurthuis.demo.money import bring_money
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.payments.bank.models import BankLine
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.deposits.models import DepositTurn
from buurthuis.payments.invoices.due import issue_due
from buurthuis.payments.invoices.models import Invoice, Kind, Reminder
from buurthuis.payments.receiving.models import Payment, Settlement
from buurthuis.payments.refunds import queries
from buurthuis.payments.refunds.models import Refund, RefundState
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.checkout import State
from buurthuis.rules.paying.open_items import How
from buurthuis.rules.paying.ways import Means
from buurthuis.rules.states import Status
from buurthuis.tariffs.ways.models import HouseAccount
from buurthuis.upkeep import doctor_of_books, doctor_of_deposits
from tests.builders import FRIDAY, a_booking, a_person, a_role, a_room, a_venue, an_initiative, on
from tests.evidence.saying import a_past_booking
from tests.payments.builders import an_account

BOOKS = (
    doctor_of_books.gaps_in_numbers,
    doctor_of_books.invoices_that_do_not_add_up,
    doctor_of_books.entries_that_do_not_balance,
    doctor_of_books.open_items_and_books,
    doctor_of_books.money_and_books,
    doctor_of_books.settled_twice,
    doctor_of_deposits.more_back_than_came,
    doctor_of_deposits.deposits_and_books,
)


SEED = 5
"""With so few bookings not every luck brings one of each; this one does, on every machine."""


def a_house_of_the_demo(slug):
    """A house with an account, in which groups of three people came since last summer."""
    venue = a_venue(slug)
    an_account(venue)
    manager = a_person(email=f"beheer@{slug}.example")
    a_role(manager, RoleName.MANAGER, venue)
    room = a_room(venue)
    groups = [an_initiative(a_person(), name=name) for name in ("Koor", "Naaiclub", "Schaken")]
    for ago in range(1, 46):
        group = groups[ago % 3 if ago % 7 else 0]
        start = 9 + (ago - 1) // 10 * 2
        who = {"for_": group, "by": a_speaker(group)}
        booking = a_past_booking(room, start, start + 2, ago=4 * ago, **who)
        booking.uid = f"demo-{slug}-{ago:06}"
        booking.deposit_cents = 5000 if ago < 8 else 0
    for week in range(4):
        booking = a_booking(
            room,
            on(FRIDAY + timedelta(weeks=week), 20, 22),
            for_=groups[1],
            by=a_speaker(groups[1]),
        )
        booking.uid = f"demo-{slug}-off-{week}"
        booking.status, booking.cancelled_at = Status.CANCELLED, clock.now() - timedelta(days=1)
        booking.created_at = clock.now() - timedelta(days=20)
    db.session.commit()
    return venue


def a_speaker(group):
    return speakers_of(group)[0]


@pytest.fixture
def venue(app):
    return a_house_of_the_demo("de-meevaart")


@pytest.fixture
def made(venue):
    return bring_money(seed=SEED)


def count(model, *which):
    return db.session.scalar(select(func.count()).select_from(model).where(*which))


def test_the_books_are_right(made):
    assert made > 10
    assert [complaint for check in BOOKS for complaint in check()] == []


def test_everything_of_a_treasurers_evening_is_there(venue, made):
    assert count(Settlement, Settlement.how == How.PAYMENT) > made / 2
    for means in Means:
        assert count(Payment, Payment.means == means) > 0
    assert count(Invoice, Invoice.kind == Kind.CREDIT_NOTE) == 4
    assert count(Invoice, Invoice.kind == Kind.OPENING) == 1
    assert count(Invoice, Invoice.batch.is_not(None)) > 0
    assert count(Settlement, Settlement.how == How.WRITE_OFF) > 0
    assert count(Reminder) > 0
    assert count(Checkout, Checkout.state == State.FLAGGED) == 1
    assert count(BankLine, BankLine.payment_id.is_(None)) > 2
    assert set(db.session.scalars(select(DepositTurn.turn))) >= {"taken", "kept"}
    assert {refund.state for refund in db.session.query(Refund)} == set(RefundState)
    assert queries.proposals(venue) != []
    assert [each.name for each in people_with_role(venue, RoleName.TREASURER)] == [
        "Kas De Meevaart"
    ]


def test_who_got_an_invoice_hears_nothing_and_the_worker_finds_nothing_left(venue, made):
    since = db.session.get(HouseAccount, venue.id).bills_from

    assert since == date(2025, 9, 1)
    assert issue_due() == 0
    assert count(OutboxLetter, OutboxLetter.template.like("%invoice%")) == 0
    assert db.session.scalar(select(func.max(Invoice.issued_on))) <= day_of(clock.now())


def test_doing_it_twice_adds_nothing(venue, made):
    before = count(Invoice)

    assert bring_money(seed=SEED) == 0
    assert count(Invoice) == before


def test_a_house_that_comes_later_gets_money_of_its_own(venue, made):
    other = a_house_of_the_demo("de-werkplaats")

    assert bring_money(seed=SEED) == count(
        Invoice, Invoice.venue_id == other.id, Invoice.kind == Kind.INVOICE
    )
    assert [complaint for check in BOOKS for complaint in check()] == []


def test_where_very_much_would_be_billed_it_begins_later(venue, monkeypatch):
    monkeypatch.setattr(money, "MOST", 20)

    bring_money(seed=SEED)

    assert db.session.get(HouseAccount, venue.id).bills_from > date(2025, 9, 1)


def test_a_house_without_a_bank_account_bills_nothing(app):
    manager = a_person(email="beheer@de-ark.example")
    a_role(manager, RoleName.MANAGER, a_venue("de-ark"))

    assert bring_money(seed=SEED) == 0
