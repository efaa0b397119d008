"""Tables of change: calls for cover, who was asked, swaps, whom to call, and what went out of an evening."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import Model, choice
from buurthuis.roster.models import Duty
from buurthuis.venues.models import Venue

LONGEST_REMARK = 200


class Outcome(StrEnum):
    """How a call ended."""

    COVERED = "covered"
    WITHDRAWN = "withdrawn"
    NOT_NEEDED = "not_needed"
    TOO_LATE = "too_late"


class Answer(StrEnum):
    """What somebody said who was asked."""

    YES = "yes"
    NO = "no"


class SwapState(StrEnum):
    """How a swap stands, or a shift that is offered to somebody by name."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OVER = "over"


class News(StrEnum):
    """What a key-holder without e-mail is called about."""

    ASKED = "asked"
    GIVEN = "given"
    TAKEN_OFF = "taken_off"
    COVERED = "covered"
    MOVED = "moved"
    NOT_NEEDED = "not_needed"
    REMINDED = "reminded"
    SWAP = "swap"


class CoverCall(Model):
    """Somebody else is looked for: for a shift that was dropped, or that its holder would rather not do.

    It is about the promise (`duty`), which knows its bookings; which shift that is now is derived.
    """

    __tablename__ = "cover_call"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="end"),
        Index(
            "uq_cover_call_open",
            "duty_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_cover_call_venue_id_closed_at", "venue_id", "closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    remark: Mapped[str] = mapped_column(String(LONGEST_REMARK), default="")
    """What they said; the coordinator reads it until the shift is over."""
    last_step_at: Mapped[datetime | None]
    backup_told_at: Mapped[datetime | None]
    coordinator_told_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    taken_id: Mapped[int | None] = mapped_column(ForeignKey("duty.id"), index=True)
    """The promise with which it ended."""

    duty: Mapped[Duty] = relationship(foreign_keys=[duty_id])
    taken: Mapped[Duty | None] = relationship(foreign_keys=[taken_id])
    venue: Mapped[Venue] = relationship()
    asks: Mapped[list["CoverAsk"]] = relationship(
        back_populates="call", order_by="CoverAsk.asked_at", cascade="all, delete-orphan"
    )


class CoverAsk(Model):
    """One person was asked to take over. Nobody else sees what they answered, and nothing counts it."""

    __tablename__ = "cover_ask"
    __table_args__ = (Index("ix_cover_ask_person_id_asked_at", "person_id", "asked_at"),)

    call_id: Mapped[int] = mapped_column(
        ForeignKey("cover_call.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    asked_at: Mapped[datetime]
    is_backup: Mapped[bool] = mapped_column(default=False, server_default=false())
    """They promised to step in, and heard that it has come to that."""
    answer: Mapped[Answer | None] = mapped_column(choice(Answer))
    answered_at: Mapped[datetime | None]

    call: Mapped[CoverCall] = relationship(back_populates="asks")
    person: Mapped[Person] = relationship()


class Swap(Model):
    """A shift is offered to one person by name: for a shift of theirs, or as a stand-in for nothing."""

    __tablename__ = "swap"
    __table_args__ = (
        Index(
            "uq_swap_asked",
            *("duty_id", "to_id"),
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
        Index("ix_swap_to_id_state", "to_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    their_duty_id: Mapped[int | None] = mapped_column(ForeignKey("duty.id"), index=True)
    asked_at: Mapped[datetime]
    state: Mapped[SwapState] = mapped_column(choice(SwapState), default=SwapState.ASKED)
    answered_at: Mapped[datetime | None]

    duty: Mapped[Duty] = relationship(foreign_keys=[duty_id])
    their_duty: Mapped[Duty | None] = relationship(foreign_keys=[their_duty_id])
    to: Mapped[Person] = relationship()


class RosterCall(Model):
    """A key-holder without e-mail has to be called; done once somebody has."""

    __tablename__ = "roster_call"
    __table_args__ = (Index("ix_roster_call_venue_id_called_at", "venue_id", "called_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    news: Mapped[News] = mapped_column(choice(News))
    asked_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    called_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    duty: Mapped[Duty] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class EveningList(Model):
    """On which day the coordinators of a house last got their list of the evening."""

    __tablename__ = "evening_list"

    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), primary_key=True)
    told_on: Mapped[date]
