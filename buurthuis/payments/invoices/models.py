"""Tables of invoices: the document as it was issued, its lines, its number, and who the other side is."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import Model, choice
from buurthuis.venues.models import Venue


class Kind(StrEnum):
    """What kind of document it is; an opening item is a debt from before the house used this program."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    OPENING = "opening"

    @property
    def sign(self) -> int:
        """Which way its amounts go: what is credited is billed below nothing."""
        return -1 if self is Kind.CREDIT_NOTE else 1


class InvoiceCount(Model):
    """The last number that a house gave in a year; whoever gives the next one holds this row."""

    __tablename__ = "invoice_count"
    __table_args__ = (CheckConstraint("last >= 0", name="last"),)

    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Invoice(Model):
    """A document as it was issued; the database refuses every change of it.

    Amounts are never below nothing: the kind says which way they go. `seller` and `buyer` are the
    names and addresses of that day. Invoices and credit notes share one series of numbers.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("venue_id", "year", "number"),
        UniqueConstraint("reference"),
        CheckConstraint("(kind = 'opening') = (number IS NULL)", name="numbered"),
        CheckConstraint("number IS NULL OR number > 0", name="number"),
        CheckConstraint("(kind = 'credit_note') = (corrects_id IS NOT NULL)", name="corrects"),
        CheckConstraint("total_cents = net_cents + vat_cents AND total_cents > 0", name="total"),
        CheckConstraint("due_on >= issued_on", name="due"),
        Index("ix_invoice_venue_id_issued_on", "venue_id", "issued_on"),
        Index("ix_invoice_initiative_id", "initiative_id"),
        Index("ix_invoice_corrects_id", "corrects_id"),
        Index("uq_invoice_batch", "venue_id", "batch", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    year: Mapped[int]
    number: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(40))
    """How people call it: "BK-2026-0007"; of an opening item the number it had before."""
    reference: Mapped[str] = mapped_column(String(25))
    """What the payer writes with the money (ISO 11649, "RF18…"), unique over all houses."""
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))
    issued_on: Mapped[date]
    due_on: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    language: Mapped[str] = mapped_column(String(8))
    seller: Mapped[dict[str, Any]]
    buyer: Mapped[dict[str, Any]]
    net_cents: Mapped[int]
    vat_cents: Mapped[int]
    total_cents: Mapped[int]
    batch: Mapped[str | None] = mapped_column(String(60))
    """Which run of collective invoices made it, so that a run made twice gives one."""
    note: Mapped[str] = mapped_column(Text, default="")
    """What an opening item is for, or why something is credited."""

    venue: Mapped[Venue] = relationship()
    initiative: Mapped[Initiative] = relationship()
    corrects: Mapped["Invoice | None"] = relationship(remote_side=[id])
    lines: Mapped[list["InvoiceLine"]] = relationship(
        order_by="InvoiceLine.position", back_populates="invoice"
    )


class InvoiceLine(Model):
    """A line as it was issued: what, how much, of which day; `vat_bp` None is exempt.

    A discount is a line below nothing. `given_cents` tells how much less than the list price the
    booking was; it stands on the first line of the booking and is no amount of the invoice.
    """

    __tablename__ = "invoice_line"
    __table_args__ = (
        UniqueConstraint("invoice_id", "position"),
        Index("ix_invoice_line_booking_id", "booking_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"))
    position: Mapped[int]
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"))
    what: Mapped[str] = mapped_column(String(30))
    """The kind of the line: that of a quote (`LineKind`), "owed", "difference" or "opening"."""
    text: Mapped[str] = mapped_column(String(300))
    supplied_on: Mapped[date]
    quantity: Mapped[Decimal] = mapped_column(Numeric(10, 4))
    unit_cents: Mapped[int]
    cents: Mapped[int]
    vat_bp: Mapped[int | None]
    vat_cents: Mapped[int]
    given_cents: Mapped[int] = mapped_column(default=0, server_default="0")

    invoice: Mapped[Invoice] = relationship(back_populates="lines")
    booking: Mapped[Booking | None] = relationship()


class BillingParty(Model):
    """What a group wants on its invoices, and whether it gets one a month; only where it said so."""

    __tablename__ = "billing_party"

    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), primary_key=True)
    legal_name: Mapped[str] = mapped_column(String(120), default="")
    attention: Mapped[str] = mapped_column(String(120), default="")
    street: Mapped[str] = mapped_column(String(120), default="")
    postcode: Mapped[str] = mapped_column(String(12), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    country: Mapped[str] = mapped_column(String(2), default="NL")
    kvk_number: Mapped[str] = mapped_column(String(20), default="")
    vat_number: Mapped[str] = mapped_column(String(30), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    """Where invoices go; empty is to those who speak for the group."""
    order_text: Mapped[str] = mapped_column(String(60), default="")
    """A number of their own that has to stand on it."""
    is_monthly: Mapped[bool] = mapped_column(default=False)
    """One invoice a month for all bookings of the month."""


class Reminder(Model):
    """An invoice that was not paid in time was asked for once more."""

    __tablename__ = "invoice_reminder"

    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sent_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
