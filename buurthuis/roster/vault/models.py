"""The table of door and alarm codes: sealed, so that the database alone tells nobody a code."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.foundation.db import Model, choice
from buurthuis.venues.models import Venue

LONGEST_PLACE = 60
LONGEST_CODE = 120


class CodeKind(StrEnum):
    """What a code is for."""

    DOOR = "door"
    ALARM = "alarm"
    KEY_BOX = "key_box"
    OTHER = "other"


class HouseCode(Model):
    """A code of a house. What is sealed names its house and its place, so that no row fits another."""

    __tablename__ = "house_code"
    __table_args__ = (UniqueConstraint("venue_id", "kind", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    kind: Mapped[CodeKind] = mapped_column(choice(CodeKind))
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE), default="")
    sealed: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)

    venue: Mapped[Venue] = relationship()
