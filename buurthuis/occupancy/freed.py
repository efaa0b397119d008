"""What came free in this transaction, for whoever waits for it; it commits nothing and asks nothing."""

from dataclasses import dataclass

from buurthuis.foundation.db import db
from buurthuis.rules.periods import Period

_REMEMBERED = "came_free"


@dataclass(frozen=True, slots=True)
class Freed:
    """Time in one space that is no longer held, its buffers included."""

    space_id: int
    period: Period


def remember(space_id: int, period: Period) -> None:
    """Keep in mind, until the end of this transaction, that a space came free."""
    _remembered().append(Freed(space_id, period))


def seen() -> list[Freed]:
    """What came free and nobody took up yet; it stays for whoever takes it."""
    return list(_remembered())


def take() -> list[Freed]:
    """What came free since it was asked last; nothing of a transaction that was rolled back."""
    found = _remembered()
    taken = list(found)
    found.clear()
    return taken


def _remembered() -> list[Freed]:
    session = db.session()
    transaction = session.get_transaction()
    kept = session.info.get(_REMEMBERED)
    if kept is None or kept[0] is not transaction:
        kept = session.info[_REMEMBERED] = (transaction, [])
    found: list[Freed] = kept[1]
    return found
