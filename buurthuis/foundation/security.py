"""What every answer carries and every request must pass: hosts, headers, CSRF, cookies, rate limits."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from buurthuis.foundation.access import visitor
from buurthuis.foundation.errors import NotFound, SignInNeeded
from buurthuis.foundation.settings import Settings

LARGEST_REQUEST = 2 * 1024 * 1024
LARGEST_UPLOAD = 40 * 1024 * 1024
"""For pages that take files, from somebody who has signed in: eight photos as a phone makes them."""

View = TypeVar("View", bound=Callable[..., Any])

csrf = CSRFProtect()


def _who_is_asking() -> str:
    """The person (also behind an API token) when there is one, else the address."""
    person = visitor()
    if person is not None:
        return f"person:{person.id}"
    return f"address:{get_remote_address()}"


limiter = Limiter(key_func=_who_is_asking, default_limits=[])


def init_security(app: Flask, settings: Settings) -> None:
    """Set cookies, hosts, headers, CSRF and limits."""
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        WTF_CSRF_SSL_STRICT=False,
        RATELIMIT_STORAGE_URI=settings.limiter_storage,
        RATELIMIT_HEADERS_ENABLED=False,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
    )
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    app.before_request(_refuse_null)
    app.before_request(_refuse_what_this_page_does_not_take)
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(_headers)


def _refuse_null() -> None:
    """Nothing of ours has a null character in its address, and PostgreSQL fails on one in a question."""
    if "\0" in request.path or b"%00" in request.query_string or b"\0" in request.query_string:
        raise NotFound


def takes_files(view: View) -> View:
    """Let a page take files; it finds them in `request.files`, for forms know only text."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def takes_any_body(view: View) -> View:
    """Let another program send what it likes; the page reads it as it came, and no form does."""
    view.takes_any_body = True  # type: ignore[attr-defined]
    return view


def _refuse_what_this_page_does_not_take() -> None:
    """Pages take text, and a few take files; the form library would read JSON and files as if text."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.path.startswith("/api/") or getattr(view, "takes_any_body", False):
        return
    if request.is_json:
        abort(415)
    if request.mimetype == "multipart/form-data":
        if getattr(view, "takes_files", False):
            if visitor() is None:
                raise SignInNeeded  # Before anything of what may be a lot is read.
            request.max_content_length = LARGEST_UPLOAD
        elif request.files:
            abort(415)


POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
)


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", _policy())
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _policy() -> str:
    """What a page of ours may do; the button that leads to the provider is a form that is sent on."""
    settings: Settings = current_app.config["BUURTHUIS"]
    return "; ".join((*POLICY, " ".join(("form-action 'self'", *settings.stripe.pages))))
