"""Verbs of signing in: send a code, use a code or a link, open and end a session.

A code is good for ten minutes and one use, a link likewise. A wrong try has to be counted, and a
refusal that is raised leaves nothing behind; so `use_code` and `use_link` return theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from buurthuis.accounts import letters
from buurthuis.accounts.actions import clean_name, new_person
from buurthuis.accounts.codes import new_code
from buurthuis.accounts.hashes import code_hash, equal, new_token, token_hash
from buurthuis.accounts.models import Person, SignInCode, SignInSession
from buurthuis.accounts.queries import person_with_address
from buurthuis.accounts.refusals import (
    HasLeft,
    LinkGone,
    NameNeeded,
    NoLiveCode,
    TooManyCodes,
    WrongCode,
)
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Refusal

CODE_LASTS = timedelta(minutes=10)
MINUTES = CODE_LASTS.seconds // 60
SESSION_LASTS = timedelta(days=30)
MOST_ATTEMPTS = 5
MOST_CODES = 5
MOST_CODES_IN = timedelta(minutes=15)
LONGEST_PATH = 2000


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody says who signs in: a name when they are new, their language, their device."""

    name: str = ""
    language: str = "nl"
    device: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody came in: the token for their browser, and where they wanted to go."""

    person_id: int
    token: str
    next_path: str


@action
def send_code(email: str, *, language: str, next_path: str = "") -> None:
    """Send a code and a link to a (normalised) address, known or not: the answer is the same.

    Raises:
        TooManyCodes: the mailbox got five in a quarter of an hour.
    """
    now = clock.now()
    recent = select(func.count()).where(
        SignInCode.email == email,
        SignInCode.code_hash != "",
        SignInCode.created_at > now - MOST_CODES_IN,
    )
    if (db.session.scalar(recent) or 0) >= MOST_CODES:
        raise TooManyCodes
    code, token = new_code(), new_token()
    _keep(email, token, code_hash(code, email), next_path, now)
    # Only the language is asked, so that a known address costs no more time than an unknown one.
    chosen = db.session.scalar(select(Person.language).where(Person.email == email))
    letters.sign_in(email, chosen or language, code=code, token=token, minutes=MINUTES)


@action
def make_link(person: Person, *, next_path: str = "") -> str:
    """Make a one-time link for somebody with an address, and return it instead of mailing it."""
    token = new_token()
    _keep(person.email or "", token, "", next_path, clock.now())
    return letters.link(token)


def _keep(email: str, token: str, hash_of_code: str, next_path: str, now: datetime) -> None:
    db.session.add(
        SignInCode(
            email=email,
            link_hash=token_hash(token),
            code_hash=hash_of_code,
            next_path=next_path if len(next_path) <= LONGEST_PATH else "",
            created_at=now,
            expires_at=now + CODE_LASTS,
        )
    )


@action
def use_code(email: str, code: str, who: Newcomer) -> SignedIn | Refusal:
    """Sign in with a code that was sent to this address.

    Every code that still works for the address is tried; a wrong one counts against all of them.
    Returns WrongCode, NoLiveCode, NameNeeded or HasLeft when it cannot be.
    """
    now = clock.now()
    living = _living_codes(email, now)
    if not living:
        return NoLiveCode()
    tried = code_hash(code, email)
    right = next((each for each in living if equal(each.code_hash, tried)), None)
    if right is not None:
        return _come_in(right, who, now)
    for each in living:
        each.attempts += 1
    left = MOST_ATTEMPTS - min(each.attempts for each in living)
    return WrongCode(left=left) if left else NoLiveCode()


@action
def use_link(token: str, who: Newcomer) -> SignedIn | Refusal:
    """Sign in with a link.

    Returns LinkGone, NameNeeded or HasLeft when it cannot be.
    """
    now = clock.now()
    found = db.session.scalar(
        select(SignInCode)
        .where(
            SignInCode.link_hash == token_hash(token),
            SignInCode.used_at.is_(None),
            SignInCode.expires_at > now,
        )
        .with_for_update()
    )
    return LinkGone() if found is None else _come_in(found, who, now)


def _living_codes(email: str, now: datetime) -> Sequence[SignInCode]:
    """The codes that still work for an address, locked, so that one code lets one browser in."""
    return db.session.scalars(
        select(SignInCode)
        .where(
            SignInCode.email == email,
            SignInCode.code_hash != "",
            SignInCode.used_at.is_(None),
            SignInCode.expires_at > now,
            SignInCode.attempts < MOST_ATTEMPTS,
        )
        .order_by(SignInCode.id)
        .with_for_update()
    ).all()


def _come_in(code: SignInCode, who: Newcomer, now: datetime) -> SignedIn | Refusal:
    """Spend the code and open a session; somebody new is put in the books."""
    person = person_with_address(code.email)
    if person is not None and person.left_at is not None:
        return HasLeft()
    if person is None or not person.name:
        if not who.name:
            return NameNeeded()
        name = clean_name(who.name)
        person = person or new_person(name, code.email, who.language, by=None)
        person.name = name
    code.used_at = now
    token = start_session(person, who.device)
    return SignedIn(person.id, token, code.next_path)


@action
def open_session(person: Person, *, device: str = "") -> str:
    """Open a session for somebody and return the token for their browser."""
    return start_session(person, device)


def start_session(person: Person, device: str) -> str:
    """Open a session, inside the action of the caller."""
    token, now = new_token(), clock.now()
    session = SignInSession(
        person_id=person.id,
        token_hash=token_hash(token),
        device=device[:120],
        created_at=now,
        expires_at=now + SESSION_LASTS,
    )
    db.session.add(session)
    db.session.flush()
    logbook.note("session.opened", session, by=person)
    return token


@action
def end_session(session: SignInSession, *, by: Person) -> None:
    """End a session: the browser that held it is nobody from the next request on."""
    if session.ended_at is None:
        session.ended_at = clock.now()
        logbook.note("session.ended", session, by=by)
