"""Tables of what came from another calendar: each import with its rows, and what a word in it means."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import Model, choice
from buurthuis.venues.models import Venue

LONGEST_WORD = 200


class State(StrEnum):
    """How far an import is."""

    DRAFT = "draft"
    BROUGHT = "brought"
    UNDONE = "undone"


class Deed(StrEnum):
    """What an import did with one row; of others it did nothing."""

    BOOKED = "booked"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    CLOSED = "closed"


class Meaning(StrEnum):
    """What the words of other files are about."""

    COLUMN = "column"
    ROOM = "room"
    GROUP = "group"


class CalendarImport(Model):
    """A file that somebody brought, from the first look until it was undone; drafts expire."""

    __tablename__ = "calendar_import"
    __table_args__ = (
        CheckConstraint("(state = 'draft') = (brought_at IS NULL)", name="brought"),
        CheckConstraint("(state = 'undone') = (undone_at IS NOT NULL)", name="undone"),
        Index("ix_calendar_import_venue_id_made_at", "venue_id", "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    state: Mapped[State] = mapped_column(choice(State), default=State.DRAFT)
    name: Mapped[str] = mapped_column(String(LONGEST_WORD))
    """What the file or the calendar is called."""
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    choices: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What was chosen for all rows (`Choices`)."""
    sheet: Mapped[dict[str, Any] | None]
    """A table as text, for as long as its columns may still be matched."""
    left_out: Mapped[list[Any]] = mapped_column(default=list)
    """What the reader could not make a row of, and why."""
    brought_at: Mapped[datetime | None]
    brought_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    groups: Mapped[list[Any]] = mapped_column(default=list)
    """The ids of groups that were put in the books for it."""

    venue: Mapped[Venue] = relationship()
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])
    brought_by: Mapped[Person | None] = relationship(foreign_keys=[brought_by_id])


class ImportRow(Model):
    """One entry of a file, and what was done with it."""

    __tablename__ = "import_row"
    __table_args__ = (UniqueConstraint("import_id", "number", name="uq_import_row_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("calendar_import.id", ondelete="CASCADE"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(64))
    """What the other calendar knows it by, as a hash."""
    says: Mapped[dict[str, Any]]
    tick: Mapped[bool | None]
    """Whether somebody said to bring it or to leave it; None where nobody said anything."""
    deed: Mapped[Deed | None] = mapped_column(choice(Deed))
    why: Mapped[str | None] = mapped_column(String(30))
    """Why nothing was done with it, as a code."""
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"), index=True)
    before: Mapped[dict[str, Any] | None]
    """What the booking, and what was known of the entry, were before; to bring that back."""
    after: Mapped[dict[str, Any] | None]


class ImportedEntry(Model):
    """An entry of another calendar that a house knows by now, and what became of it."""

    __tablename__ = "imported_entry"
    __table_args__ = (UniqueConstraint("venue_id", "key", name="uq_imported_entry_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    key: Mapped[str] = mapped_column(String(64))
    source_id: Mapped[int] = mapped_column(ForeignKey("calendar_import.id"), index=True)
    """The first import of the calendar in which it stands."""
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"), index=True)
    closed: Mapped[dict[str, Any] | None]
    """The closed days that it became, as the house describes them."""
    said: Mapped[str] = mapped_column(String(64))
    """What it said when it was brought last, as a hash."""
    as_left: Mapped[dict[str, Any] | None]
    """How the booking was left; whoever changes it since makes it differ."""


class ImportWord(Model):
    """What a word in the files of a house means there: a heading, a place, a group."""

    __tablename__ = "import_word"

    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), primary_key=True)
    kind: Mapped[Meaning] = mapped_column(choice(Meaning), primary_key=True)
    word: Mapped[str] = mapped_column(String(LONGEST_WORD), primary_key=True)
    means: Mapped[str] = mapped_column(String(LONGEST_WORD))
