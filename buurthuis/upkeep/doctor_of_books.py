"""What the doctor looks at in the books: numbers without gaps, and books that say what documents say."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from buurthuis.foundation.db import db
from buurthuis.payments.invoices.models import Invoice, InvoiceCount, InvoiceLine
from buurthuis.payments.invoices.numbers import OPENING_YEAR
from buurthuis.payments.invoices.queries import open_of
from buurthuis.payments.ledger.models import LedgerEntry
from buurthuis.payments.ledger.queries import balance_by_house
from buurthuis.payments.receiving.models import Payment, Settlement
from buurthuis.payments.refunds.queries import free_cents
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ledger import Account
from buurthuis.venues.models import Venue

AT_ONCE: Final = 5_000
"""So many payments are named in one question; databases take no more than some ten thousand."""


def gaps_in_numbers() -> list[str]:
    """The numbers of a house in a year go from 1 to the last one that was given."""
    given = (
        select(
            Invoice.venue_id,
            Invoice.year,
            func.count(Invoice.number).label("count"),
            func.max(Invoice.number).label("most"),
        )
        .where(Invoice.number.is_not(None))
        .group_by(Invoice.venue_id, Invoice.year)
        .subquery()
    )
    same = (given.c.venue_id == InvoiceCount.venue_id) & (given.c.year == InvoiceCount.year)
    counted = (
        select(Venue.slug, InvoiceCount.year, InvoiceCount.last, given.c.count, given.c.most)
        .join(Venue, Venue.id == InvoiceCount.venue_id)
        .outerjoin(given, same)
        .where(InvoiceCount.year != OPENING_YEAR)
        .order_by(Venue.slug, InvoiceCount.year)
    )
    found = [
        f"{slug}: {count or 0} invoices of {year} have a number, the highest is {most or 0},"
        f" and {last} were given. None may be missing."
        for slug, year, last, count, most in db.session.execute(counted)
        if not count == most == last
    ]
    uncounted = select(Venue.slug, given.c.year).join(Venue, Venue.id == given.c.venue_id)
    lost = uncounted.where(~select(InvoiceCount.year).where(same).correlate(given).exists())
    return [*found, *(f"{slug}: nobody counts {year}." for slug, year in db.session.execute(lost))]


def invoices_that_do_not_add_up() -> list[str]:
    """The lines of an invoice make its amounts, and so do its entries in the books."""
    complaints = []
    of_lines, of_books = _of_lines(), _of_books()
    for row in db.session.execute(
        select(Invoice.id, Invoice.name, Invoice.kind, Invoice.net_cents, Invoice.vat_cents)
    ):
        amounts = (row.net_cents, row.vat_cents)
        if of_lines.get(row.id, (0, 0)) != amounts:
            complaints.append(f"Invoice {row.name}: its lines make another amount than it says.")
        signed = tuple(row.kind.sign * cents for cents in amounts)
        if of_books.get(row.id, (0, 0)) != signed:
            complaints.append(f"Invoice {row.name}: the books say another amount than it says.")
    return complaints


def open_items_and_books() -> list[str]:
    """What groups still have to pay is what stands in the books as receivable, house by house."""
    asked = select(Invoice.venue_id, func.sum(open_of())).group_by(Invoice.venue_id)
    still = Counter({house: int(cents) for house, cents in db.session.execute(asked)})
    return list(_unlike(Account.RECEIVABLE, still, "is open on invoices"))


def money_and_books() -> list[str]:
    """Money that belongs to nothing yet is what stands in the books as such, house by house."""
    payments = db.session.execute(
        select(Payment.id, Payment.venue_id).where(Payment.undone_at.is_(None))
    ).all()
    found: Counter[int] = Counter()
    for first in range(0, len(payments), AT_ONCE):
        some = payments[first : first + AT_ONCE]
        free = free_cents([number for number, _ in some])
        for number, venue_id in some:
            found[venue_id] -= free[number]
    return list(_unlike(Account.UNALLOCATED, found, "of the money is free"))


def settled_twice() -> list[str]:
    """Money settles no more than came."""
    settled = (
        select(Payment.id, Payment.cents, func.sum(Settlement.cents))
        .join(Settlement, Settlement.payment_id == Payment.id)
        .group_by(Payment.id, Payment.cents)
        .having(or_(func.sum(Settlement.cents) > Payment.cents, func.sum(Settlement.cents) < 0))
    )
    return [
        f"Payment {number} is of {cents} cents, and settles {sum_}."
        for number, cents, sum_ in db.session.execute(settled.order_by(Payment.id))
    ]


def entries_that_do_not_balance() -> list[str]:
    """Each entry moves more than nothing from one account to another."""
    wrong = or_(LedgerEntry.cents <= 0, LedgerEntry.debit == LedgerEntry.credit)
    asked = select(LedgerEntry.id).where(wrong).order_by(LedgerEntry.id)
    return [f"Entry {number} moves nothing." for number in db.session.scalars(asked)]


def _unlike(account: Account, expected: Counter[int], words: str) -> Iterator[str]:
    booked = balance_by_house(account)
    for venue in db.session.scalars(select(Venue).order_by(Venue.slug)):
        if booked[venue.id] != expected[venue.id]:
            yield (
                f"{venue.slug}: {booked[venue.id]} cents stand as {account},"
                f" and {expected[venue.id]} {words}."
            )


def _of_lines() -> dict[int, tuple[Cents, Cents]]:
    sums = func.sum(InvoiceLine.cents), func.sum(InvoiceLine.vat_cents)
    asked = select(InvoiceLine.invoice_id, *sums).group_by(InvoiceLine.invoice_id)
    return {number: (int(net), int(vat)) for number, net, vat in db.session.execute(asked)}


def _of_books() -> dict[int, tuple[Cents, Cents]]:
    """What each document put under receivable in the books: without its VAT, and its VAT."""
    vat = _through(Account.VAT)
    net = _through(Account.INCOME) + _through(Account.OPENING)
    asked = (
        select(LedgerEntry.invoice_id, func.sum(net), func.sum(vat))
        .where(LedgerEntry.invoice_id.is_not(None))
        .group_by(LedgerEntry.invoice_id)
    )
    rows = db.session.execute(asked)
    return {number: (int(net), int(vat)) for number, net, vat in rows if number is not None}


def _through(account: Account) -> ColumnElement[int]:
    """So much went from an account to receivable, less what went back."""
    receivable = Account.RECEIVABLE
    gave = and_(LedgerEntry.debit == receivable, LedgerEntry.credit == account)
    took = and_(LedgerEntry.debit == account, LedgerEntry.credit == receivable)
    return case((gave, LedgerEntry.cents), (took, -LedgerEntry.cents), else_=0)
