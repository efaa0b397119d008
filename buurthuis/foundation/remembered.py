"""Pages that are remembered: whoever asks the same again within a minute gets the same.

A visitor shares a page with everybody, who signed in with nobody but themselves, and whoever must
be told something gets a page of their own. The pulse is part of what an answer is remembered by, so
a change is seen on the very next request, in every process.
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
COOKIE_OF_A_VISITOR = frozenset({"csrf_token"})
COOKIE_OF_A_READER = frozenset({"csrf_token", "signed_in", "_permanent"})
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
    """Remember the answers of a page that follows from its address, the pulse and who asks.

    Under `@needs` or `@signed_in`: the right is proven each time, before anything is remembered.
    """

    @wraps(view)
    def answer(*things: Any, **arguments: Any) -> Any:
        key = _key()
        if key is None:
            return view(*things, **arguments)
        found = shelf().find(key)
        if found is not None:
            return found.again()
        response = make_response(view(*things, **arguments))
        if _may_be_kept(response):
            shelf().put(key, _finished(response))
        return response

    return answer  # type: ignore[return-value]


def recalled(what: Hashable, write: Callable[[], Answer]) -> Answer:
    """An answer found by `what`, which must name all that it follows from; written when it is not there."""
    found = shelf().find(what)
    if found is None:
        found = write()
        shelf().put(what, found)
    return found


def _key() -> Hashable | None:
    """By what an answer is remembered; None for whoever must get one of their own."""
    person = visitor()
    if len(request.query_string) > LONGEST_ADDRESS or _is_told_something(person):
        return None
    now = beat()
    if now is None:
        return None
    # Forms hold a proof that belongs to the browser, so each browser has pages of its own.
    reader = None if person is None else (person.id, session.get("csrf_token"))
    minute = int(clock.now().timestamp()) // 60
    return request.full_path, reader, chosen_language(), minute, now


def _is_told_something(person: Any) -> bool:
    """The browser keeps more than who signed in and that a form came from us: a message, a draft."""
    expected = COOKIE_OF_A_VISITOR if person is None else COOKIE_OF_A_READER
    return bool(request.cookies) and bool(set(session) - expected)


def _may_be_kept(response: Response) -> bool:
    """A whole page, which changed nothing in the browser and holds no proof for a visitor's form."""
    is_plain = response.status_code == 200 and not response.is_streamed
    is_same_for_all = visitor() is not None or "csrf_token" not in g
    return (
        is_plain
        and is_same_for_all
        and not session.modified
        and "Set-Cookie" not in response.headers
    )


def _finished(response: Response) -> Answer:
    kept = ((name, response.headers[name]) for name in KEPT_HEADERS if name in response.headers)
    return Answer(response.get_data(), response.headers["Content-Type"], tuple(kept))
