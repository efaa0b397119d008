"""Who is at the door: the person behind the browser's cookie or, for a program, behind its token.

The cookie holds a random token and nothing else; the table of sessions says whose it is and
whether it still counts. Programs come in under /api/ with a token of their own and never with a
cookie, so no other site can use a visitor's browser to speak for them there.
"""

from contextlib import suppress
from typing import Final

from flask import Flask, Request, session
from flask.sessions import SessionMixin
from flask_login import LoginManager

from buurthuis.accounts import proofs, tokens
from buurthuis.accounts.models import Person
from buurthuis.accounts.signing import SESSION_LASTS
from buurthuis.foundation import clock
from buurthuis.foundation.errors import Refusal
from buurthuis.rules.calendar import day_of

SESSION_KEY: Final = "signed_in"
DRAFT: Final = "draft"
API: Final = "/api/"
_BEARER: Final = "bearer "


def init_login(app: Flask) -> None:
    """Let Flask-Login know how to recognise a person.

    Its own `init_app` would read the session on every answer, and so mark even the style sheet
    and the public calendar as different for each visitor. We use neither its "remember" cookie
    nor its session keys, so it is only told where we look.
    """
    app.config.update(PERMANENT_SESSION_LIFETIME=SESSION_LASTS, SESSION_REFRESH_EACH_REQUEST=False)
    manager = LoginManager()
    manager.session_protection = None  # type: ignore[assignment]
    manager.request_loader(person_at_the_door)
    app.login_manager = manager  # type: ignore[attr-defined]


def person_at_the_door(request: Request) -> Person | None:
    """Whoever sends this request, or nobody."""
    if request.path.startswith(API):
        token = bearer(request)
        return _person_with(token, only_reads=_only_reads(request)) if token else None
    kept = session.get(SESSION_KEY)
    if not isinstance(kept, str):
        return None
    prove = proofs.reader_in_session if _only_reads(request) else proofs.person_in_session
    return prove(kept, now=clock.now())


def _person_with(token: str, *, only_reads: bool) -> Person | None:
    """For whom a program with this token acts; the first use of a day is written down."""
    reader = proofs.reader_with_token(token, today=day_of(clock.now())) if only_reads else None
    if reader is not None:
        return reader
    found = proofs.live_token(token)
    if found is None:
        return None
    if found.used_on != day_of(clock.now()):
        with suppress(Refusal):  # A busy database is no reason to keep somebody out.
            tokens.note_use(found)
    return found.person


def _only_reads(request: Request) -> bool:
    return request.method in {"GET", "HEAD"}


def bearer(request: Request) -> str:
    """The token a program shows, or ""."""
    shown = request.headers.get("Authorization", "")
    return shown[len(_BEARER) :].strip() if shown[: len(_BEARER)].lower() == _BEARER else ""


def let_in(browser: SessionMixin, token: str) -> None:
    """Give the browser its token.

    Everything else it kept is dropped, so that whoever used it before leaves nothing behind;
    only the booking that was being made survives.
    """
    draft = browser.get(DRAFT)
    browser.clear()
    if draft is not None:
        browser[DRAFT] = draft
    browser[SESSION_KEY] = token
    browser.permanent = True


def see_out(browser: SessionMixin) -> None:
    """Make the browser forget everything."""
    browser.clear()


def token_here() -> str:
    """The token of this browser, or ""."""
    kept = session.get(SESSION_KEY)
    return kept if isinstance(kept, str) else ""
