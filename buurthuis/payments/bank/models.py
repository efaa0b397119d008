"""Tables of statements of the bank: a file that was brought, its lines, and what they were matched with."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.foundation.db import Model
from buurthuis.payments.receiving.models import Payment


class BankStatement(Model):
    """A file that a treasurer brought; the same file again brings nothing new."""

    __tablename__ = "bank_statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    brought_at: Mapped[datetime]
    brought_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)

    lines: Mapped[list["BankLine"]] = relationship(
        order_by="BankLine.position", back_populates="statement"
    )


class BankLine(Model):
    """Money that came or went on an account; it is matched with a payment, set aside, or still open."""

    __tablename__ = "bank_line"
    __table_args__ = (
        UniqueConstraint("venue_id", "key"),
        CheckConstraint("cents <> 0", name="cents"),
        CheckConstraint("aside_at IS NULL OR payment_id IS NULL", name="one_end"),
        Index("ix_bank_line_statement_id", "statement_id"),
        Index("ix_bank_line_payment_id", "payment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    statement_id: Mapped[int] = mapped_column(ForeignKey("bank_statement.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(64))
    """What tells it from every other line: the reference of the bank, or a digest of what it says."""
    booked_on: Mapped[date]
    cents: Mapped[int]
    counterparty: Mapped[str] = mapped_column(String(140), default="")
    iban: Mapped[str] = mapped_column(String(34), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    reference: Mapped[str] = mapped_column(String(60), default="")
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    matched_at: Mapped[datetime | None]
    matched_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    aside_at: Mapped[datetime | None]
    aside_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    aside_reason: Mapped[str] = mapped_column(String(200), default="")

    statement: Mapped[BankStatement] = relationship(back_populates="lines")
    payment: Mapped[Payment | None] = relationship()
