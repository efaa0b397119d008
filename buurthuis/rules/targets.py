"""What a board aims at with a figure in a year, and whether a result is on its way there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from buurthuis.rules.figures.codes import Unit
from buurthuis.rules.figures.spans import year_span


@dataclass(frozen=True, slots=True)
class Aim:
    """How a figure is aimed at. What grows over a year may be behind in March and still be right."""

    unit: Unit
    grows: bool = False
    less_is_better: bool = False


AIMS: Final[Mapping[str, Aim]] = {
    "BEZOEK": Aim(Unit.VISITS, grows=True),
    "GROEP": Aim(Unit.GROUPS, grows=True),
    "NIEUW": Aim(Unit.GROUPS, grows=True),
    "BENUT": Aim(Unit.RATIO),
    "VRIJ_U": Aim(Unit.MINUTES, grows=True),
    "KORT": Aim(Unit.CENTS, grows=True),
    "DEK": Aim(Unit.RATIO),
    "GELIJK.REFUSAL": Aim(Unit.RATIO, less_is_better=True),
    "GELIJK.ANSWER_DAYS": Aim(Unit.DAYS, less_is_better=True),
    "ROOSTER": Aim(Unit.RATIO),
}
"""The figures for which a page asks a target, in this order; few, so that each is meant."""


class Verdict(StrEnum):
    """How a result stands to its target."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    BEHIND = "behind"


def verdict(code: str, value: Fraction, target: Fraction, *, passed: Fraction) -> Verdict:
    """How a result stands when `passed` of the year has passed, from 0 to 1.

    What grows is on track when it has as large a share of its target; a rate when it is there now.

    >>> verdict("BEZOEK", Fraction(500), Fraction(1200), passed=Fraction(1, 4))
    <Verdict.ON_TRACK: 'on_track'>
    >>> verdict("GELIJK.ANSWER_DAYS", Fraction(4), Fraction(3), passed=Fraction(1, 4))
    <Verdict.BEHIND: 'behind'>
    """
    aim = AIMS.get(code, Aim(Unit.COUNT))
    is_there = value <= target if aim.less_is_better else value >= target
    if is_there:
        return Verdict.REACHED if aim.grows or passed == 1 else Verdict.ON_TRACK
    is_on_its_way = aim.grows and passed < 1 and value >= target * passed
    return Verdict.ON_TRACK if is_on_its_way else Verdict.BEHIND


def passed_of(year: int, today: date) -> Fraction:
    """Which part of a year lies before today."""
    span = year_span(year)
    days = min(max((today - span.first).days, 0), span.days)
    return Fraction(days, span.days)
