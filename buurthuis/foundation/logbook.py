"""The logbook: who did what, when; written in the same transaction as the deed and never changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, insert
from sqlalchemy.orm import Mapped, mapped_column

from buurthuis.foundation import clock
from buurthuis.foundation.db import Model, db


class LogEntry(Model):
    """One deed. `detail` holds codes and numbers, never a name, a letter or a secret."""

    __tablename__ = "logbook"
    __table_args__ = (
        Index("ix_logbook_subject", "subject_type", "subject_id"),
        Index("ix_logbook_venue_at", "venue_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    verb: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


def note(
    verb: str, subject: Any, *, by: Any = None, venue_id: int | None = None, **detail: Any
) -> None:
    """Write a deed down; `by` is the person who did it, None when the program did it by itself.

    The subject must have been flushed, so that it has an id.
    """
    row = _row(verb, subject, by, venue_id, detail)
    db.session.add(LogEntry(**row))


def note_each(verb: str, subjects: Iterable[tuple[Any, dict[str, Any]]], *, by: Any = None) -> None:
    """Write the same deed down for many things of a house, each with its detail, in one message.

    The subjects must have been flushed, and know the house that they belong to.
    """
    rows = [_row(verb, subject, by, subject.venue_id, detail) for subject, detail in subjects]
    if rows:
        db.session.execute(insert(LogEntry), rows)


def _row(
    verb: str, subject: Any, by: Any, venue_id: int | None, detail: dict[str, Any]
) -> dict[str, Any]:
    return {
        "at": clock.now(),
        "actor_id": None if by is None else by.id,
        "venue_id": venue_id,
        "verb": verb,
        "subject_type": type(subject).__tablename__,
        "subject_id": subject.id,
        "detail": detail,
    }
