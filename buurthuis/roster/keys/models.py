"""Tables of the key register: locks, numbered keys, and who has which key since when."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Initiative, Person
from buurthuis.foundation.db import Model, choice
from buurthuis.venues.models import Venue


class KeyState(StrEnum):
    """Where a key is: in the house, with somebody, lost, or no longer there."""

    IN_HOUSE = "in_house"
    ISSUED = "issued"
    LOST = "lost"
    GONE = "gone"


class Lock(Model):
    """A lock of a house; whoever opens the house holds a key to an entrance.

    `most_issued` is how many keys to it may be out at once, None without limit.
    """

    __tablename__ = "lock"
    __table_args__ = (
        UniqueConstraint("venue_id", "name"),
        CheckConstraint("most_issued IS NULL OR most_issued >= 0", name="most"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    name: Mapped[str] = mapped_column(String(60))
    opens: Mapped[str] = mapped_column(String(200), default="")
    """What it opens, in words."""
    is_entrance: Mapped[bool] = mapped_column(default=True, server_default=true())
    most_issued: Mapped[int | None]

    venue: Mapped[Venue] = relationship()
    keys: Mapped[list["PhysicalKey"]] = relationship(
        order_by="PhysicalKey.number", back_populates="lock"
    )


class PhysicalKey(Model):
    """One key with its number."""

    __tablename__ = "physical_key"
    __table_args__ = (UniqueConstraint("lock_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lock_id: Mapped[int] = mapped_column(ForeignKey("lock.id"))
    number: Mapped[str] = mapped_column(String(30))
    state: Mapped[KeyState] = mapped_column(choice(KeyState), default=KeyState.IN_HOUSE)
    made_at: Mapped[datetime]

    lock: Mapped[Lock] = relationship(back_populates="keys")


class KeyIssue(Model):
    """Somebody, or a group, has a key: from the signature on until it is back or lost."""

    __tablename__ = "key_issue"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (initiative_id IS NULL)", name="one_holder"),
        CheckConstraint("deposit_cents >= 0", name="deposit"),
        CheckConstraint(
            "(returned_at IS NULL) = (received_by_id IS NULL)"
            " AND (returned_at IS NULL OR lost_at IS NULL)",
            name="end",
        ),
        Index(
            "uq_key_issue_out",
            "key_id",
            unique=True,
            sqlite_where=text("returned_at IS NULL AND lost_at IS NULL"),
            postgresql_where=text("returned_at IS NULL AND lost_at IS NULL"),
        ),
        Index("ix_key_issue_person_id", "person_id"),
        Index("ix_key_issue_initiative_id", "initiative_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("physical_key.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    initiative_id: Mapped[int | None] = mapped_column(ForeignKey("initiative.id"))
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    signed_name: Mapped[str] = mapped_column(String(120))
    due_on: Mapped[date | None]
    deposit_cents: Mapped[int] = mapped_column(default=0)
    returned_at: Mapped[datetime | None]
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    returned_name: Mapped[str] = mapped_column(String(120), default="")
    """Who handed it in, as they signed for it."""
    lost_at: Mapped[datetime | None]
    lost_told_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    key: Mapped[PhysicalKey] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    initiative: Mapped[Initiative | None] = relationship()

    @property
    def holder_name(self) -> str:
        """Who has it, a person or a group."""
        holder = self.person or self.initiative
        return holder.name if holder is not None else ""
