"""Tables of key-holders: what they know, when they can, and when they are away."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import Model

LONGEST_NOTE = 200


class Training(Model):
    """Somebody knows a house, or learns it: then a mentor goes with them.

    That they may have a key at all is their role (`accounts.models.Role`).
    """

    __tablename__ = "training"
    __table_args__ = (
        CheckConstraint("is_learner OR mentor_id IS NULL", name="mentor_of_learner"),
        CheckConstraint("mentor_id <> person_id", name="mentor_is_another"),
        CheckConstraint("is_learner OR trained_on IS NOT NULL", name="trained"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), primary_key=True, index=True)
    is_learner: Mapped[bool] = mapped_column(default=False, server_default=false())
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    trained_on: Mapped[date | None]
    trained_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    stopped_on: Mapped[date | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    mentor: Mapped[Person | None] = relationship(foreign_keys=[mentor_id])
    trained_by: Mapped[Person | None] = relationship(foreign_keys=[trained_by_id])


class RosterWish(Model):
    """How much somebody wants to do; without a row two shifts a week at most."""

    __tablename__ = "roster_wish"
    __table_args__ = (CheckConstraint("most_a_week BETWEEN 0 AND 14", name="most"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    most_a_week: Mapped[int] = mapped_column(default=2)
    likes_to_open: Mapped[bool] = mapped_column(default=False)
    likes_to_close: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]
    before: Mapped[dict[str, Any] | None]
    """All that they offered before the last change, so that one change can be taken back."""


class WeeklyTime(Model):
    """A time of the week at which somebody can, in clock minutes; `is_liked` when gladly."""

    __tablename__ = "weekly_time"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint(
            "starts_minute BETWEEN 0 AND 1439 AND ends_minute > starts_minute"
            " AND ends_minute <= 2160",
            name="span",
        ),
        Index("ix_weekly_time_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    weekday: Mapped[int]
    starts_minute: Mapped[int]
    ends_minute: Mapped[int]
    is_liked: Mapped[bool] = mapped_column(default=False)


class OtherDays(Model):
    """Days on which the week does not hold: away, or there at other times.

    Without times somebody is away from `from_on` to `to_on`, both included; with times they can
    at those times of each of these days, and at no others.
    """

    __tablename__ = "other_days"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="order"),
        CheckConstraint(
            "(starts_minute IS NULL) = (ends_minute IS NULL)"
            " AND (starts_minute IS NULL OR (starts_minute BETWEEN 0 AND 1439"
            " AND ends_minute > starts_minute AND ends_minute <= 2160))",
            name="span",
        ),
        Index("ix_other_days_person_id_to_on", "person_id", "to_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    starts_minute: Mapped[int | None]
    ends_minute: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
