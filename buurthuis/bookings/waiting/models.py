"""Table of the waiting list: a wish that is kept until its place comes free."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.wishes import Wish
from buurthuis.foundation.db import Model, choice
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose
from buurthuis.venues.models import Room, Venue


class WaitingWish(Model):
    """A wish for one room, or without a room for any of the house that fits; the id is its number in line.

    At most one offer comes of it. How it stands follows from what became of that offer
    (rules/waiting.py), so there is no state here that could say something else than the booking.
    """

    __tablename__ = "waiting_wish"
    __table_args__ = (
        CheckConstraint("to_at > from_at", name="order"),
        CheckConstraint("people IS NULL OR people > 0", name="people"),
        CheckConstraint("offer_id IS NULL OR left_at IS NULL", name="left_or_offered"),
        Index("uq_waiting_wish_offer_id", "offer_id", unique=True),
        Index("uq_waiting_wish_submission", "submission", unique=True),
        Index("ix_waiting_wish_initiative_id_from_at", "initiative_id", "from_at"),
        Index(
            "ix_waiting_wish_in_line",
            *("venue_id", "from_at"),
            sqlite_where=text("offer_id IS NULL AND left_at IS NULL"),
            postgresql_where=text("offer_id IS NULL AND left_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"))
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]
    people: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(120))
    remark: Mapped[str] = mapped_column(Text, default="")
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose), default=Purpose.OTHER)
    is_public: Mapped[bool] = mapped_column(default=False)
    submission: Mapped[str | None] = mapped_column(String(64))

    venue: Mapped[Venue] = relationship()
    room: Mapped[Room | None] = relationship()
    initiative: Mapped[Initiative] = relationship()
    asked_by: Mapped[Person] = relationship()
    offer: Mapped[Booking | None] = relationship()

    @property
    def period(self) -> Period:
        """From when until when the place is wanted."""
        return Period(self.from_at, self.to_at)

    @property
    def wish(self) -> Wish:
        """What was asked for, as the booking desk takes it."""
        return Wish(
            period=self.period,
            people=self.people,
            title=self.title,
            purpose=self.purpose,
            remark=self.remark,
            is_public=self.is_public,
        )
