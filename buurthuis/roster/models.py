"""Tables of the roster: how a house wants it, which groups open themselves, and who promised a shift."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Initiative, Person
from buurthuis.foundation.db import Model, choice
from buurthuis.rules.sessions import CutAt as CutAt
from buurthuis.rules.shifts import Part as Part
from buurthuis.rules.shifts import ShiftKind as ShiftKind
from buurthuis.venues.models import Venue


class Way(StrEnum):
    """How a group gets in without a key-holder."""

    OWN_KEY = "own_key"
    COLLECTS_KEY = "collects_key"
    ELECTRONIC = "electronic"


class DutyStatus(StrEnum):
    """How a promise stands; a dropped one is kept for the history, and its shift is open again."""

    PROPOSED = "proposed"
    TAKEN = "taken"
    DONE = "done"
    MISSED = "missed"
    NOT_NEEDED = "not_needed"
    DROPPED = "dropped"


STANDING = (DutyStatus.PROPOSED, DutyStatus.TAKEN)
"""Promises that still count."""


class Chosen(StrEnum):
    """Who put this person on the shift."""

    SELF = "self"
    COORDINATOR = "coordinator"
    PROPOSAL = "proposal"
    COVER = "cover"
    SWAP = "swap"


class RosterRules(Model):
    """How one house wants its sessions and shifts; a house without a row has these defaults.

    `longest_minutes` is how long one person stays at most, None without limit.
    """

    __tablename__ = "roster_rules"
    __table_args__ = (
        CheckConstraint(
            "lead_in_minutes BETWEEN 0 AND 240 AND lead_out_minutes BETWEEN 0 AND 240"
            " AND hand_over_minutes BETWEEN 0 AND 120",
            name="minutes",
        ),
        CheckConstraint("longest_minutes IS NULL OR longest_minutes >= 60", name="longest"),
        CheckConstraint(
            "openers BETWEEN 0 AND 2 AND closers BETWEEN 0 AND 2 AND hosts BETWEEN 0 AND 2"
            " AND openers + closers + hosts > 0",
            name="people",
        ),
        CheckConstraint(
            "rest_minutes BETWEEN 0 AND 1440 AND late_minute BETWEEN 0 AND 2160", name="rest"
        ),
    )

    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), primary_key=True)
    lead_in_minutes: Mapped[int] = mapped_column(default=15)
    lead_out_minutes: Mapped[int] = mapped_column(default=15)
    longest_minutes: Mapped[int | None]
    cut_at: Mapped[CutAt] = mapped_column(choice(CutAt), default=CutAt.GAP)
    hand_over_minutes: Mapped[int] = mapped_column(default=15)
    openers: Mapped[int] = mapped_column(default=1)
    closers: Mapped[int] = mapped_column(default=1)
    hosts: Mapped[int] = mapped_column(default=0)
    rest_minutes: Mapped[int] = mapped_column(default=600)
    """How long somebody who closed late rests before the next shift."""
    late_minute: Mapped[int] = mapped_column(default=1320)
    """From which minute of the day closing is late."""


class OwnEntry(Model):
    """A group that opens a house itself; its bookings ask no key-holder."""

    __tablename__ = "own_entry"
    __table_args__ = (CheckConstraint("to_on IS NULL OR to_on >= from_on", name="order"),)

    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), primary_key=True, index=True)
    way: Mapped[Way] = mapped_column(choice(Way))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    decided_at: Mapped[datetime]

    initiative: Mapped[Initiative] = relationship()


class Travel(Model):
    """How many minutes lie between two houses; the one with the smaller number comes first."""

    __tablename__ = "travel"
    __table_args__ = (
        CheckConstraint("one_id < other_id", name="order"),
        CheckConstraint("minutes BETWEEN 0 AND 600", name="minutes"),
    )

    one_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), primary_key=True, index=True)
    minutes: Mapped[int]


class Duty(Model):
    """Somebody's promise to do one shift of one session.

    Sessions and shifts themselves are derived when they are read. A promise remembers by which
    bookings it came about (`bookings`), under which name its session goes (`session_id`, the
    booking that named it first) and what the person was told (`starts_at`, `ends_at`).
    """

    __tablename__ = "duty"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="order"),
        CheckConstraint("watch >= 0 AND place BETWEEN 0 AND 1", name="which"),
        Index(
            "uq_duty_standing",
            *("session_id", "kind", "watch", "place", "part"),
            unique=True,
            sqlite_where=text("status IN ('proposed', 'taken')"),
            postgresql_where=text("status IN ('proposed', 'taken')"),
        ),
        Index("ix_duty_venue_id_starts_at", "venue_id", "starts_at"),
        Index("ix_duty_person_id_starts_at", "person_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("booking.id"))
    kind: Mapped[ShiftKind] = mapped_column(choice(ShiftKind))
    watch: Mapped[int] = mapped_column(default=0)
    """Which stretch of a divided session, from 0."""
    place: Mapped[int] = mapped_column(default=0)
    """Which of the two people, where a house wants two."""
    part: Mapped[Part] = mapped_column(choice(Part), default=Part.HOLDER)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    status: Mapped[DutyStatus] = mapped_column(choice(DutyStatus))
    chosen: Mapped[Chosen] = mapped_column(choice(Chosen))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    """When the person was told; a proposal that is not published is seen by coordinators alone."""
    over_at: Mapped[datetime | None]
    """Since when the promise no longer stands."""
    told_at: Mapped[datetime | None]
    """When the person last heard of its times, if that was after they promised."""
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    """Rises when it moves, for calendars."""
    invited_sequence: Mapped[int | None]
    """The sequence that their calendar heard of last by mail, None when it never did."""
    is_in_calendar: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether their calendar shows it, as far as it was told by mail."""
    reminded_early_of_at: Mapped[datetime | None]
    """Of which start they were reminded two days before, and three hours before."""
    reminded_late_of_at: Mapped[datetime | None]

    venue: Mapped[Venue] = relationship()
    person: Mapped[Person] = relationship()
    bookings: Mapped[list["DutyBooking"]] = relationship(
        order_by="DutyBooking.booking_id", cascade="all, delete-orphan"
    )


class DutyBooking(Model):
    """One booking of the session, as it was when somebody promised or was last told."""

    __tablename__ = "duty_booking"

    duty_id: Mapped[int] = mapped_column(
        ForeignKey("duty.id", ondelete="CASCADE"), primary_key=True
    )
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), primary_key=True, index=True)
