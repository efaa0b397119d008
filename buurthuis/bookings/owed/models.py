"""The table of what is owed for a booking that was cancelled or not used; nobody collects it here."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import Model, choice

LONGEST_REASON = 300


class Why(StrEnum):
    """Why something is owed."""

    CANCELLED = "cancelled"
    BEGUN = "begun"
    UNUSED = "unused"


class State(StrEnum):
    """How it stands: it is to be paid, a person has to decide, or the house asks nothing."""

    DUE = "due"
    TO_DECIDE = "to_decide"
    WAIVED = "waived"


class Owed(Model):
    """What a group owes instead of the price, at most one row a booking; gone when that is undone.

    The share of the base is what the card of the booking says; a person who decides may say
    another amount (`cents`), with a reason.
    """

    __tablename__ = "owed"
    __table_args__ = (
        CheckConstraint("base_cents >= 0 AND cents >= 0", name="not_negative"),
        CheckConstraint("share_bp BETWEEN 0 AND 10000", name="share"),
        CheckConstraint("(decided_at IS NULL) = (reason = '')", name="decision_has_reason"),
        CheckConstraint(
            "state = 'due' OR (state = 'waived') = (decided_at IS NOT NULL)", name="state"
        ),
        Index("ix_owed_venue_id_state", "venue_id", "state"),
    )

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    why: Mapped[Why] = mapped_column(choice(Why))
    share_bp: Mapped[int]
    base_cents: Mapped[int]
    cents: Mapped[int]
    state: Mapped[State] = mapped_column(choice(State))
    created_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")

    booking: Mapped[Booking] = relationship()
