"""The books that a treasurer takes home add up to what stands on the pages, in both kinds of file."""

import csv
import io
from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from buurthuis.foundation import clock
from buurthuis.pages.money.books_queries import STANDS_THE_OTHER_WAY
from buurthuis.payments.bank import actions
from buurthuis.payments.invoices.actions import write_off
from buurthuis.payments.ledger.queries import balances_of
from buurthuis.payments.receiving import actions as receiving
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.matching import Split
from buurthuis.rules.paying.ways import Means
from tests.builders import friday
from tests.payments.bank.conftest import brought, chandra, group, invoice, venue  # noqa: F401
from tests.payments.builders import a_paying_room, billed_booking

YEAR = {"from": "2026-01-01", "until": "2026-12-31"}


@pytest.fixture
def year(venue, chandra, invoice, brought):  # noqa: F811
    """A bit of everything: rent, an old debt, money by bank, in cash, taken back, let go."""
    room = a_paying_room(venue)
    _booking, bill = billed_booking(room, friday(19, 21))
    _booking, other = billed_booking(room, friday(19, 22, weeks=1))
    first, second = brought(("25.00", "=1+1 huur"), ("9.99", "wie is dit"))
    actions.confirm(first.id, [Split(invoice.id, 2000)], group_id=None, by=chandra)
    actions.confirm(second.id, (), group_id=None, by=chandra)
    receiving.receive_at_desk(venue, Means.CASH, 500, by=chandra, invoice_ids=[bill.id])
    write_off(other.id, 300, "bestuur 3 maart", by=chandra)
    actions.undo(second.id, by=chandra)
    return venue


@pytest.fixture
def take_home(sign_in, chandra, year):  # noqa: F811
    """The books of some days as a file."""

    def taken(kind: str, **days: str) -> bytes:
        address = f"/houses/{year.slug}/money/books.{kind}"
        answer = sign_in(chandra).get(address, query_string={**YEAR, **days})
        assert answer.status_code == 200
        return answer.data

    return taken


def in_csv(given: bytes) -> list[tuple[str, str, Decimal]]:
    """Debit, credit and amount of each entry of a CSV file."""
    rows = list(csv.DictReader(io.StringIO(given.decode("utf-8-sig"))))
    return [(r["debit"], r["credit"], Decimal(r["amount"].replace(",", "."))) for r in rows]


def in_workbook(given: bytes) -> list[tuple[str, str, Decimal]]:
    """The same of a workbook."""
    head, *rows = load_workbook(io.BytesIO(given))["entries"].values
    at = [head.index(name) for name in ("debit", "credit", "amount")]
    return [(row[at[0]], row[at[1]], Decimal(str(row[at[2]]))) for row in rows]


def sums(entries: list[tuple[str, str, Decimal]]) -> dict[str, int]:
    """What stands on each account by these entries, in cents."""
    found: Counter[str] = Counter()
    for debit, credit, amount in entries:
        found[debit] += int(amount * 100)
        found[credit] -= int(amount * 100)
    return {account: cents for account, cents in found.items() if cents}


def stands(venue) -> dict[str, int]:  # noqa: F811
    """What stands on each account by the program."""
    return {str(each): cents for each, cents in balances_of(venue.id).items() if cents}


def test_both_files_add_up_to_what_stands_on_each_account(year, take_home):
    entries = in_csv(take_home("csv"))

    assert sums(entries) == stands(year)
    assert sums(in_workbook(take_home("xlsx"))) == stands(year)
    assert sum(stands(year).values()) == 0
    assert stands(year)["cash"] == 500
    assert stands(year)["bank"] == 2500
    assert all(amount > 0 for _debit, _credit, amount in entries)


def test_the_sheet_of_accounts_says_the_same(year, take_home):
    head, *rows = load_workbook(io.BytesIO(take_home("xlsx")))["accounts"].values
    told = [dict(zip(head, row, strict=True)) for row in rows]
    signs = {str(account): -1 for account in STANDS_THE_OTHER_WAY}
    after = {row["account"]: round(row["after"] * 100) for row in told if row["after"]}

    assert {name: cents * signs.get(name, 1) for name, cents in after.items()} == stands(year)
    assert all(
        round(row["before"] + row["more"] - row["less"] - row["after"], 2) == 0 for row in told
    )


def test_days_cut_in_two_add_up_to_the_whole(year, take_home):
    today = day_of(clock.now())
    until, since = today.isoformat(), (today + timedelta(days=1)).isoformat()
    parts = in_csv(take_home("csv", until=until)) + in_csv(take_home("csv", **{"from": since}))

    assert sorted(parts) == sorted(in_csv(take_home("csv")))
