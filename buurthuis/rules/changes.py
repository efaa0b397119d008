"""What a change of a booking asks of the house, which price then holds, and what time it needs besides.

A change that asks nothing new of the house happens at once: other words, or less of the same time
in the same room. Everything else is asked of the house, beside the booking, which stays as it was.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from buurthuis.rules.cancellation import Due
from buurthuis.rules.money import Cents
from buurthuis.rules.periods import Period, subtract


class ChangeStatus(StrEnum):
    """Where a change that was asked for stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class PriceRule(StrEnum):
    """By which rule the price of a changed booking was found; the words are public."""

    SAME = "same"  # nothing changed that decides the price
    CARD = "card"  # what the card says that holds on the new day
    LATE = "late"  # too late to become cheaper: the old price stays
    HOUSE = "house"  # the house moves it, so it never becomes dearer


OPEN: Final = ChangeStatus.ASKED
ANSWERED: Final = frozenset({ChangeStatus.APPROVED, ChangeStatus.REFUSED})


class Piece(NamedTuple):
    """Time that a change needs besides what its booking holds: the use itself, and with buffers."""

    use: Period
    wanted: Period


def is_shorter(old: Period, new: Period, *, same_room: bool) -> bool:
    """Whether a change only gives time back, or keeps it all."""
    return same_room and old.contains(new)


def price_rule(old: Cents, new: Cents, *, due: Due) -> PriceRule:
    """Which price holds when a booker changes what decides it.

    `old` is the frozen total and `new` what the card says now, both in cents with VAT; `due` is what
    cancelling would mean now. When that would be late, a change never makes a booking cheaper: the
    time that is given back comes too late for others.
    """
    return PriceRule.LATE if due.is_late and new < old else PriceRule.CARD


def price_rule_of_house(old: Cents, new: Cents) -> PriceRule:
    """Which price holds when the house itself moves a booking away: never a higher one."""
    return PriceRule.HOUSE if new > old else PriceRule.CARD


def keeps_old_price(rule: PriceRule) -> bool:
    """Whether the booker pays what was frozen before."""
    return rule is not PriceRule.CARD


def time_besides(use: Period, wanted: Period, own: Iterable[Period]) -> list[Piece]:
    """What a change needs in one space that its booking does not use already.

    `wanted` is the use with its buffers, `own` the time that the booking uses there. Where a piece
    touches the booking it needs no buffer: one does not hand over to oneself.
    """
    return [
        Piece(
            piece,
            Period(
                wanted.start if piece.start == use.start else piece.start,
                wanted.end if piece.end == use.end else piece.end,
            ),
        )
        for piece in subtract([use], own)
    ]


def can_be_taken_back(
    status: ChangeStatus, *, leaves_at: datetime | None, expires_at: datetime, now: datetime
) -> bool:
    """Whether nobody has heard this answer to a change yet, and it could still be given again.

    `leaves_at` is when its letter leaves, None when that went at once; `expires_at` is until when a
    house can say yes.
    """
    return status in ANSWERED and leaves_at is not None and now < min(leaves_at, expires_at)


def expires_at(old: Period, new: Period) -> datetime:
    """Until when a house can say yes to a change: until the first of both times begins."""
    return min(old.start, new.start)
