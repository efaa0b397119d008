"""Questions about the books of a house."""

from collections import Counter
from datetime import date

from sqlalchemy import func, select

from buurthuis.foundation.db import db
from buurthuis.payments.ledger.models import LedgerEntry
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ledger import Account


def balances_of(
    venue_id: int, *, first: date | None = None, last: date | None = None
) -> Counter[Account]:
    """What stands on each account of a house, of these days or of all; together they are nothing."""
    found: Counter[Account] = Counter()
    for side, sign in ((LedgerEntry.debit, 1), (LedgerEntry.credit, -1)):
        asked = select(side, func.sum(LedgerEntry.cents)).where(LedgerEntry.venue_id == venue_id)
        if first is not None:
            asked = asked.where(LedgerEntry.on >= first)
        if last is not None:
            asked = asked.where(LedgerEntry.on <= last)
        for account, cents in db.session.execute(asked.group_by(side)):
            found[account] += sign * int(cents)
    return found


def balance(venue_id: int, account: Account) -> Cents:
    """What stands on one account."""
    return balances_of(venue_id)[account]
