"""Refusals: what the house says no to, under which code, and which constraint means which refusal."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from sqlalchemy.exc import DBAPIError


class Refusal(Exception):
    """Something the house cannot do; the sentence for the visitor is written at the edge.

    `code` ends the problem type of the API, `status` is the HTTP status, `facts` fill the sentence.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 422

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts


class NotFound(Refusal):
    """There is no such thing, or the visitor may not know that there is."""

    code = "not-found"
    status = 404


class NotAllowed(Refusal):
    """The visitor may see this, but may not do that with it."""

    code = "not-allowed"
    status = 403


class SignInNeeded(Refusal):
    """Only somebody who is signed in may do this."""

    code = "sign-in-needed"
    status = 401


class Invalid(Refusal):
    """Some fields do not make sense; `errors` gives sentences per field."""

    code = "invalid"

    def __init__(self, errors: dict[str, list[Any]]) -> None:
        super().__init__(errors=errors)
        self.errors = errors


class Busy(Refusal):
    """Too many people wrote at the same moment; trying again helps."""

    code = "busy"
    status = 503


R = TypeVar("R", bound=Refusal)
Sentence = Callable[[Any], Any]

_sentences: dict[type[Refusal], Sentence] = {}
_constraints: dict[str, type[Refusal]] = {}


def says(refusal: type[R]) -> Callable[[Callable[[R], Any]], Callable[[R], Any]]:
    """Register the sentence for a refusal, written at the edge in the visitor's language."""

    def keep(sentence: Callable[[R], Any]) -> Callable[[R], Any]:
        _sentences[refusal] = sentence
        return sentence

    return keep


def sentence_of(refusal: Refusal) -> str:
    """The sentence for the visitor; the nearest registered ancestor speaks for a refusal without one."""
    for kind in type(refusal).__mro__:
        if kind in _sentences:
            return str(_sentences[kind](refusal))
    return refusal.code


def constraint_means(name: str, refusal: type[Refusal]) -> None:
    """Tell what it means when the database refuses because of this constraint."""
    _constraints[name] = refusal


def refusal_for(error: DBAPIError) -> Refusal | None:
    """The refusal that a database error stands for, or None when nobody foresaw it."""
    text = str(error.orig)
    for name, refusal in _constraints.items():
        if name in text:
            return refusal()
    return None
