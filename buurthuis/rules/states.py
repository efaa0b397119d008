"""The states of a booking, and the verbs that lead from one to the next.

A booking starts as `requested` (the house still has to answer), `held` (kept for a payment or an
offer, with an expiry) or `confirmed`. From there it only goes forward. A hold that is accepted is
confirmed, or a request where the house still has to answer, and never a hold again; a confirmed
booking is never a request again. A change of a confirmed booking that
needs approval is a request beside it, so it has no place here.

One thing comes back: a place that was let go because it was not paid for in time, and then was paid
for after all while nobody else had taken it.
"""

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """Where a booking stands; the words are public."""

    REQUESTED = "requested"
    HELD = "held"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NO_SHOW = "no_show"

    @property
    def is_live(self) -> bool:
        """Whether the booking still stands, and so may occupy its room."""
        return self in LIVE

    @property
    def is_final(self) -> bool:
        """Whether the booking stands no more."""
        return self in FINAL


class Verb(StrEnum):
    """What can be done to a booking."""

    APPROVE = "approve"
    REFUSE = "refuse"
    CONFIRM = "confirm"
    ACCEPT = "accept"
    CANCEL = "cancel"
    EXPIRE = "expire"
    TAKE_AGAIN = "take_again"
    NO_SHOW = "no_show"


LIVE: Final = frozenset({Status.REQUESTED, Status.HELD, Status.CONFIRMED})
FINAL: Final = frozenset(Status) - LIVE

_NEXT: Final = {
    (Status.REQUESTED, Verb.APPROVE): Status.CONFIRMED,
    (Status.REQUESTED, Verb.REFUSE): Status.REFUSED,
    (Status.REQUESTED, Verb.CANCEL): Status.CANCELLED,
    (Status.REQUESTED, Verb.EXPIRE): Status.EXPIRED,
    (Status.HELD, Verb.CONFIRM): Status.CONFIRMED,
    (Status.HELD, Verb.ACCEPT): Status.REQUESTED,
    (Status.HELD, Verb.CANCEL): Status.CANCELLED,
    (Status.HELD, Verb.EXPIRE): Status.EXPIRED,
    (Status.EXPIRED, Verb.TAKE_AGAIN): Status.CONFIRMED,
    (Status.CONFIRMED, Verb.CANCEL): Status.CANCELLED,
    (Status.CONFIRMED, Verb.NO_SHOW): Status.NO_SHOW,
}


class WrongState(Exception):
    """The verb does not fit the state in which the booking is."""

    def __init__(self, status: Status, verb: Verb) -> None:
        super().__init__(f"A booking that is {status} has no way to {verb}.")
        self.status = status
        self.verb = verb


def next_status(status: Status, verb: Verb) -> Status:
    """The state to which a verb brings a booking.

    Raises:
        WrongState: the verb does not fit this state.
    """
    try:
        return _NEXT[status, verb]
    except KeyError:
        raise WrongState(status, verb) from None


def verbs_for(status: Status) -> frozenset[Verb]:
    """The verbs that fit a state."""
    return frozenset(verb for at, verb in _NEXT if at is status)
