"""What every answer carries and every request must pass: hosts, headers, CSRF, cookies, rate limits."""

from flask import Flask, Response, abort, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from buurthuis.foundation.access import visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.settings import Settings

LARGEST_REQUEST = 2 * 1024 * 1024

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
    app.before_request(_refuse_what_no_page_sends)
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(_headers)


def _refuse_null() -> None:
    """Nothing of ours has a null character in its address, and PostgreSQL fails on one in a question."""
    if "\0" in request.path or b"%00" in request.query_string or b"\0" in request.query_string:
        raise NotFound


def _refuse_what_no_page_sends() -> None:
    """Our pages send text; the form library would also read JSON and files, whose values are no text."""
    if request.path.startswith("/api/"):
        return
    if request.is_json or (request.mimetype == "multipart/form-data" and request.files):
        abort(415)


POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
