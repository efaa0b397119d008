"""Verbs of tokens, with which a program acts for somebody: make one, note its use, end it."""

from sqlalchemy import select

from buurthuis.accounts.hashes import new_token, token_hash
from buurthuis.accounts.models import ApiToken, Person
from buurthuis.accounts.refusals import NoSuchToken, TokenNameTaken
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of
from buurthuis.rules.wording import one_line

TOKEN_PREFIX = "bh_"  # noqa: S105 - tells scanners of leaked secrets what they found


@action
def make_token(person: Person, name: str = "") -> str:
    """Make a token for a program that acts for the person, and return it; it is not kept and shown once.

    Without a name it is numbered.

    Raises:
        TokenNameTaken: the person has a living token of this name.
    """
    living = select(ApiToken.name).where(
        ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None)
    )
    taken = set(db.session.scalars(living))
    cleaned = one_line(name, longest=80)
    if not cleaned:
        cleaned = next(
            number for number in map(str, range(1, len(taken) + 2)) if number not in taken
        )
    if cleaned in taken:
        raise TokenNameTaken
    token = TOKEN_PREFIX + new_token()
    row = ApiToken(
        person_id=person.id, name=cleaned, token_hash=token_hash(token), created_at=clock.now()
    )
    db.session.add(row)
    db.session.flush()
    logbook.note("token.made", row, by=person)
    return token


@action
def note_use(token: ApiToken) -> None:
    """Write down that the token was used today, for whoever wonders whether it still is."""
    token.used_on = day_of(clock.now())


@action
def revoke_token(person: Person, name: str | None = None) -> int:
    """End the person's token of this name, or all of them without a name; says how many ended.

    Raises:
        NoSuchToken: there was none.
    """
    ending = select(ApiToken).where(ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None))
    if name is not None:
        ending = ending.where(ApiToken.name == name)
    tokens = db.session.scalars(ending.with_for_update(of=ApiToken)).all()
    if not tokens:
        raise NoSuchToken
    for token in tokens:
        token.revoked_at = clock.now()
        logbook.note("token.revoked", token, by=person)
    return len(tokens)
