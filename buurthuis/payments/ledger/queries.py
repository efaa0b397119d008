"""Questions about the books of a house."""

from collections import Counter

from sqlalchemy import func, select

from buurthuis.foundation.db import db
from buurthuis.payments.ledger.models import LedgerEntry
from buurthuis.rules.paying.ledger import Account, balances, entries


def balances_of(venue_id: int) -> Counter[Account]:
    """What stands on each account of a house; together they are nothing."""
    asked = (
        select(LedgerEntry.debit, LedgerEntry.credit, func.sum(LedgerEntry.cents))
        .where(LedgerEntry.venue_id == venue_id)
        .group_by(LedgerEntry.debit, LedgerEntry.credit)
    )
    moves = ((debit, credit, int(cents)) for debit, credit, cents in db.session.execute(asked))
    return balances(entries(*moves))


def balance_by_house(account: Account) -> Counter[int]:
    """What stands on one account, by the id of the house."""
    found: Counter[int] = Counter()
    for side, sign in ((LedgerEntry.debit, 1), (LedgerEntry.credit, -1)):
        asked = select(LedgerEntry.venue_id, func.sum(LedgerEntry.cents)).where(side == account)
        for venue_id, cents in db.session.execute(asked.group_by(LedgerEntry.venue_id)):
            found[venue_id] += sign * int(cents)
    return found
