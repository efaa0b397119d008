"""What opens doors for somebody ends here: sessions, codes, tokens of programs, calendar links."""

from sqlalchemy import delete, select, update

from buurthuis.accounts.models import ApiToken, Invitation, Person, SignInCode, SignInSession
from buurthuis.feeds.models import Feed
from buurthuis.foundation import clock
from buurthuis.foundation.db import db


def end_all_keys(person: Person) -> None:
    """Let nothing that was given out before open a door any more, inside the action of the caller."""
    now = clock.now()
    for table, ending in (
        (SignInSession, "ended_at"),
        (ApiToken, "revoked_at"),
        (Feed, "withdrawn_at"),
    ):
        still = getattr(table, ending).is_(None)
        db.session.execute(
            update(table).where(table.person_id == person.id, still).values({ending: now})
        )
    db.session.execute(
        update(Invitation)
        .where(
            Invitation.person_id == person.id,
            Invitation.used_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now)
    )
    if person.email is not None:
        db.session.execute(delete(SignInCode).where(SignInCode.email == person.email))


def lock(person: Person) -> None:
    """Let nobody else change this person until the action is done."""
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    db.session.refresh(person)
