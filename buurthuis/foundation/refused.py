"""How a refusal or an error looks: a page with a cure for people, problem+json for programs."""

import json
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as AnyResponse

from buurthuis.foundation.action import will_pass
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Busy, Invalid, Refusal, SignInNeeded, sentence_of

PAGES = frozenset({400, 403, 404, 409, 413, 429, 500, 503})
CODES = {
    400: "bad-request",
    401: "sign-in-needed",
    403: "not-allowed",
    404: "not-found",
    405: "wrong-method",
    413: "too-large",
    415: "not-json",
    429: "too-many-requests",
    500: "internal",
    503: "busy",
}


def init_refused(app: Flask) -> None:
    """Answer every refusal and error in the visitor's own terms."""
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def wants_json() -> bool:
    """A program is asking, not a person."""
    return request.path.startswith("/api/")


def problem(status: int, code: str, detail: str, **more: Any) -> Response:
    """An RFC 9457 answer whose type ends in the code."""
    body = {
        "type": f"https://buurthuis.example/problems/{code}",
        "title": code.replace("-", " ").capitalize(),
        "status": status,
        "detail": detail,
        **more,
    }
    return Response(json.dumps(body), status, mimetype="application/problem+json")


def _refusal(refusal: Refusal) -> AnyResponse | tuple[str, int]:
    if wants_json():
        more = {"errors": refusal.errors} if isinstance(refusal, Invalid) else {}
        return problem(refusal.status, refusal.code, sentence_of(refusal), **_plain(more))
    if isinstance(refusal, SignInNeeded):
        back = request.full_path.rstrip("?") if request.method == "GET" else "/me"
        flash(_("Sign in first. Then we take you there."), "attention")
        return redirect(url_for("accounts.sign_in", next=back), 303)
    sentence = sentence_of(refusal)
    # A refusal without a sentence of its own is told by the page for its status.
    return _page(refusal.status, "" if sentence == refusal.code else sentence)


def _plain(more: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {field: [str(text) for text in texts] for field, texts in errors.items()}
        for name, errors in more.items()
    }


def _csrf(_error: CSRFError) -> AnyResponse | tuple[str, int]:
    if wants_json():
        return problem(400, "bad-request", _("This request did not come from our own form."))
    return _page(400, _("This form was open too long. Go back, reload the page and send it again."))


def _http(error: HTTPException) -> AnyResponse | tuple[str, int]:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if isinstance(error, SecurityError):
        # Asked for under a name that is not ours, so not even a link on a page could be made.
        return Response("400: no house lives at this address.\n", 400, mimetype="text/plain")
    if wants_json():
        code = CODES.get(status, "refused")
        answer: AnyResponse = problem(status, code, error.description or code)
    else:
        text, status = _page(status, "")
        answer = Response(text, status)
    if isinstance(error, RateLimitExceeded):
        answer.headers["Retry-After"] = "60"
    for name, value in error.get_headers():
        if name == "Allow":
            answer.headers["Allow"] = value
    return answer


def _unforeseen(error: Exception) -> AnyResponse | tuple[str, int]:
    """Log the trace for us; the visitor gets a calm page and never a traceback.

    A database that others kept busy, also before any action began, is nobody's mistake.
    """
    db.session.rollback()
    g.reading = True  # Whatever is drawn now must not wait for the right to write.
    if isinstance(error, DBAPIError) and will_pass(error):
        return _refusal(Busy())
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    current_app.logger.exception("unforeseen error", exc_info=error)
    return (
        problem(500, "internal", _("Something went wrong here."))
        if wants_json()
        else _page(500, "")
    )


def _page(status: int, sentence: str) -> tuple[str, int]:
    shown = status if status in PAGES else (400 if status < 500 else 500)
    return render_template(f"errors/{shown}.html", sentence=sentence, status=status), status
