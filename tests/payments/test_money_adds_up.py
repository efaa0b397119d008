"""Whatever happens to bookings and their money, in whatever order, the books keep saying the same."""

from random import Random

import pytest

from buurthuis.bookings import actions as bookings
from buurthuis.bookings.changes import actions as changes
from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.models import Owed
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Refusal
from buurthuis.payments.invoices import actions
from buurthuis.payments.invoices.billed import billed_for
from buurthuis.payments.invoices.costs import costs_of
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.invoices.waiting import to_bill
from buurthuis.payments.ledger.queries import balances_of
from buurthuis.payments.receiving import actions as receiving
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.refunds.actions import give_back
from buurthuis.payments.refunds.queries import propose
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.ways import Means
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.models import Rate
from buurthuis.upkeep import doctor_of_books
from tests.builders import (
    a_booking,
    a_card,
    a_manager,
    a_person,
    a_recognition,
    a_venue,
    an_initiative,
    an_owed,
    friday,
)
from tests.payments.builders import a_paying_room, bill_now

STEPS = 25
CHECKS = (
    doctor_of_books.gaps_in_numbers,
    doctor_of_books.invoices_that_do_not_add_up,
    doctor_of_books.entries_that_do_not_balance,
    doctor_of_books.open_items_and_books,
    doctor_of_books.money_and_books,
    doctor_of_books.settled_twice,
)


class Life:
    """What happens in a house, by chance."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.venue = a_venue()
        card = a_card(self.venue)
        self.rooms = [a_paying_room(self.venue, hourly_cents=None) for _ in range(2)]
        for room, vat_bp in zip(self.rooms, (None, 2100), strict=True):
            db.session.add(
                Rate(card_id=card.id, room_id=room.id, unit="hour", cents=1875, vat_bp=vat_bp)
            )
        self.bram = a_person()
        self.group = an_initiative(self.bram, kind=Kind.SOCIAL_ENTERPRISE)
        a_recognition(self.group, Kind.SOCIAL_ENTERPRISE)
        self.manager = a_manager(self.venue)
        self.weeks = 0

    def step(self) -> None:
        """One of the things that can happen; what the house refuses did not happen."""
        deeds = (
            *(self.book, self.bill, self.bill, self.move, self.cancel),
            *(self.pay, self.settle, self.undo, self.let_go, self.return_money),
        )
        try:
            self.chance.choice(deeds)()
        except Refusal:
            db.session.rollback()

    def book(self) -> None:
        self.weeks += 1
        period = friday(9, 9 + self.chance.randint(1, 6), weeks=self.weeks)
        a_booking(self.chance.choice(self.rooms), period, for_=self.group, by=self.bram)

    def bill(self) -> None:
        for each in self._some(Booking):
            bill_now(each, by=self.manager)
            assert bill_now(each) == [], "billing twice bills nothing"
            owed = db.session.get(Owed, each.id)
            costs = sum(part.whole_cents for part in costs_of(each, owed) or [])
            billed = sum(part.whole_cents for part in billed_for([each.id])[each.id].parts)
            assert billed == costs

    def move(self) -> None:
        for each in self._some(Booking):
            hours = self.chance.randint(1, 6)
            weeks = (each.from_at - friday(9, 10).start).days // 7
            room = self.chance.choice(self.rooms)
            changes.move(each.id, room, friday(9, 9 + hours, weeks=weeks), by=self.manager)

    def cancel(self) -> None:
        for each in self._some(Booking):
            bookings.cancel(each.id, by=self.manager, reason="Nobody can come.")
            if self.chance.random() < 0.5:
                base = each.total_cents
                an_owed(each, max(1, base * self.chance.randint(1, 4) // 4), base_cents=base)

    def pay(self) -> None:
        for each in self._some(Invoice):
            cents = self.chance.choice((each.total_cents, 1000, each.total_cents + 700))
            receiving.receive_at_desk(
                self.venue,
                self.chance.choice((Means.BANK, Means.CASH)),
                cents,
                by=self.manager,
                invoice_ids=[each.id],
            )

    def settle(self) -> None:
        for payment in self._some(Payment):
            for invoice in self._some(Invoice):
                cents = self.chance.randint(1, 900)
                receiving.settle(payment.id, invoice.id, cents, by=self.manager)

    def undo(self) -> None:
        for each in self._some(Payment):
            receiving.undo(each.id, by=self.manager)

    def let_go(self) -> None:
        for each in self._some(Invoice):
            actions.write_off(each.id, self.chance.randint(1, 1500), "Enough.", by=self.manager)

    def return_money(self) -> None:
        for each in db.session.query(Invoice).order_by(Invoice.id).all():
            for payment, cents in propose(each):
                give_back(payment.id, cents, "Too much.", by=self.manager, invoice_id=each.id)

    def _some(self, kind):
        rows = db.session.query(kind).order_by(kind.id).all()
        return [self.chance.choice(rows)] if rows else []


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_the_books_say_what_the_documents_say(app, seed):
    life = Life(Random(seed))  # noqa: S311
    for _ in range(STEPS):
        life.step()
        assert [check() for check in CHECKS] == [[]] * len(CHECKS)
        assert sum(balances_of(life.venue.id).values()) == 0

    for each in db.session.query(Booking).all():
        bill_now(each)
    assert to_bill(life.venue, day_of(clock.now()).replace(year=2027)) == []
    life.return_money()
    still = open_cents([each.id for each in db.session.query(Invoice)])
    assert all(cents >= 0 for cents in still.values()), "what was too much went back"
