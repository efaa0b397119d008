"""Who is behind what somebody shows at the door: the cookie of a browser, the token of a program, a link."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from buurthuis.accounts.hashes import token_hash
from buurthuis.accounts.models import ApiToken, Membership, Person, SignInCode, SignInSession
from buurthuis.foundation.db import db

WITH_WHAT_THEY_DO = (
    joinedload(Person.roles),
    joinedload(Person.memberships).joinedload(Membership.initiative),
)
"""Load somebody with roles and groups in the same statement, which every page of theirs begins with."""


def person_in_session(token: str, *, now: datetime) -> Person | None:
    """Who signed in with the browser that holds this token; nobody once it ended, expired or they left."""
    found = db.session.scalars(
        select(SignInSession)
        .join(SignInSession.person)
        .options(contains_eager(SignInSession.person).options(*WITH_WHAT_THEY_DO))
        .where(
            SignInSession.token_hash == token_hash(token),
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > now,
            Person.left_at.is_(None),
        )
    )
    session = found.unique().one_or_none()
    return None if session is None else session.person


def live_token(token: str) -> ApiToken | None:
    """The API token behind this secret, while it works."""
    found = db.session.scalars(
        select(ApiToken)
        .join(ApiToken.person)
        .options(contains_eager(ApiToken.person).options(*WITH_WHAT_THEY_DO))
        .where(
            ApiToken.token_hash == token_hash(token),
            ApiToken.revoked_at.is_(None),
            Person.left_at.is_(None),
        )
    )
    return found.unique().one_or_none()


def live_link(token: str, *, now: datetime) -> SignInCode | None:
    """The letter that this link came in, while the link works."""
    return db.session.scalar(
        select(SignInCode).where(
            SignInCode.link_hash == token_hash(token),
            SignInCode.used_at.is_(None),
            SignInCode.expires_at > now,
        )
    )
