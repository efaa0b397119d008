"""So few that somebody could be recognised: what leaves the board tells "<3" or "<5" instead.

The figures of houses and their total stand on one sheet and in one file, so they are hidden
together: no total minus its other houses gives away what is hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from buurthuis.rules.disclosure import Mark, Whole, threshold
from buurthuis.rules.figures.codes import Reason, Unit
from buurthuis.rules.figures.figure import Figure, Figures
from buurthuis.rules.suppression import (
    FEWEST_GROUPS,
    FEWEST_PEOPLE,
    NothingLeftToHide,
    few_at,
    hide,
)

TOGETHER: Final = ""
"""The place of all houses together; the others are slugs of houses."""

_HALVES: Final = 2
_SAID_OF: Final = frozenset({Unit.GROUPS, Unit.PEOPLE, Unit.VISITS})
_FEWEST: Final = {
    "GROEP": FEWEST_GROUPS,
    "NIEUW": FEWEST_GROUPS,
    "LEER": FEWEST_PEOPLE,
    "BEZOEK": FEWEST_PEOPLE,
}
_ADDS_UP: Final = frozenset({"BEZOEK"})
"""Visits add up and are counted in halves; groups and people count once over houses."""
_GOES_ALONG: Final = {
    "LEER.HOURS": "LEER",
    "VRIJ_U.LEARNER": "LEER",
    "VRIJ_U.HOST": "LEER",
    "BEZOEK.LOW": "BEZOEK",
    "BEZOEK.HIGH": "BEZOEK",
}
"""What is hidden where its figure is. All hours but those of learners would leave theirs, so hosts go along."""
_HOURS_OF_FEW: Final = frozenset({"LEER.HOURS", "VRIJ_U.LEARNER", "VRIJ_U.HOST"})
"""Hours add up over houses, people do not: of all together they are hidden where one house hides them."""


def guarded(
    places: Mapping[str, Figures], wider: Mapping[str, Figures] | None = None
) -> dict[str, Figures]:
    """The figures of each house, and of all together where they are there, as they may leave the board.

    `wider` is everything beside which they may come to lie: all houses, where these are some of them.
    """
    hidden = {code: _marks(code, places, wider) for code in _FEWEST}
    return {
        place: Figures(tuple(_shown(figure, place, hidden) for figure in figures))
        for place, figures in places.items()
    }


def _marks(
    code: str, places: Mapping[str, Figures], wider: Mapping[str, Figures] | None
) -> Mapping[str, Mark]:
    """Where a figure is hidden among these, and where because of the others."""
    own = _hidden(code, places)
    if not wider:
        return own
    marks = {
        place: mark
        for place, mark in _hidden(code, wider).items()
        if place in places and place != TOGETHER
    }
    if marks and TOGETHER in places:
        marks[TOGETHER] = Mark.BESIDE
    return {**marks, **own}


def _hidden(code: str, places: Mapping[str, Figures]) -> Mapping[str, Mark]:
    """Where this figure is hidden, and why."""
    halves = _HALVES if code in _ADDS_UP else 1
    at = {place: _count(figures.find(code), halves) for place, figures in places.items()}
    few = few_at(at, _FEWEST[code] * halves)
    marks = dict.fromkeys(few, Mark.FEW)
    if TOGETHER not in places or not few:
        return marks
    houses = sorted(place for place in places if place != TOGETHER)
    if not _follows(at, houses, adds_up=code in _ADDS_UP):
        return {TOGETHER: Mark.BESIDE, **marks}
    counted = threshold(at, _FEWEST[code], is_distinct=code not in _ADDS_UP, halves=halves)
    try:
        return hide([Whole(TOGETHER, tuple(houses))], [counted], few, order=houses)
    except NothingLeftToHide:
        return {**dict.fromkeys(places, Mark.BESIDE), **marks}


def _follows(at: Mapping[str, int], houses: Sequence[str], *, adds_up: bool) -> bool:
    """Whether the total follows from the houses as the rules take for granted.

    A group can be new in a house and known in another, so fewer may be new in all than in one.
    Where nothing follows, hiding the total leaves nothing to work out.
    """
    parts = [at[house] for house in houses]
    if adds_up:
        return at[TOGETHER] == sum(parts)
    return max(parts) <= at[TOGETHER] <= sum(parts)


def _count(figure: Figure | None, halves: int) -> int:
    value = (figure and figure.value) or Fraction(0)
    return round(value * halves)


def _shown(figure: Figure, place: str, hidden: Mapping[str, Mapping[str, Mark]]) -> Figure:
    marks = hidden.get(_GOES_ALONG.get(figure.code, figure.code), {})
    mark = marks.get(place)
    if mark is None and place == TOGETHER and marks and figure.code in _HOURS_OF_FEW:
        mark = Mark.BESIDE
    if mark is None or figure.value is None:
        return figure
    # "<5" is said of people and groups; of their hours it would be a number that is not true.
    is_few = mark is Mark.FEW and figure.unit in _SAID_OF
    reason = Reason.TOO_FEW if is_few else Reason.BESIDE
    return replace(
        figure, value=None, numerator=None, denominator=None, coverage=None, reason=reason
    )
