"""Criteria: what a house asks of a group before it gives it a standing, and which standing fits.

A house states on its rate card what each standing asks. A group answers a few questions, and is
told at once which standing fits. That is no decision: a person decides, who may see it otherwise.
Worked examples: docs/rules/standing.md.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from buurthuis.rules.money import BasisPoints
from buurthuis.rules.standing import StandingCode, place_of

TIME_TO_APPEAL: Final = timedelta(days=30)
"""So long after a no or an end a group may ask that somebody else looks again."""
REMINDED_AHEAD: Final = timedelta(days=30)
"""So long before a recognition ends the group is told."""


class Criterion(StrEnum):
    """What may be asked of a group; each is met when the answer is the one in its name."""

    SOCIAL_AIM = "social_aim"
    OPEN_TO_ALL = "open_to_all"
    NO_PROFIT = "no_profit"
    FROM_NEIGHBOURHOOD = "from_neighbourhood"
    NO_PAID_WORKER = "no_paid_worker"


@dataclass(frozen=True, slots=True)
class Offered:
    """A standing as a house offers it: what it asks, and what part of the list price it pays.

    One that asks nothing is given by the house alone; nobody can answer their way into it.
    """

    code: StandingCode
    percentage_bp: BasisPoints
    asks: frozenset[Criterion] = field(default_factory=frozenset)


def fitting(offers: Iterable[Offered], met: Collection[Criterion]) -> StandingCode | None:
    """The cheapest standing of which a group meets all that it asks; None when none fits.

    Of two that cost the same it is the one that asks more, and then the one named first.
    """
    fit = [each for each in offers if each.asks and each.asks <= set(met)]
    if not fit:
        return None
    return min(
        fit, key=lambda each: (each.percentage_bp, -len(each.asks), place_of(each.code))
    ).code


def lacking(offer: Offered, met: Collection[Criterion]) -> list[Criterion]:
    """What a group does not meet of what a standing asks, in the order in which it is asked."""
    return [each for each in Criterion if each in offer.asks and each not in met]


def may_appeal(ended_on: date, today: date) -> bool:
    """Whether an appeal against what was decided on a day is still in time, that last day included.

    >>> may_appeal(date(2026, 3, 1), date(2026, 3, 31)), may_appeal(date(2026, 3, 1), date(2026, 4, 1))
    (True, False)
    """
    return today <= last_day_to_appeal(ended_on)


def last_day_to_appeal(ended_on: date) -> date:
    """The last day on which one may appeal against what was decided on a day."""
    return ended_on + TIME_TO_APPEAL
