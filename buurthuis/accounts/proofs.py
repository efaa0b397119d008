"""Who is behind what somebody shows at the door: the cookie of a browser, the token of a program, a link."""

from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, select, true
from sqlalchemy.orm import Session, contains_eager, joinedload

from buurthuis.accounts.hashes import token_hash
from buurthuis.accounts.models import ApiToken, Membership, Person, SignInCode, SignInSession
from buurthuis.foundation.db import db
from buurthuis.foundation.keeping import kept_row
from buurthuis.foundation.pulse import Pulse, heard

Question = TypeVar("Question", bound=Select[*tuple[Any, ...]])

WITH_WHAT_THEY_DO = (
    joinedload(Person.roles),
    joinedload(Person.memberships).joinedload(Membership.initiative),
)
"""Load somebody with roles and groups in the same statement, which every page of theirs begins with."""


def person_in_session(token: str, *, now: datetime) -> Person | None:
    """Who signed in with the browser that holds this token; nobody once it ended, expired or they left."""
    shown = {"hash": token_hash(token), "now": now}
    row = db.session.execute(_WHO_SIGNED_IN, shown).unique().one_or_none()
    if row is None:
        return None
    person, *marks = row
    heard(marks)
    return person


def reader_in_session(token: str, *, now: datetime) -> Person | None:
    """The same for a request that only reads.

    The proof is asked each time, with the marks of the pulse; the person, with roles and groups,
    comes out of the memory of the process for as long as the mark of the people stays.
    """
    return _known(_WHOSE_SESSION, {"hash": token_hash(token), "now": now})


def _living_session(question: Question, token: Any, now: Any) -> Question:
    return question.join(Person, Person.id == SignInSession.person_id).where(
        SignInSession.token_hash == token,
        SignInSession.ended_at.is_(None),
        SignInSession.expires_at > now,
        Person.left_at.is_(None),
    )


def _known(proof: Select[*tuple[Any, ...]], shown: dict[str, Any]) -> Person | None:
    row = db.session.connection().execute(proof, shown).one_or_none()
    if row is None:
        return None
    person_id, *marks = row
    return kept_row(_person_with_everything, person_id, heard(marks).people)


def _person_with_everything(session: Session, person_id: int) -> Person:
    question = select(Person).where(Person.id == person_id).options(*WITH_WHAT_THEY_DO)
    return session.scalars(question).unique().one()


def live_token(token: str) -> ApiToken | None:
    """The API token behind this secret, while it works."""
    row = db.session.execute(_LIVE_TOKEN, {"hash": token_hash(token)}).unique().one_or_none()
    if row is None:
        return None
    found, *marks = row
    heard(marks)
    return found


def reader_with_token(token: str, *, today: date) -> Person | None:
    """For whom a program reads, when its token works and was used today already."""
    return _known(_WHOSE_TOKEN, {"hash": token_hash(token), "today": today})


def _living_token(question: Question, token: Any) -> Question:
    return question.join(Person, Person.id == ApiToken.person_id).where(
        ApiToken.token_hash == token,
        ApiToken.revoked_at.is_(None),
        Person.left_at.is_(None),
    )


def live_link(token: str, *, now: datetime) -> SignInCode | None:
    """The letter that this link came in, while the link works."""
    return db.session.scalar(
        select(SignInCode).where(
            SignInCode.link_hash == token_hash(token),
            SignInCode.used_at.is_(None),
            SignInCode.expires_at > now,
        )
    )


MARKS = (Pulse.houses, Pulse.bookings, Pulse.people, Pulse.changed_second)
"""The marks of the pulse: asked in the same statement, so nothing that is read later is older."""

# Put together once, for every page of who signed in begins with one of these.
_WHOSE_SESSION = _living_session(
    select(SignInSession.person_id, *MARKS).outerjoin_from(SignInSession, Pulse, true()),
    bindparam("hash"),
    bindparam("now"),
)
_WHO_SIGNED_IN = _living_session(
    select(Person, *MARKS)
    .select_from(SignInSession)
    .outerjoin(Pulse, true())
    .options(*WITH_WHAT_THEY_DO),
    bindparam("hash"),
    bindparam("now"),
)
_LIVE_TOKEN = _living_token(
    select(ApiToken, *MARKS).outerjoin(Pulse, true()), bindparam("hash")
).options(contains_eager(ApiToken.person).options(*WITH_WHAT_THEY_DO))
_WHOSE_TOKEN = _living_token(
    select(ApiToken.person_id, *MARKS).outerjoin_from(ApiToken, Pulse, true()),
    bindparam("hash"),
).where(ApiToken.used_on == bindparam("today"))
