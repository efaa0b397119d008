"""The table of notices: what a house tells everybody for some days."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from buurthuis.foundation.db import Model

LONGEST_NOTICE = 300


class Notice(Model):
    """A few sentences on the public pages of a house, from a day on, until a day (included) or for good."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="order"),
        Index("ix_notice_venue_id", "venue_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    text: Mapped[str] = mapped_column(String(LONGEST_NOTICE))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
