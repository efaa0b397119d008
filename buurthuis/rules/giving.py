"""What a house gives: how much less than its list price somebody pays for a room.

The list price is what a room costs, the same for everybody, and never what a firm pays. What is
added to the room for a party or an evening takes away from what was given. Cleaning and extras are
no part of the room: whoever pays for coffee did not get less.
"""

from collections.abc import Iterable
from typing import Final

from buurthuis.rules.money import Cents
from buurthuis.rules.quotes import LIST, LineKind

BESIDE_THE_ROOM: Final = frozenset({LineKind.CLEANING, LineKind.EXTRA})


def given(lines: Iterable[tuple[str, Cents]]) -> Cents:
    """What a house gave with a price: list − charged, in cents without VAT, never below zero.

    `lines` are the kinds and amounts of the lines of a quote.

    >>> given([("hour", 10000), ("discount", -6500), ("party_surcharge", 3500), ("extra", 2500)])
    3000
    """
    of_room = [(kind, cents) for kind, cents in lines if kind not in BESIDE_THE_ROOM]
    listed = sum(cents for kind, cents in of_room if kind in LIST)
    return max(0, listed - sum(cents for _, cents in of_room))
