"""Tables of money that came in, and of everything that settles an invoice."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Initiative
from buurthuis.foundation.db import Model, choice
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.invoices.models import Invoice
from buurthuis.rules.paying.open_items import How
from buurthuis.rules.paying.ways import Means
from buurthuis.venues.models import Venue


class Payment(Model):
    """Money that came in, as it came; what was entered by mistake is undone, never taken away."""

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("cents > 0", name="cents"),
        CheckConstraint("(means = 'online') = (checkout_id IS NOT NULL)", name="online"),
        CheckConstraint("undone_at IS NULL OR means <> 'online'", name="undone"),
        Index("ix_payment_venue_id_received_on", "venue_id", "received_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    initiative_id: Mapped[int | None] = mapped_column(ForeignKey("initiative.id"), index=True)
    means: Mapped[Means] = mapped_column(choice(Means))
    cents: Mapped[int]
    received_on: Mapped[date]
    made_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    checkout_id: Mapped[int | None] = mapped_column(ForeignKey("checkout.id"), unique=True)
    note: Mapped[str] = mapped_column(String(200), default="")
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    venue: Mapped[Venue] = relationship()
    initiative: Mapped[Initiative | None] = relationship()
    checkout: Mapped[Checkout | None] = relationship()
    settlements: Mapped[list["Settlement"]] = relationship(
        order_by="Settlement.id", back_populates="payment"
    )


class Settlement(Model):
    """Something settled a part of an invoice; below nothing it was taken back. Rows are only added."""

    __tablename__ = "settlement"
    __table_args__ = (
        CheckConstraint("cents <> 0", name="cents"),
        CheckConstraint(
            "(how IN ('payment', 'refund')) = (payment_id IS NOT NULL)", name="payment"
        ),
        CheckConstraint("(how = 'credit') = (credit_note_id IS NOT NULL)", name="credit"),
        CheckConstraint("(how = 'refund') = (refund_id IS NOT NULL)", name="refund"),
        CheckConstraint("how <> 'write_off' OR reason <> ''", name="reason"),
        Index("ix_settlement_invoice_id", "invoice_id"),
        Index("ix_settlement_payment_id", "payment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"))
    how: Mapped[How] = mapped_column(choice(How))
    cents: Mapped[int]
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    credit_note_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"), unique=True)
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refund.id"), index=True)
    reason: Mapped[str] = mapped_column(String(300), default="")
    made_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    invoice: Mapped[Invoice] = relationship(foreign_keys=[invoice_id])
    payment: Mapped[Payment | None] = relationship(back_populates="settlements")
