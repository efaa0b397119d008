"""What a process keeps of what it read: houses and people, read once until one of them changes.

What is kept is shared by all requests of the process and belongs to no session. It is for reading;
whoever tries to store something of it is stopped.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from buurthuis.foundation.db import db
from buurthuis.foundation.pulse import beat

T = TypeVar("T")
MOST_PER_THING = 500
_MEMORY = "_memory"
_UNKNOWN: Any = object()


class NotForWriting(RuntimeError):
    """Somebody tried to store what was kept for reading; an action reads the row itself."""


def kept(read: Callable[[Session], T]) -> Callable[[], T | None]:
    """Keep the answer to a question about the houses for as long as none of them changes.

    The question gets a session of its own, in the transaction of the request. The answer is None
    for whoever writes, or is no request at all: they read the rows themselves.
    """

    @wraps(read)
    def answer() -> T | None:
        now = beat()
        if now is None:
            return None
        shelf: dict[Any, tuple[int, T]] = current_app.extensions.setdefault("kept", {})
        found = shelf.get(read)
        if found is None or found[0] != now.houses:
            found = shelf[read] = now.houses, _read(read)
        return found[1]

    return answer


def kept_row(read: Callable[[Session, int], T], number: int, mark: int) -> T:
    """Keep one row, with what is read along, for as long as a mark of the pulse stays.

    Ask for the mark first. Only for a request that reads.
    """
    rows: dict[int, tuple[int, T]] = current_app.extensions.setdefault(f"kept {read.__name__}", {})
    found = rows.get(number)
    if found is None or found[0] != mark:
        if len(rows) >= MOST_PER_THING:
            rows.clear()
        found = rows[number] = mark, _read(lambda session: read(session, number))
    return found[1]


def kept_value(name: str, number: int, read: Callable[[], T]) -> T:
    """Keep a plain value about one house for as long as none of them changes; anew for whoever writes.

    Ask for it before an action, not after: then no row was read before the mark was asked.
    """
    now = beat()
    if now is None:
        return read()
    values: dict[int, tuple[int, T]] = current_app.extensions.setdefault(f"kept {name}", {})
    found = values.get(number)
    if found is None or found[0] != now.houses:
        found = values[number] = now.houses, read()
    return found[1]


def _read(read: Callable[[Session], T]) -> T:
    with Session(bind=db.session.connection(), autoflush=False) as alone:
        answer = read(alone)
        _share(alone)
    return answer


def _share(session: Session) -> None:
    """Let everything that was read go from its session, each with a memory for what follows from it."""
    things: Iterable[Any] = list(session)
    session.expunge_all()
    for thing in things:
        thing.__dict__[_MEMORY] = {}


def is_kept(thing: Any) -> bool:
    """The thing is for reading and belongs to no session."""
    return _MEMORY in thing.__dict__


def worked_out(thing: Any, about: Any, work: Callable[[], T]) -> T:
    """What follows from a thing: worked out once for one that is kept, anew for a row that may change."""
    memory: dict[Any, T] | None = thing.__dict__.get(_MEMORY)
    if memory is None:
        return work()
    # In one look: another thread may clear it meanwhile.
    answer: T = memory.get(about, _UNKNOWN)
    if answer is _UNKNOWN:
        answer = work()
        if len(memory) >= MOST_PER_THING:
            memory.clear()
        memory[about] = answer
    return answer


@event.listens_for(Session, "before_attach")
def _refuse_what_is_shared(_session: Session, thing: Any) -> None:
    if is_kept(thing):
        raise NotForWriting(repr(thing))
