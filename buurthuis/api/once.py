"""Answering a call once: the same Idempotency-Key gets the same answer, and makes one booking."""

import hashlib
import json
from collections.abc import Callable
from typing import Final

from flask import Response, current_app, request
from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.api import actions
from buurthuis.api.refusals import KeyJustTaken
from buurthuis.foundation.errors import Invalid, Refusal

HEADER: Final = "Idempotency-Key"
LONGEST_KEY: Final = 200


def once(person: Person, make: Callable[[str | None], Response]) -> Response:
    """Answer by `make`, which gets the submission that its booking must carry.

    Every answer of the house is kept, a refusal as well; a failure of ours is not, so that
    trying again helps.

    Raises:
        OtherBody: the key was used for something else.
        Invalid: the key is empty or too long.
    """
    if HEADER not in request.headers:
        return make(None)
    person_id, key = person.id, _key()
    kept = _reserved(person_id, key)
    if kept.status is not None:
        return _again(kept.status, kept.body)
    answer = _refused_or(make, kept.submission)
    if answer.status_code >= 500:
        return answer
    now_kept = actions.keep(person_id, key, answer.status_code, answer.get_data(as_text=True))
    if now_kept is None or now_kept.status is None:
        return answer
    return _again(now_kept.status, now_kept.body)


def _key() -> str:
    key = request.headers[HEADER].strip()
    if not key or len(key) > LONGEST_KEY:
        sentence = _("Use a key of 1 to %(count)s characters.", count=LONGEST_KEY)
        raise Invalid({HEADER: [sentence]})
    return key


def _reserved(person_id: int, key: str) -> actions.Kept:
    asked_hash = _print_of_request()
    try:
        return actions.reserve(person_id, key, asked_hash)
    except KeyJustTaken:
        return actions.reserve(person_id, key, asked_hash)


def _print_of_request() -> str:
    """What was asked, whatever the order of its fields."""
    asked = [request.method, request.path, json.loads(request.get_data())]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _refused_or(make: Callable[[str | None], Response], submission: str) -> Response:
    try:
        return make(submission)
    except Refusal as refusal:
        return current_app.make_response(current_app.handle_user_exception(refusal))


def _again(status: int, body: str) -> Response:
    kind = "application/json" if status < 400 else "application/problem+json"
    return Response(body, status, mimetype=kind)
