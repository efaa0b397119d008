"""What each figure means, in editions: a report of then can be made again with what it meant then.

An edition is never changed once something was reported with it. Who mends a definition gives it the
next version in a new edition, and leaves the old one here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from buurthuis.rules.figures import of_bookings, of_fairness, of_money, of_people, of_time
from buurthuis.rules.figures.codes import Code
from buurthuis.rules.figures.figure import Figure
from buurthuis.rules.figures.question import Question

Counting: TypeAlias = Callable[[Question], Iterable[Figure]]


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of what a figure, with all its parts, means."""

    code: Code
    version: int
    since: str
    """The edition in which this version came."""
    counts: Counting

    @property
    def name(self) -> str:
        """As it stands beside each figure: `BENUT@1`."""
        return f"{self.code}@{self.version}"


Edition: TypeAlias = tuple[Definition, ...]


class NoSuchEdition(LookupError):
    """An edition that never was."""


def _first(code: Code, counts: Counting) -> Definition:
    return Definition(code, 1, "2026", counts)


_2026: Final[Edition] = (
    _first(Code.OPEN, of_time.open_minutes),
    _first(Code.BENUT, of_time.used_share),
    _first(Code.DAGDEEL, of_time.day_parts),
    _first(Code.STOEL, of_bookings.seats),
    _first(Code.GEB, of_time.building),
    _first(Code.M2, of_time.by_area),
    _first(Code.VERL, of_time.lost_minutes),
    _first(Code.AANTAL, of_bookings.meetings),
    _first(Code.GROEP, of_bookings.groups),
    _first(Code.NIEUW, of_bookings.new_groups),
    _first(Code.BEZOEK, of_bookings.visits),
    _first(Code.VRIJ_U, of_people.volunteer_minutes),
    _first(Code.VRIJ_EUR, of_people.volunteer_value),
    _first(Code.KORT, of_bookings.discounts),
    _first(Code.DEK, of_money.cost_cover),
    _first(Code.HEF, of_money.leverage),
    _first(Code.GELIJK, of_fairness.fairness),
    _first(Code.ONTM, of_time.meeting),
    _first(Code.LEER, of_people.learning),
    _first(Code.ROOSTER, of_people.roster),
    _first(Code.SROI, of_money.social_return),  # Last: any other figure may count for it.
)

EDITIONS: Final[dict[str, Edition]] = {"2026": _2026}
NEWEST: Final = "2026"


def edition_of(name: str) -> Edition:
    """The definitions of an edition.

    Raises:
        NoSuchEdition: there is none of this name.
    """
    if name not in EDITIONS:
        raise NoSuchEdition(name)
    return EDITIONS[name]


def next_edition(before: Edition, *changed: Definition) -> Edition:
    """An edition in which some definitions have come in the place of older ones."""
    newer = {each.code: each for each in changed}
    return tuple(newer.get(each.code, each) for each in before)
