"""The table that refuses double booking: one row per claim on one physical space."""

from datetime import datetime

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, event
from sqlalchemy.orm import Mapped, mapped_column

from buurthuis.foundation.db import Model

LONGEST_SECONDS = 7 * 24 * 3600
"""No claim is longer, so the guard looks back no further; a longer closure makes several claims."""


class Occupancy(Model):
    """Time held in one space, only while its booking is live or its closure stands.

    `starts_at`/`ends_at` is the use itself, `wants_from_at`/`wants_to_at` adds set-up, teardown and
    turnover, and `from_at`/`to_at` is what is held: the same, less what neighbours of the same
    initiative take over (rules/overlap.py). The guard compares `from_at` and `to_at` alone.
    `room_id` is the room that was booked or closed, `space_id` one physical space of it. With
    `change_id` it is time that a booking does not have yet: somebody asked for it (decision 29).
    """

    __tablename__ = "occupancy"
    __table_args__ = (
        CheckConstraint(f"to_at > from_at AND to_at - from_at <= {LONGEST_SECONDS}", name="length"),
        CheckConstraint("from_at <= starts_at AND ends_at <= to_at", name="holds_its_use"),
        CheckConstraint(
            "(booking_id IS NULL) <> (closure_id IS NULL)", name="for_a_booking_or_a_closure"
        ),
        Index("ix_occupancy_space_id_from_at", "space_id", "from_at"),
        Index("ix_occupancy_booking_id", "booking_id"),
        Index("ix_occupancy_closure_id", "closure_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"))
    closure_id: Mapped[int | None] = mapped_column(ForeignKey("closure.id"))
    change_id: Mapped[int | None]
    initiative_id: Mapped[int | None] = mapped_column(ForeignKey("initiative.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    wants_from_at: Mapped[datetime]
    wants_to_at: Mapped[datetime]
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]


SQLITE_GUARD = """
CREATE TRIGGER occupancy_no_overlap_{event} BEFORE {moment} ON occupancy
WHEN EXISTS (
    SELECT 1 FROM occupancy AS other
    WHERE other.space_id = NEW.space_id
      AND other.from_at < NEW.to_at
      AND other.from_at > NEW.from_at - {longest}
      AND other.to_at > NEW.from_at
      AND other.id IS NOT {itself}
)
BEGIN SELECT RAISE(ABORT, 'occupancy_no_overlap'); END
"""

POSTGRESQL_GUARD = """
ALTER TABLE occupancy ADD CONSTRAINT occupancy_no_overlap EXCLUDE USING gist (
    int4range(space_id, space_id, '[]') WITH =,
    int8range(from_at, to_at) WITH &&
)
"""

SQLITE_GUARDS = (
    SQLITE_GUARD.format(event="insert", moment="INSERT", itself="NULL", longest=LONGEST_SECONDS),
    SQLITE_GUARD.format(event="update", moment="UPDATE", itself="OLD.id", longest=LONGEST_SECONDS),
)


def _after_create(dialect: str, statement: str) -> None:
    guard = DDL(statement)
    event.listen(Occupancy.__table__, "after_create", guard.execute_if(dialect=dialect))


for _statement in SQLITE_GUARDS:
    _after_create("sqlite", _statement)
_after_create("postgresql", POSTGRESQL_GUARD)
