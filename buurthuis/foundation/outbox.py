"""The outbox: letters written in the transaction of the deed, carried away afterwards, at least once."""

import secrets
from datetime import datetime, timedelta
from time import time_ns
from typing import Any

from sqlalchemy import Index, String, Text, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import Model, db

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8
STOPPED_US = "The worker stopped each time it carried this letter."


class OutboxLetter(Model):
    """One letter to one address. `facts` fill the template `letters/<language>/<template>.txt`.

    `about` names the deed of a letter that may still be withdrawn.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "sent_at", "parked_at", "due_at"),
        Index("ix_outbox_about", "about"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    template: Mapped[str] = mapped_column(String(60))
    recipient: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8))
    facts: Mapped[dict[str, Any]]
    calendar: Mapped[str | None] = mapped_column(Text)
    about: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)


def post(
    template: str,
    recipient: str,
    language: str,
    facts: dict[str, Any],
    *,
    calendar: str | None = None,
    about: str | None = None,
    due_at: datetime | None = None,
) -> OutboxLetter:
    """Put a letter in the outbox, in the transaction of the deed it tells about.

    `calendar` is an .ics file that goes along, or what is to be in it (`ical.to_write`). A letter
    that leaves later (`due_at`) can be withdrawn, or be let go at once, by what it is `about`.
    """
    now = clock.now()
    letter = OutboxLetter(
        id=_new_id(),
        template=template,
        recipient=recipient,
        language=language,
        facts=facts,
        calendar=calendar,
        about=about,
        created_at=now,
        due_at=due_at or now,
    )
    db.session.add(letter)
    return letter


def _new_id() -> str:
    """Letters of one second leave in the order in which they were written: a yes before a no."""
    return f"{time_ns():016x}{secrets.token_hex(8)}"


def withdraw(*about: str) -> bool:
    """Take letters back, in the transaction of the second thought; False when one has left already.

    A worker that holds one at this moment counts as having left: it may be on the way.
    """
    found = select(OutboxLetter).where(OutboxLetter.about.in_(about)).with_for_update()
    letters = list(db.session.scalars(found.execution_options(populate_existing=True)))
    if any(letter.attempts for letter in letters):
        return False
    for letter in letters:
        db.session.delete(letter)
    return True


def keep_back(*about: str) -> None:
    """Take back those letters that no worker has taken yet; what left earlier has left."""
    waiting = OutboxLetter.about.in_(about) & (OutboxLetter.attempts == 0)
    db.session.execute(delete(OutboxLetter).where(waiting))


def let_go(*about: str) -> None:
    """Let letters leave at once, before any that is written from now on."""
    earlier = clock.now() - timedelta(seconds=1)
    db.session.execute(
        update(OutboxLetter)
        .where(OutboxLetter.about.in_(about), OutboxLetter.due_at > earlier)
        .where(OutboxLetter.attempts == 0)
        .values(due_at=earlier)
    )


@action
def lease(count: int = 20) -> list[str]:
    """Take letters that are due for ourselves, for as long as the lease lasts; other workers skip them.

    A letter that never came back from any of its journeys is parked for a person.
    """
    now = clock.now()
    waiting = (
        select(OutboxLetter)
        .where(
            OutboxLetter.sent_at.is_(None),
            OutboxLetter.parked_at.is_(None),
            OutboxLetter.due_at <= now,
            or_(OutboxLetter.leased_until.is_(None), OutboxLetter.leased_until <= now),
        )
        .order_by(OutboxLetter.due_at, OutboxLetter.id)
        .limit(count)
        .with_for_update(skip_locked=True)
    )
    leased = []
    for letter in db.session.scalars(waiting):
        if letter.attempts >= MOST_ATTEMPTS:
            letter.parked_at, letter.last_error = now, STOPPED_US
            continue
        letter.leased_until = now + LEASE
        letter.attempts += 1
        leased.append(letter.id)
    return leased


@action
def mark_sent(letter_id: str) -> None:
    """Note that a letter has left the house, and forget the codes and links it carried."""
    db.session.execute(
        update(OutboxLetter)
        .where(OutboxLetter.id == letter_id)
        .values(sent_at=clock.now(), leased_until=None, last_error=None, facts={}, calendar=None)
    )


@action
def mark_failed(letter_id: str, error: str) -> None:
    """Note why a letter could not leave; try later, and park it for a person after the last try."""
    letter = db.session.get_one(OutboxLetter, letter_id)
    now = clock.now()
    letter.leased_until = None
    letter.last_error = error[:500]
    letter.due_at = now + timedelta(seconds=30) * 2**letter.attempts
    if letter.attempts >= MOST_ATTEMPTS:
        letter.parked_at = now
