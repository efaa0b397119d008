"""Standing: what kind of initiative one is, and for which house that was recognised.

The kinds are those that everybody knows and that an initiative may say of itself. A house may
recognise other standings too, such as "students": a standing is known by its code.

An initiative says itself what kind it is, but that earns no discount. A house recognises a
standing from a day on, and the union of houses may do so for all houses at once. What a house
recognised itself comes before what the union recognised; among equals the latest decision wins.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain, count
from typing import Final, TypeAlias

from buurthuis.rules.slugs import slug


class Kind(StrEnum):
    """The kinds of initiatives; the words are public."""

    RESIDENT_INITIATIVE = "resident_initiative"
    COMMUNITY_ORGANISATION = "community_organisation"
    SOCIAL_ENTERPRISE = "social_enterprise"
    PRIVATE = "private"
    COMMERCIAL = "commercial"
    INTERNAL = "internal"


StandingCode: TypeAlias = str
"""A `Kind`, or a code of a house's own; a kind equals the text it is written as."""
LONGEST_CODE: Final = 30
NOT_KNOWN: Final = "none"
"""How figures, files and addresses name a standing or theme that nobody knows; no house calls one so."""

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

    It holds from `valid_from` to `valid_to`, both days included; with a `purpose` for that activity
    alone.
    """

    kind: StandingCode
    venue: int | None
    valid_from: date
    valid_to: date | None = None
    purpose: Purpose | None = None

    def holds(self, *, venue: int, on: date, purpose: Purpose | None = None) -> bool:
        """Whether it counts in this house on this day, for this activity; None is no activity at all."""
        if self.venue is not None and self.venue != venue:
            return False
        if self.purpose is not None and self.purpose is not purpose:
            return False
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def is_code(text: str) -> bool:
    """Whether this can be the code of a standing: a kind, or a slug that means nothing else."""
    if text in set(Kind):
        return True
    return 0 < len(text) <= LONGEST_CODE and slug(text) == text and not _means_something_else(text)


def code_for(label: str, taken: Collection[str]) -> StandingCode:
    """A code for a standing with this label, other than all that are taken.

    >>> code_for("Groep in oprichting", set())
    'groep-in-oprichting'
    """
    plain = slug(label)[:LONGEST_CODE].strip("-")
    base = "group" if not plain or _means_something_else(plain) else plain
    numbered = (f"{base[: LONGEST_CODE - 4]}-{number}" for number in count(2))
    free = (code for code in chain([base], numbered) if code not in taken and code not in set(Kind))
    return next(free)


def place_of(code: StandingCode) -> tuple[int, str]:
    """Where a standing comes in a list: the kinds in their order, then a house's own by their code."""
    kinds = list[str](Kind)
    return (kinds.index(code) if code in kinds else len(kinds), code)


def _means_something_else(text: str) -> bool:
    """It is a kind misspelt, or says that there is none."""
    return text == NOT_KNOWN or text.replace("-", "_") in set(Kind)


def recognised(
    recognitions: Iterable[Recognition], *, venue: int, on: date, purpose: Purpose | None = None
) -> StandingCode | None:
    """The standing that counts in a house on a day, or None: then one pays as a stranger does.

    One for the activity alone comes before one for everything.
    """
    holding = [each for each in recognitions if each.holds(venue=venue, on=on, purpose=purpose)]
    if not holding:
        return None
    # Of two decisions of one day the one given last wins, as in a pile of minutes.
    holding.reverse()
    return max(holding, key=_weight).kind


def _weight(each: Recognition) -> tuple[bool, bool, date]:
    return each.venue is not None, each.purpose is not None, each.valid_from
