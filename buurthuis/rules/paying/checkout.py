"""What follows from how a payment stands at the provider: one pure answer, in whatever order news comes.

We never believe an event. Whoever brings one (a webhook, the return page, the worker, a person
who presses again), we ask the provider how the payment stands and put that beside what we know.
What follows depends on these two alone, and doing it twice does nothing the second time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

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
    """What is to be done now.

    `wait`: the money is on its way, keep the place for it. `close`: ask the provider to take no
    money any more. `try_again`: it did not arrive after all, the place stays a little while for
    another attempt. `let_go`: nothing came, the place is free for others.
    """

    NOTHING = "nothing"
    WAIT = "wait"
    CONFIRM = "confirm"
    TAKE_AGAIN = "take_again"
    GIVE_BACK = "give_back"
    CLOSE = "close"
    TRY_AGAIN = "try_again"
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
    waits_until: datetime | None = None
    """Until when it is kept for money on its way (`waits_until`)."""


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


LIVE: Final = frozenset({State.OPENING, State.OPEN, State.PENDING})
"""Money can still come of it."""
ENDED: Final = frozenset({State.PAID, State.GAVE_BACK, State.FLAGGED})
"""Money came, and what follows was decided; a person has the last word on what is flagged."""
PATIENCE: Final = timedelta(days=7)
"""How long a place is kept for money that is on its way."""

_AS_WE_CALL_IT: Final = {
    Theirs.OPEN: State.OPEN,
    Theirs.PENDING: State.PENDING,
    Theirs.EXPIRED: State.EXPIRED,
    Theirs.FAILED: State.FAILED,
}
_ORDER: Final = (State.OPENING, *_AS_WE_CALL_IT.values())
"""What comes later in this row is never undone by older news."""


def waits_until(made_at: datetime, starts_at: datetime | None) -> datetime | None:
    """Until when a place is kept for money on its way: a week, and never after it begins."""
    return None if starts_at is None else min(made_at + PATIENCE, starts_at)


def reconcile(ours: Ours, found: Found, place: Place, now: datetime) -> Outcome:
    """What follows from how the payment stands.

    States only go forward, so old news that comes late changes nothing; and where money came once,
    that is decided once. What is paid counts whenever it came: also after we thought that nothing
    would. Then the place is taken again if it is free, or else the money goes back.
    """
    if ours.state in ENDED:
        return Outcome(ours.state, Step.NOTHING)
    if found.state is Theirs.PAID:
        return _paid(ours, found, place)
    state = max(ours.state, _AS_WE_CALL_IT[found.state], key=_ORDER.index)
    is_kept = place is Place.KEPT
    if state is State.OPEN:
        in_time = is_kept and not _is_over(ours.holds_until, now)
        return Outcome(state, Step.NOTHING if in_time else Step.CLOSE)
    if state is State.PENDING:
        is_late = is_kept and _is_over(ours.waits_until, now)
        return Outcome(state, Step.LET_GO if is_late else Step.WAIT)
    if is_kept and _is_over(ours.holds_until, now) and ours.state is not State.PENDING:
        return Outcome(state, Step.LET_GO)
    return Outcome(state, Step.TRY_AGAIN if ours.state is State.PENDING else Step.NOTHING)


def _paid(ours: Ours, found: Found, place: Place) -> Outcome:
    flag = _difference(ours, found)
    if flag is not None:
        return Outcome(State.FLAGGED, Step.FLAG, flag)
    if place is Place.KEPT:
        return Outcome(State.PAID, Step.CONFIRM)
    if place is Place.FREE:
        return Outcome(State.PAID, Step.TAKE_AGAIN)
    return Outcome(State.GAVE_BACK, Step.GIVE_BACK)


def _difference(ours: Ours, found: Found) -> Flag | None:
    """Why what was paid is not what we asked; play money comes first, for it is no money."""
    if ours.is_live != found.is_live:
        return Flag.MODE
    if ours.currency.lower() != found.currency.lower():
        return Flag.CURRENCY
    return Flag.AMOUNT if ours.cents != found.cents else None


def _is_over(until: datetime | None, now: datetime) -> bool:
    return until is not None and until <= now
