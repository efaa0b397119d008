"""What an invoice still asks: its total less what settled it, and how long that has been waiting.

What settles an invoice is money that came, a credit note, or a decision to ask no more; money
that was given back settles the other way round. Below nothing, the house has to give back.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from buurthuis.rules.money import Cents


class How(StrEnum):
    """What settles a part of an invoice."""

    PAYMENT = "payment"
    CREDIT = "credit"
    REFUND = "refund"
    WRITE_OFF = "write_off"


class State(StrEnum):
    """How an invoice stands."""

    OPEN = "open"
    PART_PAID = "part_paid"
    OVERDUE = "overdue"
    SETTLED = "settled"
    TO_GIVE_BACK = "to_give_back"


AGES: Final = (0, 30, 60, 90)
"""Days after which an open item counts as older; below the first it is not due yet."""


def still_open(total: Cents, settled: Iterable[Cents]) -> Cents:
    """What is still asked; less than nothing is what the house has to give back."""
    return total - sum(settled)


def state(total: Cents, open_cents: Cents, due_on: date, today: date) -> State:
    """How an invoice of `total` stands, of which so much is open; on its due day it is not overdue."""
    if open_cents < 0:
        return State.TO_GIVE_BACK
    if not open_cents:
        return State.SETTLED
    if today > due_on:
        return State.OVERDUE
    return State.OPEN if open_cents == total else State.PART_PAID


def age(due_on: date, today: date) -> int:
    """In which of AGES an open item falls, by its place: 0 is not due yet, the last more than 90 days."""
    late = (today - due_on).days
    return sum(late > bound for bound in AGES)
