"""The doctor finds what a hand did to invoices, money and the books."""

import pytest
from sqlalchemy import text

from buurthuis.foundation.db import db
from buurthuis.payments.ledger.guard import KEPT
from buurthuis.upkeep import doctor, doctor_of_books
from tests.payments.builders import a_payment, an_invoice, billed_booking

CHECKS = (
    doctor_of_books.gaps_in_numbers,
    doctor_of_books.invoices_that_do_not_add_up,
    doctor_of_books.entries_that_do_not_balance,
    doctor_of_books.open_items_and_books,
    doctor_of_books.money_and_books,
    doctor_of_books.settled_twice,
)
DEEDS = {
    "UPDATE invoice_count SET last = last + 1 WHERE year > 0": {"gaps_in_numbers"},
    "DELETE FROM invoice_count": {"gaps_in_numbers"},
    "UPDATE invoice SET number = 7 WHERE number = 1": {"gaps_in_numbers"},
    "UPDATE invoice_line SET cents = cents + 1": {"invoices_that_do_not_add_up"},
    "UPDATE invoice SET net_cents = net_cents + 1, total_cents = total_cents + 1": {
        "invoices_that_do_not_add_up",
        "open_items_and_books",
    },
    "UPDATE ledger_entry SET cents = cents + 1 WHERE credit IN ('income', 'opening')": {
        "invoices_that_do_not_add_up",
        "open_items_and_books",
    },
    "UPDATE ledger_entry SET cents = 0": {
        "invoices_that_do_not_add_up",
        "entries_that_do_not_balance",
        "open_items_and_books",
        "money_and_books",
    },
    "UPDATE settlement SET cents = cents - 1": {"open_items_and_books", "money_and_books"},
    "UPDATE payment SET cents = cents - 1000 WHERE cents > 1000": {
        "money_and_books",
        "settled_twice",
    },
    "UPDATE payment SET undone_at = 1": {"money_and_books"},
}


def complaints():
    return {check.__name__ for check in CHECKS if doctor._complaints(check)}


@pytest.fixture
def unguarded(app):
    """A house with invoices and money in which all is well, and a database that guards nothing."""
    _, invoice = billed_booking()
    opening = an_invoice(900, venue=invoice.venue)
    a_payment(invoice, 2500)
    a_payment(opening, 100)
    assert complaints() == set()
    if app.config["ENGINE"] == "postgresql":
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
        for table, check in (("ledger_entry", "cents"), ("ledger_entry", "two_accounts")):
            db.session.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{check}"))
    else:
        db.session.execute(text("PRAGMA ignore_check_constraints = ON"))
        for table in KEPT:
            db.session.execute(text(f"DROP TRIGGER {table}_is_kept_update"))
            db.session.execute(text(f"DROP TRIGGER {table}_is_kept_delete"))
    yield
    db.session.rollback()
    if app.config["ENGINE"] == "sqlite":
        db.session.execute(text("PRAGMA ignore_check_constraints = OFF"))
        db.session.rollback()


@pytest.mark.parametrize("deed", DEEDS)
def test_the_doctor_finds_what_a_hand_did(unguarded, deed):
    db.session.execute(text(deed))
    db.session.expire_all()

    assert complaints() == DEEDS[deed]


def test_all_is_well_with_an_empty_house(app):
    assert complaints() == set()
