"""Questions about the books of a house: what stood on each account, what moved, and each entry by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, null, or_, select

from buurthuis.accounts.models import Initiative
from buurthuis.foundation.db import db
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.ledger.models import LedgerEntry
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ledger import Account

STANDS_THE_OTHER_WAY: Final = frozenset(
    {
        *(Account.INCOME, Account.VAT, Account.UNALLOCATED, Account.OPENING),
        *(Account.DEPOSIT, Account.DEPOSIT_KEPT),
    }
)
"""What these accounts gave is what stands on them: income is above nothing when money was earned."""


@dataclass(frozen=True, slots=True)
class Days:
    """From which day up to and including which."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Line:
    """An account: what stood there before, what came on it and went off it, and what stands there after."""

    account: Account
    before: Cents
    more: Cents
    less: Cents

    @property
    def after(self) -> Cents:
        """What stands there at the end."""
        return self.before + self.more - self.less


@dataclass(frozen=True, slots=True)
class Written:
    """An entry with the names it needs; `stands` is what stood on the chosen account after it."""

    entry: LedgerEntry
    document: str
    group: str
    stands: Cents | None = None


def accounts_of(venue_id: int, days: Days) -> list[Line]:
    """Every account on which anything ever stood, in the order of `Account`."""
    is_before = LedgerEntry.on < days.first
    sums = (_sum(is_before), _sum(~is_before))
    found: dict[Account, list[int]] = {}
    for place, side in enumerate((LedgerEntry.debit, LedgerEntry.credit)):
        asked = select(side, *sums).where(
            LedgerEntry.venue_id == venue_id, LedgerEntry.on <= days.last
        )
        for account, before, within in db.session.execute(asked.group_by(side)):
            row = found.setdefault(account, [0, 0, 0])
            row[0] += before if place == 0 else -before
            row[1 + place] += within
    return [_line(account, *found[account]) for account in Account if account in found]


def entries_of(
    venue_id: int, days: Days, account: Account | None, *, first: int = 0, count: int | None = None
) -> list[Written]:
    """The entries of these days in their order; of one account also what stood there after each."""
    asked = (
        select(LedgerEntry, Invoice.name, Initiative.name, _running(account))
        .outerjoin(Invoice, Invoice.id == LedgerEntry.invoice_id)
        .outerjoin(Initiative, Initiative.id == LedgerEntry.initiative_id)
        .where(LedgerEntry.venue_id == venue_id, LedgerEntry.on.between(days.first, days.last))
        .order_by(LedgerEntry.on, LedgerEntry.id)
        .offset(first)
        .limit(count)
    )
    if account is not None:
        asked = asked.where(_touches(account))
    rows = db.session.execute(asked)
    return [
        Written(entry, document or "", group or "", stands)
        for entry, document, group, stands in rows
    ]


def walk(venue_id: int, days: Days) -> Iterator[Written]:
    """All entries of these days, a thousand at a time, for a file."""
    first, step = 0, 1000
    while found := entries_of(venue_id, days, None, first=first, count=step):
        yield from found
        first += step


def is_other_way(account: Account) -> bool:
    """Whether what was given is what stands there."""
    return account in STANDS_THE_OTHER_WAY


def _line(account: Account, before: int, debit: int, credit: int) -> Line:
    if is_other_way(account):
        return Line(account, -before, credit, debit)
    return Line(account, before, debit, credit)


def _sum(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, LedgerEntry.cents), else_=0)), 0)


def _touches(account: Account) -> ColumnElement[bool]:
    return or_(LedgerEntry.debit == account, LedgerEntry.credit == account)


def _running(account: Account | None) -> ColumnElement[Any]:
    """What these entries did to an account so far, counted on from entry to entry."""
    if account is None:
        return null()
    side = LedgerEntry.credit if is_other_way(account) else LedgerEntry.debit
    moved = case((side == account, LedgerEntry.cents), else_=-LedgerEntry.cents)
    return func.sum(moved).over(order_by=(LedgerEntry.on, LedgerEntry.id))
