"""Letting go of what an invoice asks, and asking it after all, inside the transaction of a verb."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import db
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.ledger.posting import post
from buurthuis.payments.receiving.models import Settlement
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ledger import Account, entries
from buurthuis.rules.paying.open_items import How


def let_go(
    invoice: Invoice, cents: Cents, reason: str, *, by: Person | None, now: datetime
) -> Settlement:
    """Ask so much of an invoice no more; below nothing it is asked after all."""
    made = Settlement(
        invoice_id=invoice.id,
        how=How.WRITE_OFF,
        cents=cents,
        reason=reason,
        made_at=now,
        by_id=None if by is None else by.id,
    )
    db.session.add(made)
    post(
        invoice.venue_id,
        entries((Account.WRITTEN_OFF, Account.RECEIVABLE, cents)),
        on=day_of(now),
        text=invoice.name,
        initiative_id=invoice.initiative_id,
        invoice=invoice,
    )
    return made


def let_go_cents(invoice_ids: Collection[int]) -> dict[int, Cents]:
    """How much of each of these invoices is asked no more, by its id; those without are left out."""
    asked = select(Settlement.invoice_id, func.sum(Settlement.cents)).where(
        Settlement.invoice_id.in_(invoice_ids), Settlement.how == How.WRITE_OFF
    )
    found = db.session.execute(asked.group_by(Settlement.invoice_id))
    return {number: int(cents) for number, cents in found if cents}
