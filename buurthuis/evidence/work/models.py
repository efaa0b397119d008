"""The table of volunteer work that is written down, so that more counts than shifts alone."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import Model, choice
from buurthuis.venues.models import Venue

LONGEST_WORDS = 120
MOST_MINUTES = 1440
MOST_TOGETHER = 60_000
"""A thousand hours: what a whole neighbourhood may do on one day."""


class WorkKind(StrEnum):
    """What somebody did; the words are public."""

    BOARD = "board"
    HOSTING = "hosting"
    COOKING = "cooking"
    REPAIRS = "repairs"
    NEIGHBOURS = "neighbours"
    OTHER = "other"


class VolunteerWork(Model):
    """Minutes that somebody gave a house on a day, beside shifts.

    Without a person it is of several together, or of somebody who left: the minutes stay, who it
    was is not known.
    """

    __tablename__ = "volunteer_work"
    __table_args__ = (
        CheckConstraint(
            f"minutes BETWEEN 1 AND {MOST_TOGETHER}"
            f" AND (person_id IS NULL OR minutes <= {MOST_MINUTES})",
            name="minutes",
        ),
        UniqueConstraint("said_by_id", "submission"),
        Index("ix_volunteer_work_venue_id_day", "venue_id", "day"),
        Index("ix_volunteer_work_person_id_day", "person_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    day: Mapped[date]
    minutes: Mapped[int]
    kind: Mapped[WorkKind] = mapped_column(choice(WorkKind))
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")
    submission: Mapped[str | None] = mapped_column(String(64))
    """One press, one row, however often it is sent."""
    said_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    said_at: Mapped[datetime]

    venue: Mapped[Venue] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    said_by: Mapped[Person | None] = relationship(foreign_keys=[said_by_id])
