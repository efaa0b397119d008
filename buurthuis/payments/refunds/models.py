"""The table of money that goes back."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.foundation.db import Model, choice
from buurthuis.payments.deposits.models import Deposit
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.refunds.guard import postgresql_statements, sqlite_statements
from buurthuis.rules.paying.ways import Means

LONGEST_REASON = 300


class RefundState(StrEnum):
    """How it stands: asked of the provider or still to be carried to the bank; done; it did not work."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class Refund(Model):
    """So much of a payment goes back; all that did not fail never come to more than the payment.

    It belongs to an invoice, to a deposit, or to neither: money for which there was nothing to have.
    """

    __tablename__ = "refund"
    __table_args__ = (
        CheckConstraint("cents > 0", name="cents"),
        CheckConstraint("invoice_id IS NULL OR deposit_id IS NULL", name="one_thing"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done"),
        UniqueConstraint("mark"),
        Index("ix_refund_payment_id", "payment_id"),
        Index("ix_refund_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"))
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"), index=True)
    deposit_id: Mapped[int | None] = mapped_column(ForeignKey("deposit.id"), index=True)
    means: Mapped[Means] = mapped_column(choice(Means))
    cents: Mapped[int]
    state: Mapped[RefundState] = mapped_column(choice(RefundState))
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    mark: Mapped[str] = mapped_column(String(64))
    """Sent along to the provider, so that asking twice gives back once."""
    provider_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    error: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    look_at: Mapped[datetime | None]
    """When the worker asks the provider (again)."""
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    payment: Mapped[Payment] = relationship()
    invoice: Mapped[Invoice | None] = relationship()
    deposit: Mapped[Deposit | None] = relationship()

    @property
    def name(self) -> str:
        """How the books call it."""
        return f"R{self.id}"

    @property
    def venue_id(self) -> int:
        """The house whose money it is."""
        return self.payment.venue_id


def _after_create(dialect: str, statements: list[str]) -> None:
    # Only once all tables are there: the guard looks at deposits too.
    for statement in statements:
        guard = DDL(statement).execute_if(dialect=dialect)
        event.listen(Model.metadata, "after_create", guard)


_after_create("sqlite", sqlite_statements())
_after_create("postgresql", postgresql_statements())
