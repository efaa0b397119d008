"""Tables of the figures: what is kept of each day and month of a house, and what changed since."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, String, Text, event, text
from sqlalchemy.orm import Mapped, mapped_column

from buurthuis.bookings.models import Booking
from buurthuis.bookings.today.models import Attendance
from buurthuis.evidence.tags.models import ActivityTag
from buurthuis.foundation.db import Model, choice
from buurthuis.roster.hours.models import HoursCorrection, LearnerHours
from buurthuis.roster.models import Duty, DutyBooking
from buurthuis.roster.tonight.models import Presence
from buurthuis.statistics.guard import (
    postgresql_statements,
    postgresql_tag_statements,
    sqlite_statements,
    sqlite_tag_statements,
)
from buurthuis.venues.models import Venue

EPOCH: Final = date(1970, 1, 1)
WAITS: Final = text("applied_at IS NULL")


class Grain(StrEnum):
    """How long a time a kept sheet is of."""

    DAY = "day"
    MONTH = "month"


def number_of(day: date) -> int:
    """A day as it is stored: days since 1970, which a trigger counts without a calendar."""
    return (day - EPOCH).days


def day_numbered(number: int) -> date:
    """The day that a number means."""
    return EPOCH + timedelta(days=number)


class FigureSheet(Model):
    """What a day or month of a house counts; a cache that can be thrown away at any time.

    `frame` marks the hours and spaces it was folded by, `digest` the sheet itself. An empty body is
    a sheet that is being made: from now on every change of its days is written down.
    """

    __tablename__ = "figure_sheet"
    __table_args__ = (
        Index(
            "uq_figure_sheet_venue_id_grain_first_day",
            *("venue_id", "grain", "first_day"),
            unique=True,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    grain: Mapped[Grain] = mapped_column(choice(Grain))
    first_day: Mapped[int]
    frame: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]


class FigureChange(Model):
    """A row changed on which kept days stand: what waits to be applied, and the log of what did change.

    The database writes it by itself (`guard.py`). Once applied it says of one day what its sheet was
    and what it became; a change that made no difference is not kept.
    """

    __tablename__ = "figure_change"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="order"),
        CheckConstraint(
            "(applied_at IS NULL) = (after IS NULL) AND (before IS NULL) = (after IS NULL)",
            name="applied",
        ),
        Index(
            "ix_figure_change_waits",
            *("venue_id", "first_day"),
            sqlite_where=WAITS,
            postgresql_where=WAITS,
        ),
        Index("ix_figure_change_venue_id_first_day", "venue_id", "first_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    first_day: Mapped[int]
    last_day: Mapped[int]
    what: Mapped[str] = mapped_column(String(30))
    """The table of the row that changed; "house" when the hours or spaces of the house did."""
    row_id: Mapped[int]
    applied_at: Mapped[datetime | None]
    before: Mapped[str | None] = mapped_column(String(40))
    after: Mapped[str | None] = mapped_column(String(40))


# Whoever empties or copies all tables takes these after what they watch.
for _watched in (
    *(Booking, Attendance, ActivityTag, Duty, DutyBooking),
    *(Presence, HoursCorrection, LearnerHours, Venue),
):
    for _own in (FigureSheet, FigureChange):
        _own.__table__.add_is_dependent_on(_watched.__table__)  # type: ignore[attr-defined]


def _after_create(dialect: str, statements: list[str]) -> None:
    for statement in statements:
        guard = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
        event.listen(Model.metadata, "after_create", guard)


_after_create("sqlite", [*sqlite_statements(), *sqlite_tag_statements()])
_after_create("postgresql", [*postgresql_statements(), *postgresql_tag_statements()])
