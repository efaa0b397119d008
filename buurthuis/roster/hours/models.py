"""Tables of hours: corrections with their reason, what a mentor signed, and what may be paid."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import Model
from buurthuis.roster.models import Duty

LONGEST_REASON = 200
LONGEST_SOURCE = 200
MOST_MINUTES = 1440


class HoursCorrection(Model):
    """The coordinator says how long a shift really took, and why; the newest word counts."""

    __tablename__ = "hours_correction"
    __table_args__ = (
        CheckConstraint(f"minutes BETWEEN 0 AND {MOST_MINUTES}", name="minutes"),
        CheckConstraint("reason <> ''", name="reason"),
    )

    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), primary_key=True)
    minutes: Mapped[int]
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    said_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    said_at: Mapped[datetime]


class LearnerHours(Model):
    """A mentor signs for a shift on which somebody learned."""

    __tablename__ = "learner_hours"

    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    signed_at: Mapped[datetime]

    duty: Mapped[Duty] = relationship()
    signed_by: Mapped[Person] = relationship(foreign_keys=[signed_by_id])


class HouseAllowance(Model):
    """What a house pays for an hour of a shift, from a day on; a house without one pays nothing."""

    __tablename__ = "house_allowance"
    __table_args__ = (CheckConstraint("hour_cents >= 0", name="cents"),)

    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    hour_cents: Mapped[int]


class AllowanceCeiling(Model):
    """What a volunteer may be paid untaxed from a day on, and where that stands."""

    __tablename__ = "allowance_ceiling"
    __table_args__ = (
        CheckConstraint("hour_cents > 0 AND month_cents > 0 AND year_cents > 0", name="cents"),
        CheckConstraint("source <> ''", name="source"),
    )

    from_on: Mapped[date] = mapped_column(primary_key=True)
    hour_cents: Mapped[int]
    month_cents: Mapped[int]
    year_cents: Mapped[int]
    source: Mapped[str] = mapped_column(String(LONGEST_SOURCE))
