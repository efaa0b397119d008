"""Standing: what kind of initiative one is, and for which house that was recognised.

An initiative says itself what kind it is, but that earns no discount. A house recognises a
standing from a day on, and the union of houses may do so for all houses at once. What a house
recognised itself comes before what the union recognised; among equals the latest decision wins.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """The kinds of initiatives; the words are public."""

    RESIDENT_INITIATIVE = "resident_initiative"
    COMMUNITY_ORGANISATION = "community_organisation"
    SOCIAL_ENTERPRISE = "social_enterprise"
    PRIVATE = "private"
    COMMERCIAL = "commercial"
    INTERNAL = "internal"


SELF_DECLARED: Final = frozenset(Kind) - {Kind.INTERNAL}
"""What an initiative may say of itself; a house alone says who is internal."""


class Purpose(StrEnum):
    """What a booking is for; the words are public."""

    MEETING = "meeting"
    COURSE = "course"
    CULTURE = "culture"
    SPORT = "sport"
    CARE = "care"
    FOOD = "food"
    WORK = "work"
    PARTY = "party"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Recognition:
    """A standing recognised by one house, or by the union of houses when `venue` is None.

    It holds from `valid_from` to `valid_to`, both days included.
    """

    kind: Kind
    venue: int | None
    valid_from: date
    valid_to: date | None = None

    def holds(self, *, venue: int, on: date) -> bool:
        """Whether it counts in this house on this day."""
        if self.venue is not None and self.venue != venue:
            return False
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def recognised(recognitions: Iterable[Recognition], *, venue: int, on: date) -> Kind | None:
    """The standing that counts in a house on a day, or None: then one pays as a stranger does."""
    holding = [each for each in recognitions if each.holds(venue=venue, on=on)]
    if not holding:
        return None
    # Of two decisions of one day the one given last wins, as in a pile of minutes.
    holding.reverse()
    return max(holding, key=lambda each: (each.venue is not None, each.valid_from)).kind
