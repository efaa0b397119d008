"""Whether residents are displaced: their share of the hours that all want shrinks, others' grows."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from buurthuis.rules.figures.figure import Figure, Figures
from buurthuis.rules.standing import NOT_KNOWN, Kind, StandingCode

RESIDENTS: Final = frozenset(
    {Kind.RESIDENT_INITIATIVE, Kind.COMMUNITY_ORGANISATION, Kind.SOCIAL_ENTERPRISE}
)
"""Who the houses are for, first of all."""
A_REAL_FALL: Final = Fraction(5, 100)
ENOUGH_MINUTES: Final = 100 * 60
"""Of fewer hours in prime time, one group more or less already looks like a change."""


@dataclass(frozen=True, slots=True)
class Change:
    """A share of prime time, in the days before and in those that are asked."""

    before: Fraction
    after: Fraction

    @property
    def by(self) -> Fraction:
        """How much it rose; below zero it fell."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Displacement:
    """Residents have less of prime time than before, and these standings have more, most first."""

    residents: Change
    risen: tuple[tuple[StandingCode, Change], ...]


def displacement(this: Figures, before: Figures) -> Displacement | None:
    """The warning, or None: nothing was displaced, or too little is known to say so.

    Who has no known standing can have displaced nobody: perhaps only the words have changed.
    """
    if place_is_kept(this, before) is not False:
        return None
    shares, former = (each.parts_of("GELIJK.PRIME") for each in (this, before))
    changes = {
        standing: Change(_share(former, standing), _share(shares, standing))
        for standing in {*shares, *former}
    }
    residents = Change(_of_residents(former), _of_residents(shares))
    risen = [
        (standing, change)
        for standing, change in changes.items()
        if change.by > 0 and standing not in RESIDENTS and standing != NOT_KNOWN
    ]
    if not risen:
        return None
    return Displacement(residents, tuple(sorted(risen, key=lambda each: (-each[1].by, each[0]))))


def place_is_kept(this: Figures, before: Figures) -> bool | None:
    """Whether residents have their share of prime time as before; None where it is of too few hours."""
    if min(prime_minutes(this), prime_minutes(before)) < ENOUGH_MINUTES:
        return None
    shares, former = (each.parts_of("GELIJK.PRIME") for each in (this, before))
    return _of_residents(former) - _of_residents(shares) < A_REAL_FALL


def prime_minutes(figures: Figures) -> int:
    """All minutes of prime time that were used."""
    shares = figures.parts_of("GELIJK.PRIME")
    return max((each.denominator or 0 for each in shares.values()), default=0)


def _share(shares: Mapping[str, Figure], standing: str) -> Fraction:
    figure = shares.get(standing)
    return figure.value if figure and figure.value is not None else Fraction(0)


def _of_residents(shares: Mapping[str, Figure]) -> Fraction:
    return sum((_share(shares, each) for each in RESIDENTS), Fraction(0))
