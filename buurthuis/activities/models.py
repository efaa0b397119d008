"""Tables of activities: what everybody may read about a booking, and who reserved seats for it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import Model, choice

MOST_SEATS = 2000
MOST_AT_ONCE = 4
"""So many seats one visitor may reserve."""


class ForWhom(StrEnum):
    """Who is meant to come."""

    EVERYBODY = "everybody"
    CHILDREN = "children"
    YOUNG = "young"
    FAMILIES = "families"
    WOMEN = "women"
    OLDER = "older"


class Place(StrEnum):
    """How a visitor stands: with a seat, in the line for one, or not coming any more."""

    SEATED = "seated"
    WAITING = "waiting"
    GIVEN_UP = "given_up"


class Activity(Model):
    """What everybody may read about one booking. Without `seats`, people just come.

    `taken` counts the seats of everybody who is seated, and stays when their names are forgotten;
    the database lets it pass the number of seats for nobody. `told_from_at` is the start that
    visitors know; None once they heard that it does not go through.
    """

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("seats IS NULL OR seats BETWEEN 1 AND 2000", name="seats"),
        CheckConstraint("taken >= 0 AND (seats IS NULL OR taken <= seats)", name="seats_taken"),
        Index("uq_activity_booking_id", "booking_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text, default="")
    for_whom: Mapped[ForWhom] = mapped_column(choice(ForWhom), default=ForWhom.EVERYBODY)
    spoken: Mapped[str] = mapped_column(String(60), default="")
    price: Mapped[str] = mapped_column(String(60), default="")
    seats: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    told_from_at: Mapped[datetime | None]
    taken_out_at: Mapped[datetime | None]
    taken_out_reason: Mapped[str] = mapped_column(Text, default="")

    booking: Mapped[Booking] = relationship()

    @property
    def venue_id(self) -> int:
        """The house in which it takes place."""
        return self.booking.venue_id

    @property
    def free(self) -> int:
        """How many seats are left; none where nobody has to reserve."""
        return 0 if self.seats is None else self.seats - self.taken


class Seat(Model):
    """Seats for one visitor and who comes along; the id is the place in the line.

    Whoever gives up is forgotten at once: name and address are wiped.
    """

    __tablename__ = "seat"
    __table_args__ = (
        CheckConstraint("people BETWEEN 1 AND 4", name="people"),
        Index("uq_seat_activity_id_submission", "activity_id", "submission", unique=True),
        Index(
            "ix_seat_in_line",
            "activity_id",
            sqlite_where=text("place = 'waiting'"),
            postgresql_where=text("place = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    submission: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(8))
    people: Mapped[int]
    place: Mapped[Place] = mapped_column(choice(Place))
    made_at: Mapped[datetime]

    activity: Mapped[Activity] = relationship()
