"""Calendars of others that take a room: which time they take, when one looks again, when to worry."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from buurthuis.rules.periods import Period, merge, subtract

EVERY: Final = timedelta(minutes=30)
"""How often one looks at a calendar that answers."""
FIRST_WAIT: Final = timedelta(minutes=10)
"""After the first time that it does not answer; each further time twice as long."""
LONGEST_WAIT: Final = timedelta(hours=6)
SPREAD: Final = 0.2
"""How far the next look may lie from the agreed moment, so that not all houses ask at once."""
MOST_FAILURES: Final = 5
LONGEST_SILENCE: Final = timedelta(days=1)
FEW: Final = 10
"""Below so many times, a calendar may lose some without anybody wondering."""


def next_look(now: datetime, failures: int, chance: float) -> datetime:
    """When to look again after so many failures in a row (0: it answered).

    `chance` lies in [0, 1) and moves the moment at most a fifth either way. The answer is in
    whole seconds, later than `now`.
    """
    wait = EVERY if failures == 0 else min(FIRST_WAIT * 2 ** min(failures - 1, 9), LONGEST_WAIT)
    spread = 1 + SPREAD * (2 * chance - 1)
    return now + timedelta(seconds=int(wait.total_seconds() * spread))


def has_stopped(now: datetime, *, failures: int, read_at: datetime | None) -> bool:
    """Whether a calendar stopped coming: five failures in a row, or a day without one that was good.

    A new calendar that never came (`read_at` is None) has stopped after its first failures too.
    """
    if failures == 0:
        return False
    return failures >= MOST_FAILURES or (read_at is not None and now - read_at > LONGEST_SILENCE)


def looks_broken(before: int, after: int) -> bool:
    """Whether so many coming times instead of those before are rather a mistake of the other side.

    A calendar that is suddenly empty is; so is one of ten times or more that loses over half.
    """
    if after == 0:
        return before > 0
    return before >= FEW and after * 2 < before


def time_to_take(
    wanted: Iterable[Period], held: Mapping[int, Iterable[Period]], spaces: Iterable[int]
) -> dict[Period, frozenset[int]]:
    """Which time a calendar takes in which spaces, where others hold part of what it wants.

    `held` is what others hold of each space. Time that touches or overlaps is taken as one
    stretch; spaces that are taken for exactly the same stretch stand together. What others hold is
    never taken.
    """
    stretches = merge(wanted)
    taken: dict[Period, set[int]] = {}
    for space in spaces:
        for piece in subtract(stretches, held.get(space, ())):
            taken.setdefault(piece, set()).add(space)
    return {piece: frozenset(taken[piece]) for piece in sorted(taken)}
