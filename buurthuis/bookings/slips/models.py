"""Tables of the desk: slips of paper with a reference and a PIN, tries at them, and whom to call."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import Model, choice


class Slip(Model):
    """A paper for one booking: whoever holds it may look, make it shorter, and cancel.

    Only the hash of the PIN is kept. `edition` rises with every new PIN, and ends what the one
    before it had opened.
    """

    __tablename__ = "slip"
    __table_args__ = (Index("ix_slip_made_by_id", "made_by_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), unique=True)
    reference: Mapped[str] = mapped_column(String(6), unique=True)
    pin_hash: Mapped[str] = mapped_column(String(64))
    edition: Mapped[int] = mapped_column(default=1)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]

    booking: Mapped[Booking] = relationship()
    made_by: Mapped[Person] = relationship()


class SlipTry(Model):
    """A wrong try at a reference, known or not, kept for a quarter of an hour."""

    __tablename__ = "slip_try"
    __table_args__ = (Index("ix_slip_try_reference_hash_at", "reference_hash", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class News(StrEnum):
    """What the house has to tell somebody by telephone."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    MOVED = "moved"
    ASKED = "asked"
    OFFERED = "offered"
    MISSED = "missed"
    OTHER = "other"


class PhoneCall(Model):
    """Somebody without e-mail has to be called about a booking; done once somebody has.

    `instead_of` is what there was to tell before, in case this is an answer that is taken back.
    """

    __tablename__ = "phone_call"
    __table_args__ = (
        Index(
            "ix_phone_call_waiting",
            "booking_id",
            sqlite_where=text("called_at IS NULL"),
            postgresql_where=text("called_at IS NULL"),
        ),
        Index("ix_phone_call_venue_id", "venue_id", "called_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    news: Mapped[News] = mapped_column(choice(News))
    asked_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    called_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    instead_of: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    booking: Mapped[Booking] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
