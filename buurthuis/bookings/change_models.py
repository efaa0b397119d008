"""The table of changes that wait for a yes, each beside its booking, which stays as it was."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.models import SeriesChange
from buurthuis.foundation.db import Model, choice
from buurthuis.rules.changes import ChangeStatus, PriceRule
from buurthuis.rules.money import Cents
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Room, Venue

IS_OPEN = text("status = 'asked'")


class ChangeRequest(Model):
    """Another time, room or purpose that was asked for; `venue_id` is the house that answers.

    `words` holds what else changes with it, `quote` the price that was seen, frozen. What it holds
    of a room stands in `occupancy` under its booking and its own number. `before` is what the
    booking was when the house said yes, as long as that lies in the tray (`answer_leaves_at`).
    """

    __tablename__ = "change_request"
    __table_args__ = (
        CheckConstraint("to_at > from_at", name="order"),
        CheckConstraint("status <> 'refused' OR reason <> ''", name="refusal_has_reason"),
        Index(
            "uq_change_request_open",
            "booking_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index("ix_change_request_booking_id", "booking_id"),
        Index("ix_change_request_venue_id_status", "venue_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"))
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]
    words: Mapped[dict[str, Any]]
    price_rule: Mapped[PriceRule] = mapped_column(choice(PriceRule))
    quote: Mapped[dict[str, Any]]
    status: Mapped[ChangeStatus] = mapped_column(choice(ChangeStatus))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    refusal_kind: Mapped[str | None] = mapped_column(String(20))
    overdue_told_at: Mapped[datetime | None]
    series_change_id: Mapped[int | None] = mapped_column(ForeignKey("series_change.id"), index=True)
    """The change of a whole series of which this is one day; they are answered together."""
    answer_leaves_at: Mapped[datetime | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    booking: Mapped[Booking] = relationship()
    venue: Mapped[Venue] = relationship()
    room: Mapped[Room] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    series_change: Mapped[SeriesChange | None] = relationship()

    @property
    def period(self) -> Period:
        """From when until when the room would be used."""
        return Period(self.from_at, self.to_at)

    @property
    def total_cents(self) -> Cents:
        """What the booking would cost."""
        return int(self.quote["total_cents"])

    @property
    def is_open(self) -> bool:
        """It still waits for an answer."""
        return self.status == ChangeStatus.ASKED

    @property
    def is_into_retired(self) -> bool:
        """It asks for another room, and the house lends that no more."""
        return self.room_id != self.booking.room_id and self.room.retired_at is not None

    @property
    def leaves_house(self) -> bool:
        """It asks for a room of another house."""
        return self.venue_id != self.booking.venue_id
