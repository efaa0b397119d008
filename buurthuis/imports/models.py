"""The table of versions: what a house said about itself after each change."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import Model, choice
from buurthuis.venues.decisions import Decision


class Part(StrEnum):
    """Which part of a house a change is about."""

    ABOUT = "about"
    CONTACT = "contact"
    ROOMS = "rooms"
    EXTRAS = "extras"
    PHOTOS = "photos"
    HOURS = "hours"
    DAY_PARTS = "day_parts"
    CLOSURES = "closures"
    RULES = "rules"
    BOOKING = "booking"
    FAIR_USE = "fair_use"
    ROSTER = "roster"
    PAYING = "paying"
    NOTICES = "notices"
    RATES = "rates"
    ALL = "all"


class HouseVersion(Model):
    """A house as it was after one change, as its file; versions are added and never edited."""

    __tablename__ = "house_version"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        Index("uq_house_version_number", "venue_id", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    number: Mapped[int]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    part: Mapped[Part] = mapped_column(choice(Part))
    decision_id: Mapped[int | None] = mapped_column(
        ForeignKey("decision.id", ondelete="SET NULL"), index=True
    )
    restores: Mapped[int | None]
    """The number of the older version that this one brought back."""
    toml: Mapped[str] = mapped_column(Text, deferred=True)

    made_by: Mapped[Person | None] = relationship()
    decision: Mapped[Decision | None] = relationship()
