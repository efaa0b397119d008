"""The table of groups that ask a house, or the union of houses, to recognise a standing."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Initiative, Person
from buurthuis.foundation.db import Model, choice
from buurthuis.rules.criteria import Criterion
from buurthuis.rules.standing import LONGEST_CODE, Purpose, StandingCode
from buurthuis.tariffs.models import Recognition
from buurthuis.venues.models import Venue

IS_OPEN_HERE = text("state = 'asked' AND venue_id IS NOT NULL")
IS_OPEN_EVERYWHERE = text("state = 'asked' AND venue_id IS NULL")


class State(StrEnum):
    """How it stands with a group that asked."""

    ASKED = "asked"
    RECOGNISED = "recognised"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Application(Model):
    """A group asks one house, or all houses together (`venue_id` None), to be recognised.

    `met` are the criteria it says it meets, `kind` the standing that fitted them. An appeal is one
    that asks to look again: at an application that was refused, or at a recognition that was ended.
    """

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(state = 'recognised') = (recognition_id IS NOT NULL)", name="recognised"),
        Index("ix_application_initiative_id", "initiative_id"),
        Index("ix_application_venue_id", "venue_id"),
        Index(
            "uq_application_open_in_house",
            *("initiative_id", "venue_id"),
            unique=True,
            sqlite_where=IS_OPEN_HERE,
            postgresql_where=IS_OPEN_HERE,
        ),
        Index(
            "uq_application_open_everywhere",
            "initiative_id",
            unique=True,
            sqlite_where=IS_OPEN_EVERYWHERE,
            postgresql_where=IS_OPEN_EVERYWHERE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    kind: Mapped[StandingCode | None] = mapped_column(String(LONGEST_CODE))
    met: Mapped[list[Any]]
    purpose: Mapped[Purpose | None] = mapped_column(choice(Purpose))
    words: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[State] = mapped_column(choice(State), default=State.ASKED)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(300), default="")
    recognition_id: Mapped[int | None] = mapped_column(ForeignKey("recognition.id"))
    appeal_of_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), unique=True)
    appeal_of_end_id: Mapped[int | None] = mapped_column(ForeignKey("recognition.id"), unique=True)

    initiative: Mapped[Initiative] = relationship()
    venue: Mapped[Venue | None] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    recognition: Mapped[Recognition | None] = relationship(foreign_keys=[recognition_id])
    refused: Mapped["Application | None"] = relationship(
        remote_side="Application.id", foreign_keys=[appeal_of_id]
    )
    """The application that was refused, of which this is the appeal."""
    ended: Mapped[Recognition | None] = relationship(foreign_keys=[appeal_of_end_id])
    """The recognition that was ended, of which this is the appeal."""

    @property
    def criteria(self) -> frozenset[Criterion]:
        """What the group says it meets."""
        return frozenset(map(Criterion, self.met))

    @property
    def is_appeal(self) -> bool:
        """Whether somebody else is to look again."""
        return self.appeal_of_id is not None or self.appeal_of_end_id is not None

    @property
    def decided_first(self) -> int | None:
        """Who decided what the appeal is about; that person does not decide the appeal."""
        if self.refused is not None:
            return self.refused.decided_by_id
        return None if self.ended is None else self.ended.ended_by_id
