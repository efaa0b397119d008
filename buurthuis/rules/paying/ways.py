"""Ways to pay: which a house offers to whom, and which of them a booking of nothing needs.

A house says for each standing how its groups may pay, and for everybody else. Whoever books
chooses one of those. Paying online is only offered where the house has an account for it, and
what costs nothing needs no way at all.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Final

from buurthuis.rules.money import Cents


class Way(StrEnum):
    """How a group pays for a booking."""

    ONLINE = "online"
    INVOICE = "invoice"
    DESK = "desk"
    NONE = "none"


class Means(StrEnum):
    """What money came by."""

    ONLINE = "online"
    BANK = "bank"
    CASH = "cash"
    CARD = "card"


USUAL: Final = (Way.INVOICE, Way.DESK)
"""What a house offers that never said anything, the first being what happens by itself."""

HOLD: Final = timedelta(minutes=40)
"""How long a place is kept for who pays online: the provider closes its page after 30 minutes."""
PAGE_OPEN: Final = timedelta(minutes=31)
"""How long the page of the provider stays open: at least 30 minutes, or it refuses."""


LEAST_ONLINE: Final = 50
"""The provider takes nothing smaller, in cents."""


def by_itself(ways: Sequence[Way]) -> Way:
    """What happens where nobody chooses: the first way for which nothing has to be done now."""
    return next((way for way in ways if way is not Way.ONLINE), ways[0])


def offered(ways: Iterable[Way], *, cents: Cents, has_account: bool) -> tuple[Way, ...]:
    """The ways to pay so much, in the order of the house; only NONE for nothing.

    A house whose only way is online still gets its money on invoice where that cannot be: it has no
    account (any more), or it is less than the provider takes.
    """
    if cents <= 0:
        return (Way.NONE,)
    is_online = has_account and cents >= LEAST_ONLINE
    found = tuple(way for way in dict.fromkeys(ways) if is_online or way is not Way.ONLINE)
    return found or (Way.INVOICE,)
