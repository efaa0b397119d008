"""Tables of statements of the bank: a file that was brought, its lines, and what they were matched with."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import Model
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.refunds.models import Refund
from buurthuis.venues.models import Venue

LONGEST_ASIDE: Final = 200
LONGEST_NAME: Final = 120


class BankStatement(Model):
    """A file that a treasurer brought; the same file again brings nothing new.

    A table waits with its `sheet` until somebody said what its columns mean; then the sheet goes, and
    what was said is known for the next file with the same `heading`.
    """

    __tablename__ = "bank_statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    account: Mapped[str] = mapped_column(String(34), default="")
    """Of which account it tells, where the file says so."""
    heading: Mapped[str] = mapped_column(String(64), default="")
    """A digest of the headings of a table."""
    columns: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What each column was said to mean."""
    sheet: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    known: Mapped[int] = mapped_column(default=0)
    """How many of its lines an earlier file brought."""
    left_out: Mapped[int] = mapped_column(default=0)
    """How many of its lines could not be read, or are in other money than euros."""
    brought_at: Mapped[datetime]
    brought_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)

    venue: Mapped[Venue] = relationship()
    brought_by: Mapped[Person] = relationship()
    lines: Mapped[list["BankLine"]] = relationship(
        order_by="BankLine.position", back_populates="statement"
    )


class BankLine(Model):
    """Money that came or went on an account, until a person says what it was.

    It is matched with a payment, or with a refund when it went; it is set aside; or it is still
    open. A payment that was undone does not count.
    """

    __tablename__ = "bank_line"
    __table_args__ = (
        UniqueConstraint("venue_id", "key"),
        CheckConstraint("cents <> 0", name="cents"),
        CheckConstraint(
            "(aside_at IS NULL OR (payment_id IS NULL AND refund_id IS NULL))"
            " AND (payment_id IS NULL OR refund_id IS NULL)",
            name="one_end",
        ),
        CheckConstraint("refund_id IS NULL OR cents < 0", name="refund"),
        Index("ix_bank_line_statement_id", "statement_id"),
        Index("ix_bank_line_payment_id", "payment_id"),
        Index("ix_bank_line_venue_id_iban", "venue_id", "iban"),
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
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refund.id"), unique=True)
    matched_at: Mapped[datetime | None]
    matched_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    aside_at: Mapped[datetime | None]
    aside_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    aside_reason: Mapped[str] = mapped_column(String(LONGEST_ASIDE), default="")

    venue: Mapped[Venue] = relationship()
    statement: Mapped[BankStatement] = relationship(back_populates="lines")
    payment: Mapped[Payment | None] = relationship()
    refund: Mapped[Refund | None] = relationship()
