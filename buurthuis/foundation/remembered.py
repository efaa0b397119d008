"""Public pages that are remembered: the second visitor within a minute gets what the first one got.

Only for visitors who have not signed in and to whom nothing has to be told; the pulse is part of
what an answer is remembered by, so a change is seen on the very next request, in every process.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any, TypeVar

from flask import Response, current_app, g, make_response, request, session
from werkzeug.wrappers import Response as AnyResponse

from buurthuis.foundation import clock
from buurthuis.foundation.access import visitor
from buurthuis.foundation.languages import chosen_language
from buurthuis.foundation.pulse import beat

View = TypeVar("View", bound=Callable[..., Any])

MOST_BYTES = 16 * 1024 * 1024
LONGEST_ADDRESS = 400
WEIGHT_OF_AN_ANSWER = 1000  # what it takes beside its body
KEPT_HEADERS = ("Cache-Control", "ETag", "Link", "Vary")


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer, without what every answer gets on its way out."""

    body: bytes
    content_type: str
    headers: tuple[tuple[str, str], ...]

    @property
    def weight(self) -> int:
        """What it takes of the memory, in bytes."""
        return len(self.body) + WEIGHT_OF_AN_ANSWER

    def again(self) -> AnyResponse:
        """The answer as a response of its own; in short for a browser that still has it."""
        response = Response(self.body, content_type=self.content_type)
        response.headers.extend(self.headers)
        return response.make_conditional(request) if "ETag" in response.headers else response


class Shelf:
    """The answers that were given last, as many as fit."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.weight = 0
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable) -> Answer | None:
        """The answer, which then is the last to go."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def put(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer; those that nobody asked for the longest make room."""
        with self._lock:
            if key not in self._answers:
                self.weight += answer.weight
                self._answers[key] = answer
            while self.weight > self.most_bytes:
                _key, oldest = self._answers.popitem(last=False)
                self.weight -= oldest.weight

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._answers.clear()
            self.weight = 0


def shelf() -> Shelf:
    """The shelf of this process."""
    found: Shelf = current_app.extensions.setdefault("remembered", Shelf())
    return found


def remembered(view: View) -> View:
    """Remember the answers of a public page that says the same to everybody who did not sign in."""

    @wraps(view)
    def answer(**arguments: Any) -> Any:
        key = _key()
        if key is None:
            return view(**arguments)
        found = shelf().find(key)
        if found is not None:
            return found.again()
        response = make_response(view(**arguments))
        if _is_for_everybody(response):
            shelf().put(key, _finished(response))
        return response

    return answer  # type: ignore[return-value]


def recalled(write: Callable[[], bytes], content_type: str) -> bytes:
    """The body of a public answer that still gets headers of its own for whoever asks."""
    key = _key()
    found = None if key is None else shelf().find(key)
    if found is not None:
        return found.body
    body = write()
    if key is not None:
        shelf().put(key, Answer(body, content_type, ()))
    return body


def _key() -> Hashable | None:
    """By what an answer is remembered; None for whoever must get one of their own."""
    if len(request.query_string) > LONGEST_ADDRESS or visitor() is not None or _is_told_something():
        return None
    now = beat()
    if now is None:
        return None
    minute = int(clock.now().timestamp()) // 60
    return request.full_path, chosen_language(), minute, now


def _is_told_something() -> bool:
    """The browser keeps more than the proof that a form came from us: a message, a draft."""
    return bool(request.cookies) and bool(set(session) - {"csrf_token"})


def _is_for_everybody(response: Response) -> bool:
    is_plain = response.status_code == 200 and not response.is_streamed
    return is_plain and "Set-Cookie" not in response.headers and "csrf_token" not in g


def _finished(response: Response) -> Answer:
    kept = ((name, response.headers[name]) for name in KEPT_HEADERS if name in response.headers)
    return Answer(response.get_data(), response.headers["Content-Type"], tuple(kept))
