"""What a call asks and answers: said once, beside its route, and used both to read and to describe."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, NoReturn, TypeVar

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from buurthuis.api.values import Shape
from buurthuis.foundation.errors import Invalid

View = TypeVar("View", bound=Callable[..., Any])

PROBLEMS: Final = {
    "bad-request": 400,
    "sign-in-needed": 401,
    "not-allowed": 403,
    "not-found": 404,
    "already-asked": 409,
    "does-not-suit": 409,
    "out-of-stock": 409,
    "room-taken": 409,
    "shift-taken": 409,
    "wrong-state": 409,
    "too-large": 413,
    "not-json": 415,
    "invalid": 422,
    "idempotency-mismatch": 422,
    "too-many-requests": 429,
    "busy": 503,
}


@dataclass(frozen=True, slots=True)
class Call:
    """A sentence, the name of the answer's schema, what is read, and the codes of what goes wrong.

    `waits` names the schema of the answer 202: what was asked waits for somebody's yes.
    """

    summary: str
    answer: str
    query: Shape | None = None
    body: Shape | None = None
    status: int = 200
    refusals: tuple[str, ...] = ()
    takes_key: bool = False
    waits: str = ""


def described(call: Call) -> Callable[[View], View]:
    """Read what the call asks into `asked`, and answer what the view returns as JSON.

    A view that returns a whole response keeps it.
    """

    def describe(view: View) -> View:
        @wraps(view)
        def answer(*things: Any, **named: Any) -> Response:
            asked = {}
            if call.query is not None:
                asked = call.query.read({name: text for name, text in request.args.items() if text})
            if call.body is not None:
                asked |= call.body.read(_body(call.body))
            given = {"asked": asked} if call.query or call.body else {}
            answered = view(*things, **named, **given)
            return answered if isinstance(answered, Response) else drawn(answered, call.status)

        answer.call = call  # type: ignore[attr-defined]
        return answer  # type: ignore[return-value]

    return describe


def drawn(value: dict[str, Any], status: int = 200) -> Response:
    """A value as JSON."""
    return Response(json.dumps(value, ensure_ascii=False), status, mimetype="application/json")


def _body(shape: Shape) -> dict[str, Any]:
    """The object that was sent; a call that requires no field may come without one."""
    sent = _bytes()
    if not sent and not shape.required:
        return {}
    if not request.is_json:
        raise UnsupportedMediaType(_("Send JSON, with Content-Type: application/json."))
    try:
        value = json.loads(sent, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadRequest(_("This is not JSON. Look at commas, quotes and brackets.")) from None
    if not isinstance(value, dict):
        raise Invalid({"body": [_("Send one JSON object, between { and }.")]})
    return value


def _bytes() -> bytes:
    """What was sent. A body without a length is cut off where it becomes too large, so we look."""
    sent = request.get_data()
    if request.content_length is None and len(sent) >= (request.max_content_length or 0) > 0:
        raise RequestEntityTooLarge
    return sent


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
