"""The books on a page and as files: what stands on each account, and each entry."""

import csv
import io
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from openpyxl import load_workbook

from buurthuis.pages.money.books_queries import Days, accounts_of, entries_of, walk
from buurthuis.payments.invoices import actions
from buurthuis.payments.ledger.queries import balances_of
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.paying.ways import Means
from tests.builders import at, friday
from tests.payments.builders import a_payment, an_invoice, billed_booking

BOOKS = "/houses/de-meevaart/money/books"
YEAR = Days(date(2026, 1, 1), date(2026, 12, 31))
IN_APRIL = at(date(2026, 4, 2), 10)


@pytest.fixture
def lively(venue, room, bram, repair, treasurer):
    """Two invoices, a debt from before, money by bank and in cash, and something let go."""
    _booking, first = billed_booking(room, friday(19, 21), by=bram, for_=repair)
    _booking, second = billed_booking(room, friday(9, 12), by=bram, for_=repair)
    a_payment(first, 500)
    an_invoice(4500, venue=venue, for_=repair)
    with time_machine.travel(IN_APRIL, tick=False):
        a_payment(first, 2000, means=Means.CASH)
        actions.write_off(second.id, 1000, "De groep is gestopt", by=treasurer)
    return venue


def line_of(venue, account, days=YEAR):
    return next(each for each in accounts_of(venue.id, days) if each.account is account)


def test_books_are_empty_at_first(desk, venue):
    assert "The books are empty" in desk.get(BOOKS).text


def test_what_stands_on_each_account_is_told(desk, lively):
    page = desk.get(BOOKS).text

    for words in ("Still to receive", "Bank", "Cash box", "Let go", "Debts from before"):
        assert words in page
    assert "It fits" in page
    assert "€5.00" in page


def test_accounts_say_the_same_as_the_books(lively):
    lines = {each.account: each.after for each in accounts_of(lively.id, YEAR)}
    books = balances_of(lively.id)

    assert {account: abs(cents) for account, cents in lines.items()} == {
        account: abs(cents) for account, cents in books.items()
    }
    assert lines[Account.INCOME] == 5000
    assert lines[Account.RECEIVABLE] == books[Account.RECEIVABLE] == 2000 + 3000 + 4500 - 3000


def test_days_begin_with_what_stood_there_before(lively):
    april = Days(date(2026, 4, 1), date(2026, 4, 30))
    march = Days(date(2026, 3, 1), date(2026, 3, 31))

    before, after = line_of(lively, Account.RECEIVABLE, april), line_of(lively, Account.CASH, april)

    assert before.before == line_of(lively, Account.RECEIVABLE, march).after == 9000
    assert line_of(lively, Account.INCOME, april).before == 5000
    assert line_of(lively, Account.INCOME, Days(date(2026, 3, 2), date(2026, 3, 2))).before == 0
    assert (after.before, after.more, after.less, after.after) == (0, 2000, 0, 2000)


@pytest.mark.parametrize("account", list(Account))
def test_the_last_entry_stands_at_what_the_account_says(lively, account):
    found = entries_of(lively.id, YEAR, account)

    if found:
        assert found[-1].stands == line_of(lively, account).after
    else:
        assert account not in {each.account for each in accounts_of(lively.id, YEAR)}


def test_an_account_is_followed_line_by_line_from_its_start(desk, lively):
    page = desk.get(f"{BOOKS}?account=receivable&from=2026-04-01&until=2026-04-30").text

    assert "Stands at" in page
    assert "€75.00" in page  # 9000 less 1500 in cash
    assert "€65.00" in page


def test_entries_come_page_by_page(desk, room, bram, repair):
    for hour in range(8, 21):
        billed_booking(room, friday(hour, hour + 1), by=bram, for_=repair)
        billed_booking(room, friday(hour, hour + 1, weeks=1), by=bram, for_=repair)

    first, second = desk.get(BOOKS), desk.get(f"{BOOKS}?page=2")

    assert "page=2" in first.text
    assert "page=1" in second.text
    assert second.text.count("Repair Café Oost") == 1


def test_the_file_adds_up_to_the_accounts(desk, lively):
    answer = desk.get(f"{BOOKS}.csv?from=2026-01-01&until=2026-12-31")
    rows = list(csv.DictReader(io.StringIO(answer.text)))

    found = Counter()
    for row in rows:
        found[row["debit"]] += Decimal(row["amount"])
        found[row["credit"]] -= Decimal(row["amount"])
    books = balances_of(lively.id)

    assert answer.headers["Content-Disposition"].endswith('books-2026-01-01-2026-12-31.csv"')
    assert list(rows[0]) == ["date", "document", "text", "group", "debit", "credit", "amount"]
    assert {account: int(euros * 100) for account, euros in found.items()} == {
        str(account): cents for account, cents in books.items()
    }
    assert rows[0]["group"] == "Repair Café Oost"


def test_the_workbook_has_a_sheet_of_accounts_too(desk, lively):
    answer = desk.get(f"{BOOKS}.xlsx?from=2026-01-01&until=2026-12-31")
    book = load_workbook(io.BytesIO(answer.data))

    accounts = {row[0]: row[5] for row in book["accounts"].iter_rows(min_row=2, values_only=True)}

    assert book.sheetnames == ["entries", "accounts"]
    assert book["entries"].max_row == len(list(walk(lively.id, YEAR))) + 1
    assert accounts["receivable"] == 65
    assert accounts["cash"] == 20


@pytest.mark.parametrize(
    "asked", ["from=x", "from=2026-12-31&until=2026-01-01", "until=31-12-2026", "account=gold"]
)
def test_days_that_make_no_sense_are_those_of_this_year(desk, lively, asked):
    page = desk.get(f"{BOOKS}?{asked}").text

    assert "1 Jan 2026 until 31 Dec 2026" in page


def test_only_one_house_stands_in_a_file(desk, lively, bram, repair):
    billed_booking(by=bram, for_=repair)

    mine = desk.get(f"{BOOKS}.csv").text

    assert len(mine.splitlines()) == len(list(walk(lively.id, YEAR))) + 1
