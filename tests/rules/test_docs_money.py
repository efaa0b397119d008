"""The worked tables of docs/rules/money.md are true."""

from datetime import date, timedelta

import pytest

from buurthuis.rules.money import share, vat_on
from buurthuis.rules.paying.billing import Part, difference, parted, with_vat_inside
from buurthuis.rules.paying.ledger import Account, balances, entries
from buurthuis.rules.paying.open_items import state, still_open
from tests.rules.test_docs import tables

COSTS, BILLED, OPEN, BOOKS = tables("money.md")
PLACES = {0: "first", 1: "second"}
A, DUE = Account, date(2026, 3, 2)
MOVES = {
    "an invoice of 45.38": [(A.RECEIVABLE, A.INCOME, 3750), (A.RECEIVABLE, A.VAT, 788)],
    "one of 7.00, list 20.00": [(A.RECEIVABLE, A.INCOME, 700), (A.DISCOUNT, A.INCOME, 1300)],
    "20.00 off it": [(A.RECEIVABLE, A.INCOME, -2000)],
    "45.38 in cash for it": [(A.CASH, A.RECEIVABLE, 4538)],
    "50.00 by bank, 45.38 for it": [(A.BANK, A.RECEIVABLE, 4538), (A.BANK, A.UNALLOCATED, 462)],
    "4.62 of that is for another": [(A.UNALLOCATED, A.RECEIVABLE, 462)],
    "10.00 is let go": [(A.WRITTEN_OFF, A.RECEIVABLE, 1000)],
}


def cents(text):
    return round(float(text or 0) * 100)


def many(text):
    return [cents(each) for each in text.split(", ")] if text else []


def shown(amount):
    return f"{amount / 100:.2f}"


@pytest.mark.parametrize("row", COSTS, ids=lambda row: f"{row['house']}, {row['what happened']}")
def test_the_page_tells_what_a_booking_costs(row):
    price, _, rate = row["booking"].partition(", ")
    rate_bp = None if rate == "exempt" else 2100
    net = 3750 if rate_bp else cents(price)
    parts = [Part(rate_bp, net, vat_on(net, rate_bp or 0))]
    assert parts[0].whole_cents == cents(price)
    happened = row["what happened"]
    if "50 %" in happened:
        owed = share(parts[0].whole_cents, 5000)
        parts = with_vat_inside(owed, {rate_bp: parts[0].whole_cents})
    elif "free group" in happened:
        parts = with_vat_inside(share(7500, 5000), {rate_bp: 7500})
    elif "in time" in happened:
        parts = []

    assert shown(sum(each.whole_cents for each in parts)) == row["costs"]
    assert shown(sum(each.vat_cents for each in parts)) == row["of which VAT"]


@pytest.mark.parametrize(
    "row", BILLED, ids=lambda row: f"{row['costs by now']} after {list(row)[1]}"
)
def test_the_page_tells_what_is_billed_and_credited(row):
    before = [Part(None, each, 0) for each in many(row["was billed before"])]
    found = difference([Part(None, cents(row["costs by now"]), 0)], before)
    newest_first = list(enumerate(before))[::-1]
    off = [
        f"{shown(part.cents)} off the {PLACES[place]}"
        for wanted in found.to_credit
        for place, part in parted(wanted, newest_first)
    ]

    assert ", ".join(shown(part.cents) for part in found.to_bill) == row["is billed"]
    assert ", ".join(off) == row["is credited"]


@pytest.mark.parametrize("row", OPEN, ids=lambda row: f"{row['total']} less {row['settled by']}")
def test_the_page_tells_what_an_invoice_asks(row):
    still = still_open(cents(row["total"]), many(row["settled by"]))
    late = DUE + timedelta(days=40)

    assert shown(still) == row["still open"]
    assert state(cents(row["total"]), still, DUE, late) == row["40 days late it is"]


@pytest.mark.parametrize("row", BOOKS, ids=lambda row: row["what happens"])
def test_the_page_tells_what_the_books_say(row):
    stand = balances(entries(*MOVES[row["what happens"]]))

    told = {name: cents(row[name]) for name in list(row)[1:] if row[name]}
    assert {str(account): amount for account, amount in stand.items()} == told
    assert sum(told.values()) == 0
