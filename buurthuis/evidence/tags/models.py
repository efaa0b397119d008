"""The table of themes: what an activity is good for, and for whom; never of a person."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Person
from buurthuis.activities.models import ForWhom
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.models import Series
from buurthuis.foundation.db import Model, choice
from buurthuis.rules.themes import Theme


class ActivityTag(Model):
    """What one booking or a whole series is for; the word of a booking goes before that of its series.

    A word that is taken back leaves no row.
    """

    __tablename__ = "activity_tag"
    __table_args__ = (
        CheckConstraint("(booking_id IS NULL) <> (series_id IS NULL)", name="of_one"),
        Index("uq_activity_tag_booking_id", "booking_id", unique=True),
        Index("uq_activity_tag_series_id", "series_id", unique=True),
        Index("ix_activity_tag_said_by_id", "said_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"))
    theme: Mapped[Theme] = mapped_column(choice(Theme))
    audience: Mapped[ForWhom | None] = mapped_column(choice(ForWhom))
    said_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    said_at: Mapped[datetime]

    booking: Mapped[Booking | None] = relationship()
    series: Mapped[Series | None] = relationship()
    said_by: Mapped[Person] = relationship()
