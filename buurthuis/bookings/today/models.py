"""The table of the day: what was said about who came to a booking, by whom."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import Model, choice
from buurthuis.rules.attendance import Band, Outcome


class Attendance(Model):
    """They came, or nobody did; at most one row a booking, gone again when it is undone.

    `released_from_at` is since when others can use the room of a booking to which nobody came.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("people IS NULL OR (people > 0 AND band IS NOT NULL)", name="people"),
        CheckConstraint("outcome = 'came' OR band IS NULL", name="nobody_is_not_counted"),
        CheckConstraint(
            "outcome = 'no_show' OR released_from_at IS NULL", name="released_when_nobody_came"
        ),
        Index("ix_attendance_said_by_id", "said_by_id"),
    )

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome))
    band: Mapped[Band | None] = mapped_column(choice(Band))
    people: Mapped[int | None]
    said_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    said_at: Mapped[datetime]
    released_from_at: Mapped[datetime | None]

    booking: Mapped[Booking] = relationship()
    said_by: Mapped[Person] = relationship()
