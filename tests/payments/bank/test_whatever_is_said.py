"""Whatever a treasurer says of lines and takes back, in whatever order: the books say what the invoices say."""

from random import Random

import pytest

from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Refusal
from buurthuis.payments.bank import actions, queries
from buurthuis.payments.bank.actions import Answer
from buurthuis.payments.bank.looking import look
from buurthuis.payments.bank.models import BankLine
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.ledger.queries import balances_of
from buurthuis.payments.receiving import actions as receiving
from buurthuis.payments.receiving.models import Payment
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.paying.matching import Split
from buurthuis.upkeep import doctor_of_books
from tests.payments.bank.files import AMINA, BRAM
from tests.payments.builders import a_group, an_invoice

STEPS = 40
BANKS = (BRAM, AMINA)
CHECKS = (
    doctor_of_books.entries_that_do_not_balance,
    doctor_of_books.open_items_and_books,
    doctor_of_books.money_and_books,
    doctor_of_books.settled_twice,
)


@pytest.mark.parametrize("seed", range(4))
def test_the_books_say_what_the_invoices_say(venue, chandra, brought, seed):
    chance = Random(seed)  # noqa: S311
    groups = [a_group(name=name) for name in ("Koor van de straat", "Repair Café")]
    bills = [
        an_invoice(100 * chance.randint(1, 9), venue=venue, for_=chance.choice(groups))
        for _ in range(8)
    ]
    words = ["huur", *(bill.reference for bill in bills)]
    paid = [
        (
            f"{chance.randint(1, 12)}.00",
            f"{chance.choice(words)} {n}",
            {"iban": chance.choice(BANKS)},
        )
        for n in range(14)
    ]
    ids = [line.id for line in brought(*paid)]

    def agree():
        rows = look(venue, queries.waiting(venue, most=99)).rows
        told = [Answer(row.line.id, row.proposal.splits, row.proposal.group_id) for row in rows]
        db.session.commit()
        actions.confirm_all(venue, chance.sample(told, k=min(3, len(told))), by=chandra)

    def find_out():
        split = Split(chance.choice(bills).id, 100 * chance.randint(1, 9))
        actions.confirm(chance.choice(ids), [split], group_id=None, by=chandra)

    def undo():
        actions.undo(chance.choice(ids), by=chandra)

    def undo_elsewhere():
        line = db.session.get(BankLine, chance.choice(ids))
        db.session.commit()
        if line.payment_id is not None:
            receiving.undo(line.payment_id, by=chandra)

    def aside():
        actions.set_aside(venue, [chance.choice(ids)], "zo", by=chandra)

    for _ in range(STEPS):
        try:
            chance.choice([agree, agree, find_out, undo, undo_elsewhere, aside])()
        except Refusal:
            db.session.rollback()

    lines = db.session.query(BankLine).populate_existing().all()
    came = sum(each.cents for each in db.session.query(Payment) if each.undone_at is None)
    said = [line for line in lines if line.payment_id and not queries.is_waiting(line)]
    stands = balances_of(venue.id)
    still = open_cents([each.id for each in db.session.query(Invoice)])
    assert sum(line.cents for line in said) == came == stands[Account.BANK]
    assert len({line.payment_id for line in said}) == len(said)
    assert all(cents >= 0 for cents in still.values())
    assert stands[Account.RECEIVABLE] == sum(still.values())
    assert [check() for check in CHECKS] == [[]] * len(CHECKS)
