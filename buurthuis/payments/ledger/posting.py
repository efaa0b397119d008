"""Writing in the books of a house, inside the transaction of whatever is written down there."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import insert

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.payments.deposits.models import Deposit
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.ledger.models import LedgerEntry
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.refunds.models import Refund
from buurthuis.rules.paying.ledger import Entry

Row = dict[str, Any]
"""An entry as the table keeps it."""


def post(
    venue_id: int,
    entries: Iterable[Entry],
    *,
    on: date,
    text: str,
    initiative_id: int | None = None,
    invoice: Invoice | None = None,
    payment: Payment | None = None,
    refund: Refund | None = None,
    deposit: Deposit | None = None,
) -> None:
    """Add these entries; what they follow from must have been flushed, so that it has an id."""
    facts = {
        "venue_id": venue_id,
        "on": on,
        "made_at": clock.now(),
        "text": text,
        "initiative_id": initiative_id,
        "invoice_id": _id(invoice),
        "payment_id": _id(payment),
        "refund_id": _id(refund),
        "deposit_id": _id(deposit),
    }
    _add([{**facts, **_moved(entry)} for entry in entries])


def post_each(venue_id: int, moves: Iterable[tuple[Invoice, Entry]], *, on: date) -> None:
    """Add entries that follow from documents of one house, all in one message."""
    facts = {"venue_id": venue_id, "on": on, "made_at": clock.now()}
    _add(
        [
            {
                **facts,
                **_moved(entry),
                "text": document.name,
                "initiative_id": document.initiative_id,
                "invoice_id": document.id,
            }
            for document, entry in moves
        ]
    )


def _add(rows: list[Row]) -> None:
    if rows:
        db.session.execute(insert(LedgerEntry), rows)


def _moved(entry: Entry) -> Row:
    return {"debit": entry.debit, "credit": entry.credit, "cents": entry.cents}


def _id(thing: Invoice | Payment | Refund | Deposit | None) -> int | None:
    return None if thing is None else thing.id
