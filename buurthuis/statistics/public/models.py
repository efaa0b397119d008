"""Tables of what is public: the houses that take part, and the years as they were published."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.foundation import clock
from buurthuis.foundation.db import Model
from buurthuis.venues.models import Venue


class PublicHouse(Model):
    """A house whose board said that its figures may be published. No row is no."""

    __tablename__ = "public_house"
    __table_args__ = (UniqueConstraint("venue_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    since_at: Mapped[datetime] = mapped_column(default=clock.now)

    venue: Mapped[Venue] = relationship()


class PublishedYear(Model):
    """One year as it was published; the text never changes, and the highest number counts."""

    __tablename__ = "published_year"
    __table_args__ = (
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("body <> ''", name="body"),
        UniqueConstraint("year", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
