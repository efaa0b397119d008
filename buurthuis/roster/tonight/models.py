"""Tables of a shift as it is done: the checklist and its ticks, who was there, and what went wrong."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import Model, choice
from buurthuis.roster.models import Duty
from buurthuis.venues.models import Venue

LONGEST_ITEM = 120
LONGEST_TALE = 1000


class Moment(StrEnum):
    """When a checklist is gone through."""

    OPENING = "opening"
    CLOSING = "closing"


class IncidentKind(StrEnum):
    """What kind of thing went wrong."""

    BROKEN = "broken"
    SAFETY = "safety"
    HURT = "hurt"
    NEIGHBOURS = "neighbours"
    MISSING = "missing"
    OTHER = "other"


class ChecklistItem(Model):
    """One line of the checklist of a house.

    A line that changes ends and another begins, so that what was ticked keeps its words.
    """

    __tablename__ = "checklist_item"
    __table_args__ = (Index("ix_checklist_item_venue_id_ended_at", "venue_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    moment: Mapped[Moment] = mapped_column(choice(Moment))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(LONGEST_ITEM))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Tick(Model):
    """Whether a line of the checklist is done in one session; the newest word counts.

    `said_at` is when it was pressed, which without a connection is earlier than when it came in.
    """

    __tablename__ = "tick"
    __table_args__ = (UniqueConstraint("session_id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("booking.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("checklist_item.id"), index=True)
    is_done: Mapped[bool]
    said_at: Mapped[datetime]
    said_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)

    said_by: Mapped[Person] = relationship()


class Presence(Model):
    """What was said about a shift while it was done, and who was asked whether the house is closed.

    `person_id` is whose shift it is; `closed_by_id` who said that the house is closed and armed.
    """

    __tablename__ = "presence"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed"),
        CheckConstraint("(asked = 0) = (asked_at IS NULL) AND asked BETWEEN 0 AND 3", name="asked"),
    )

    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    began_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    asked: Mapped[int] = mapped_column(default=0)
    """Who was asked already: 1 the holder, 2 the back-up too, 3 the coordinators too."""
    asked_at: Mapped[datetime | None]

    duty: Mapped[Duty] = relationship()
    closed_by: Mapped[Person | None] = relationship(foreign_keys=[closed_by_id])


class Incident(Model):
    """Something went wrong in a house; the coordinator or a manager says when they have seen it."""

    __tablename__ = "incident"
    __table_args__ = (
        CheckConstraint("(seen_at IS NULL) = (seen_by_id IS NULL)", name="seen"),
        UniqueConstraint("told_by_id", "submission"),
        Index("ix_incident_venue_id_told_at", "venue_id", "told_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    duty_id: Mapped[int | None] = mapped_column(ForeignKey("duty.id"), index=True)
    kind: Mapped[IncidentKind] = mapped_column(choice(IncidentKind))
    text: Mapped[str] = mapped_column(Text)
    submission: Mapped[str] = mapped_column(String(64))
    """One press, one incident, however often it is sent."""
    told_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    told_at: Mapped[datetime]
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    seen_at: Mapped[datetime | None]

    venue: Mapped[Venue] = relationship()
    told_by: Mapped[Person] = relationship(foreign_keys=[told_by_id])
    seen_by: Mapped[Person | None] = relationship(foreign_keys=[seen_by_id])
