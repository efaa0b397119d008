"""One action is one transaction: it commits at the end, leaves nothing behind when refused, and is retried."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g, has_app_context, has_request_context
from sqlalchemy.exc import DBAPIError

from buurthuis.foundation.db import db, is_reading
from buurthuis.foundation.errors import Busy, refusal_for

ATTEMPTS = 4
PASSING = ("40001", "40P01")

P = ParamSpec("P")
T = TypeVar("T")

_followers: list[Callable[[], None]] = []


class NestedAction(RuntimeError):
    """An action was called inside another one; share a plain function instead."""


def action(function: Callable[P, T]) -> Callable[P, T]:
    """Make a function one transaction.

    A serialisation failure or deadlock is tried again, three times at most. A constraint that
    refuses becomes the refusal it stands for.

    Raises:
        Busy: others kept writing at the same moment.
    """

    @wraps(function)
    def once(*args: P.args, **kwargs: P.kwargs) -> T:
        _enter()
        try:
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    result = function(*args, **kwargs)
                    follow_up()
                    db.session.commit()
                    return result
                except DBAPIError as error:
                    db.session.rollback()
                    g.pop("beat", None)
                    refusal = refusal_for(error)
                    if refusal is not None:
                        raise refusal from error
                    if not will_pass(error):
                        raise
                    if attempt == ATTEMPTS:
                        raise Busy from error
                except BaseException:
                    db.session.rollback()
                    raise
            raise Busy
        finally:
            _leave()

    return once


def follows(step: Callable[[], None]) -> Callable[[], None]:
    """Let a step follow from every action, in its transaction, just before it commits.

    For what must happen whoever wrote the verb: a place that comes free goes to the first in line.
    A step asks nothing of the database unless something happened that it is about.
    """
    _followers.append(step)
    return step


def follows_first(step: Callable[[], None]) -> Callable[[], None]:
    """As `follows`, before the steps that are there: for what goes before everybody who waits."""
    _followers.insert(0, step)
    return step


def follow_up() -> None:
    """Take the steps that follow from what this transaction has done so far."""
    for step in _followers:
        step()


def _enter() -> None:
    """Begin to write; what a request read until here stays known, so nothing is asked twice."""
    if has_app_context():
        if g.get("acting", False):
            raise NestedAction
        if is_reading() and db.session().in_transaction():
            db.session.commit()
        g.acting, g.reading, g.has_changed = True, False, False
        g.beat_before = g.pop("beat", None)  # Under its locks an action asks anew.


def _leave() -> None:
    """Outside its actions a web request only reads, so that drawing a page holds no write lock.

    Where the action changed nothing that a page tells of, the marks of before it still do.
    """
    if has_app_context():
        g.acting, g.reading = False, has_request_context()
        g.pop("beat", None)
        before = g.pop("beat_before", None)
        if before is not None and not g.has_changed:
            g.beat = before


def will_pass(error: DBAPIError) -> bool:
    """Whether the database was only busy, so that trying again helps."""
    if getattr(error.orig, "sqlstate", None) in PASSING:
        return True
    return "database is locked" in str(error.orig)
