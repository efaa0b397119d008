"""Since when the groups of the demo come, and until when: some always came, some began, some stopped."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Final, NamedTuple

from buurthuis.rules.calendar import day_of

ALWAYS_CAME: Final = 0.45
STOPS: Final = 0.3
"""So many groups came before the demo begins, and so many stop one day."""
LASTS_WEEKS: Final = (26, 150)
KNOWN_BEFORE: Final = timedelta(days=60)
"""So long a house knows a group before it comes for the first time: one books ahead."""


class Lifetime(NamedTuple):
    """The days between which a group comes, both included."""

    begins: date = date.min
    ends: date = date.max

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.begins <= day <= self.ends


ALWAYS: Final = Lifetime()


def known_since(number: int, first: datetime, today: date, *, seed: int) -> datetime:
    """When the house first heard of a group: before the demo, or some day until now."""
    if _always_came(number, seed):
        return first - KNOWN_BEFORE
    days = max(0, (today - day_of(first)).days)
    return first - KNOWN_BEFORE + timedelta(days=_chance(number, seed, "begins").randint(0, days))


def lifetime(number: int, known: date, *, seed: int) -> Lifetime:
    """Between which days a group comes that the house knows since a day."""
    begins = known + KNOWN_BEFORE
    chance = _chance(number, seed, "stops")
    lasts = timedelta(weeks=chance.randint(*LASTS_WEEKS))
    ends = begins + lasts if chance.random() < STOPS else date.max
    return Lifetime(date.min if _always_came(number, seed) else begins, ends)


def _always_came(number: int, seed: int) -> bool:
    return _chance(number, seed, "always").random() < ALWAYS_CAME


def _chance(number: int, seed: int, what: str) -> Random:
    return Random(f"{seed} {number} {what}")  # noqa: S311 - believable, not secret
