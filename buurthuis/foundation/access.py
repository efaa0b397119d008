"""Who may do what: a registry of verbs, one function `may`, and a declaration on every door."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import Flask
from flask_login import current_user

from buurthuis.foundation.errors import NotAllowed, NotFound, SignInNeeded

Rule = Callable[[Any, Any], bool]
View = TypeVar("View", bound=Callable[..., Any])

_rules: dict[str, Rule] = {}


class UndeclaredDoor(RuntimeError):
    """A route says neither that it is public nor which verb it needs."""


class UnknownVerb(RuntimeError):
    """Nobody wrote a rule for this verb."""


@dataclass(frozen=True, slots=True)
class Door:
    """What a route asks of whoever knocks: nothing, being signed in, or a verb on an object."""

    verb: str | None
    is_public: bool = False


def rule(verb: str) -> Callable[[Rule], Rule]:
    """Register who may do this verb: a function of person (or None) and object."""

    def keep(function: Rule) -> Rule:
        _rules[verb] = function
        return function

    return keep


def may(person: Any, verb: str, thing: Any = None) -> bool:
    """May this person (None: a visitor) do this with that? Denied unless a rule allows it.

    Raises:
        UnknownVerb: no rule was written for the verb.
    """
    if verb not in _rules:
        raise UnknownVerb(verb)
    return _rules[verb](person, thing)


def demand(person: Any, verb: str, thing: Any = None) -> None:
    """Insist on a right.

    Raises:
        NotFound: the person may not even see the thing.
        NotAllowed: the person may see it, but not do this with it.
    """
    if may(person, verb, thing):
        return
    seeing = verb.split(".")[0] + ".see"
    if verb != seeing and seeing in _rules and may(person, seeing, thing):
        raise NotAllowed(verb=verb)
    raise NotFound


def visitor() -> Any:
    """The person who is signed in, or None."""
    person: Any = current_user
    return person._get_current_object() if person.is_authenticated else None


def public(view: View) -> View:
    """Declare a route open to everybody."""
    view.door = Door(verb=None, is_public=True)  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Declare a route open to everybody who is signed in, for things of their own."""
    return _guard(view, Door(verb=None), None)


def needs(verb: str, load: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Declare the verb a route needs.

    `load` turns the route's arguments into the object, scoped by house, and raises NotFound;
    the view then receives that object alone. Without `load` the verb needs no object.
    """
    return lambda view: _guard(view, Door(verb=verb), load)


def _guard(view: View, door: Door, load: Callable[..., Any] | None) -> View:
    @wraps(view)
    def guarded(**arguments: Any) -> Any:
        person = visitor()
        if person is None:
            raise SignInNeeded
        if load is None:
            if door.verb is not None:
                demand(person, door.verb)
            return view(**arguments)
        thing = load(**arguments)
        if door.verb is not None:
            demand(person, door.verb, thing)
        return view(thing)

    guarded.door = door  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def check_doors(app: Flask) -> None:
    """Refuse to start while a route has not said who may enter, or names a verb without a rule.

    Raises:
        UndeclaredDoor, UnknownVerb
    """
    for route in app.url_map.iter_rules():
        door = getattr(app.view_functions[route.endpoint], "door", None)
        if door is None:
            raise UndeclaredDoor(f"{route.endpoint} ({route.rule})")
        if door.verb is not None and door.verb not in _rules:
            raise UnknownVerb(f"{door.verb} ({route.rule})")
