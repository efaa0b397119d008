"""Tables of deposits: what is held of whom for which booking, and what became of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import Model, choice


class Turn(StrEnum):
    """What became of (a part of) a deposit."""

    TAKEN = "taken"
    GIVEN_BACK = "given_back"
    KEPT = "kept"


class Deposit(Model):
    """Money that a house holds for a booking and that is not its own."""

    __tablename__ = "deposit"
    __table_args__ = (CheckConstraint("cents > 0", name="cents"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), unique=True)
    cents: Mapped[int]
    """What is to be held, as the booking says."""
    made_at: Mapped[datetime]

    booking: Mapped[Booking] = relationship()
    turns: Mapped[list["DepositTurn"]] = relationship(
        order_by="DepositTurn.id", back_populates="deposit"
    )

    @property
    def name(self) -> str:
        """How the books call it."""
        return f"D{self.id}"


class DepositTurn(Model):
    """A deposit was taken, given back, or kept: proposed by one person and agreed by another."""

    __tablename__ = "deposit_turn"
    __table_args__ = (
        CheckConstraint("cents > 0", name="cents"),
        CheckConstraint("turn <> 'kept' OR reason <> ''", name="reason"),
        CheckConstraint("agreed_by_id IS NULL OR agreed_by_id <> by_id", name="two_people"),
        CheckConstraint("turn = 'kept' OR agreed_by_id IS NULL", name="agreed"),
        Index("ix_deposit_turn_deposit_id", "deposit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    deposit_id: Mapped[int] = mapped_column(ForeignKey("deposit.id"))
    turn: Mapped[Turn] = mapped_column(choice(Turn))
    cents: Mapped[int]
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"), index=True)
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refund.id"), index=True)
    reason: Mapped[str] = mapped_column(String(300), default="")
    made_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    agreed_at: Mapped[datetime | None]
    """Keeping counts from here on; declined is the other end of a proposal."""
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    refused_at: Mapped[datetime | None]

    deposit: Mapped[Deposit] = relationship(back_populates="turns")
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])

    @property
    def venue_id(self) -> int:
        """The house whose deposit it is."""
        return self.deposit.venue_id
