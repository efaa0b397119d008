"""Tables of extras: what a house lends or brings, for which rooms, and who has asked for how many."""

from datetime import datetime

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.extras.guard import postgresql_statements, sqlite_statements
from buurthuis.foundation.db import Model
from buurthuis.venues.models import Room, Venue


class Extra(Model):
    """A thing that one can ask for with a room; `stock` is how many there are, None without end."""

    __tablename__ = "extra"
    __table_args__ = (
        UniqueConstraint("venue_id", "slug"),
        CheckConstraint("stock IS NULL OR stock > 0", name="stock"),
        CheckConstraint("notice_hours BETWEEN 0 AND 8784", name="notice"),
        CheckConstraint(
            "before_minutes BETWEEN 0 AND 720 AND after_minutes BETWEEN 0 AND 720", name="around"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    unit: Mapped[str] = mapped_column(String(40), default="")
    stock: Mapped[int | None]
    notice_hours: Mapped[int] = mapped_column(default=0)
    before_minutes: Mapped[int] = mapped_column(default=0)
    after_minutes: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]

    venue: Mapped[Venue] = relationship()
    rooms: Mapped[list[Room]] = relationship(secondary="extra_room", order_by="Room.id")
    """The rooms it goes with; all rooms of the house when none is named."""


class ExtraRoom(Model):
    """One room with which an extra goes."""

    __tablename__ = "extra_room"

    extra_id: Mapped[int] = mapped_column(
        ForeignKey("extra.id", ondelete="CASCADE"), primary_key=True
    )
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), primary_key=True)


class BookingExtra(Model):
    """How many of an extra go with a booking.

    `from_at` and `to_at` are the time in which they are away, kept by the database itself: they
    follow what the booking holds (guard.py), and are empty while it holds nothing.
    """

    __tablename__ = "booking_extra"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        Index("ix_booking_extra_extra_id_from_at", "extra_id", "from_at"),
    )

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    extra_id: Mapped[int] = mapped_column(ForeignKey("extra.id"), primary_key=True)
    quantity: Mapped[int]
    from_at: Mapped[datetime | None]
    to_at: Mapped[datetime | None]

    extra: Mapped[Extra] = relationship(lazy="joined")


def _after_create(dialect: str, statements: list[str]) -> None:
    # Only once all tables are there: claims and extras are of different storeys.
    for statement in statements:
        guard = DDL(statement).execute_if(dialect=dialect)
        event.listen(Model.metadata, "after_create", guard)


_after_create("sqlite", sqlite_statements())
_after_create("postgresql", postgresql_statements())
