"""The table of bundles: bookings of several rooms for one time, made together."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from buurthuis.foundation.db import Model


class Bundle(Model):
    """What ties bookings together; all else stands on the bookings themselves."""

    __tablename__ = "bundle"
    __table_args__ = (UniqueConstraint("booked_by_id", "submission", name="uq_bundle_submission"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    booked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submission: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
