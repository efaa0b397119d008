"""The table of the books: entries of a house that the database lets nobody change or take away."""

from datetime import date, datetime

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from buurthuis.foundation.db import Model, choice
from buurthuis.payments.ledger.guard import postgresql_statements, sqlite_statements
from buurthuis.rules.paying.ledger import Account


class LedgerEntry(Model):
    """So many cents from the account that gives to the one that receives, and what it follows from."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        CheckConstraint("cents > 0", name="cents"),
        CheckConstraint("debit <> credit", name="two_accounts"),
        Index("ix_ledger_entry_venue_id_on", "venue_id", "on"),
        Index("ix_ledger_entry_invoice_id", "invoice_id"),
        Index("ix_ledger_entry_payment_id", "payment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    on: Mapped[date]
    """The day it belongs to in the books: of the invoice, or on which the money came."""
    made_at: Mapped[datetime]
    debit: Mapped[Account] = mapped_column(choice(Account))
    credit: Mapped[Account] = mapped_column(choice(Account))
    cents: Mapped[int]
    text: Mapped[str] = mapped_column(String(120), default="")
    """The name of the document it follows from, for who reads the books: "BK-2026-0007"."""
    initiative_id: Mapped[int | None] = mapped_column(ForeignKey("initiative.id"))
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refund.id"))
    deposit_id: Mapped[int | None] = mapped_column(ForeignKey("deposit.id"))


def _after_create(dialect: str, statements: list[str]) -> None:
    # Only once all tables are there: the guard looks at payments and refunds too.
    for statement in statements:
        guard = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
        event.listen(Model.metadata, "after_create", guard)


_after_create("sqlite", sqlite_statements())
_after_create("postgresql", postgresql_statements())
