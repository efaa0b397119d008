"""Giving back: from which payments, and what of a deposit may still go; never more than came in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from buurthuis.rules.money import Cents


@dataclass(frozen=True, slots=True)
class Source:
    """A payment from which can be given back: what it settled of the thing, and what is left of it."""

    payment: int
    settled: Cents
    left: Cents

    @property
    def most(self) -> Cents:
        """Never more than it settled, and never more than it has left."""
        return max(0, min(self.settled, self.left))


def from_which(cents: Cents, sources: Iterable[Source]) -> Iterator[tuple[int, Cents]]:
    """Which payment gives back how much, in the order in which they stand.

    What no payment covers is nobody's to give: it was not paid with money.
    """
    for source in sources:
        part = min(cents, source.most)
        if part > 0:
            yield source.payment, part
            cents -= part


@dataclass(frozen=True, slots=True)
class Held:
    """What became of a deposit so far. Giving back counts from when it is decided, unless it failed."""

    taken: Cents = 0
    given_back: Cents = 0
    kept: Cents = 0
    proposed: Cents = 0
    """What somebody proposes to keep, until a second person agrees or declines."""

    @property
    def cents(self) -> Cents:
        """What the house holds now."""
        return self.taken - self.given_back - self.kept

    @property
    def free(self) -> Cents:
        """What can be given back, or proposed to keep: nothing of it waits for a second person."""
        return self.cents - self.proposed
