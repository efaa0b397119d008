"""What money of the demo is stored with: luck that stays the same, rows with their numbers, entries."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.models import Booking
from buurthuis.demo.rows import Row
from buurthuis.foundation.db import db
from buurthuis.payments.invoices.models import InvoiceLine
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ledger import Entry
from buurthuis.rules.paying.ways import Means

AT_ONCE = 1000


@dataclass(slots=True, eq=False)
class Sheet:
    """An invoice of the demo, from the bookings on it to what it became when it was stored."""

    initiative: Initiative
    bookings: list[Booking]
    issued_at: datetime
    batch: str | None = None
    lines: list[InvoiceLine] = field(default_factory=list)
    row: Row = field(default_factory=dict)
    id: int = 0

    @property
    def cents(self) -> Cents:
        """What it asks."""
        total: Cents = self.row["total_cents"]
        return total


@dataclass(slots=True, eq=False)
class Paid:
    """Money that came for an invoice of the demo."""

    sheet: Sheet
    cents: Cents
    day: date
    means: Means
    id: int = 0


def luck(*of: object) -> float:
    """A number from 0 to 1, the same for the same things, in whatever order they come."""
    return zlib.crc32(" ".join(map(str, of)).encode()) / 2**32


def stored(model: Any, rows: Sequence[Row]) -> list[int]:
    """Store rows that all name the same columns; their numbers, in their order."""
    table = model.__table__
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    found: list[int] = []
    for first in range(0, len(rows), AT_ONCE):
        found += db.session.execute(statement, rows[first : first + AT_ONCE]).scalars()
    return found


def store(model: Any, rows: Sequence[Row]) -> None:
    """The same where nobody asks for their numbers."""
    for first in range(0, len(rows), AT_ONCE):
        db.session.execute(insert(model.__table__), rows[first : first + AT_ONCE])


def entry_rows(
    entries: Sequence[Entry], *, venue_id: int, on: date, made_at: datetime, **about: Any
) -> list[Row]:
    """Entries of the books as rows, with what they follow from."""
    named = {"text": "", "initiative_id": None, "invoice_id": None, "payment_id": None}
    shared = {"venue_id": venue_id, "on": on, "made_at": made_at, **named, **about}
    return [
        {**shared, "debit": each.debit, "credit": each.credit, "cents": each.cents}
        for each in entries
    ]
