"""What follows from how a payment stands at the provider: one pure answer, in whatever order news comes.

We never believe an event. Whoever brings one (a webhook, the return page, the worker, a person
who presses again), we ask the provider how the payment stands and put that beside what we know.
What follows depends on these two alone, and doing it twice does nothing the second time.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from buurthuis.rules.money import Cents


class State(StrEnum):
    """How an attempt to pay stands with us; it only goes from the left to the right.

    `opening`: written down, the provider was not asked yet. `open`: its page can be paid.
    `pending`: paid by a way that takes days to arrive. Then one end: `paid`, `gave_back` (paid, and
    refunded because there was nothing to have for it), `failed`, `expired`, or `flagged`: a person
    has to look.
    """

    OPENING = "opening"
    OPEN = "open"
    PENDING = "pending"
    PAID = "paid"
    GAVE_BACK = "gave_back"
    FAILED = "failed"
    EXPIRED = "expired"
    FLAGGED = "flagged"


class Theirs(StrEnum):
    """How the provider says that a payment stands."""

    OPEN = "open"
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"


class Place(StrEnum):
    """How what is paid for stands: a place kept for it, one that is certain, gone, or called off.

    `free` is a place that was let go and can still be had. An invoice is always `kept`.
    """

    KEPT = "kept"
    CERTAIN = "certain"
    FREE = "free"
    TAKEN = "taken"
    CALLED_OFF = "called_off"


class Step(StrEnum):
    """What is to be done now."""

    NOTHING = "nothing"
    WAIT = "wait"
    CONFIRM = "confirm"
    TAKE_AGAIN = "take_again"
    GIVE_BACK = "give_back"
    LET_GO = "let_go"
    FLAG = "flag"


class Flag(StrEnum):
    """Why a person has to look."""

    AMOUNT = "amount"
    CURRENCY = "currency"
    MODE = "mode"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Ours:
    """What we wrote down of an attempt before we asked the provider anything."""

    state: State
    cents: Cents
    currency: str
    is_live: bool
    holds_until: datetime | None
    """Until when the place is kept; None where there is none to keep, as for an invoice."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the provider says now."""

    state: Theirs
    cents: Cents
    currency: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state in which the attempt is from now on, and what is to be done; a flag says why."""

    state: State
    step: Step
    flag: Flag | None = None
