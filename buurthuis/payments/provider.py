"""What we know of the provider of online payments: accounts, what it says, and what can go wrong."""

from dataclasses import dataclass, field
from typing import Final

from buurthuis.payments.refunds.models import RefundState
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.checkout import Theirs

LARGEST_EVENT: Final = 256 * 1024
"""Bytes of an event; nothing that we ask for comes near it."""
LONGEST_ID: Final = 120


@dataclass(frozen=True, slots=True)
class Account:
    """The account in which the money of a house arrives."""

    venue_slug: str
    key: str = field(repr=False)
    secret: str = field(repr=False)
    is_live: bool
    """Real money, or an account for trying."""
    base: str
    """Where the provider, or a stand-in, is asked."""
    pages: tuple[str, ...]
    """The sites where people may be sent to pay."""


@dataclass(frozen=True, slots=True)
class Session:
    """A page to pay, as the provider says that it stands now."""

    id: str
    url: str
    """Where one pays; empty when that is over."""
    state: Theirs
    cents: Cents
    currency: str
    is_live: bool
    intent_id: str | None
    """By what the provider knows the money itself."""
    mark: str = ""
    """What we sent along when we asked for it."""


@dataclass(frozen=True, slots=True)
class Refunded:
    """Money that goes back, as the provider says that it stands now."""

    id: str
    state: RefundState
    cents: Cents
    error: str = ""
    """Why it did not work, as a code."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What the provider took for us with one payment, and what of it went back."""

    cents: Cents
    returned_cents: Cents


@dataclass(frozen=True, slots=True)
class Event:
    """News that was signed; it says about what, and we ask how that stands."""

    id: str
    kind: str
    object_id: str
    """Of the page to pay in `checkout.session.…`, of the refund in `refund.…`; may be empty."""
    intent_id: str | None
    """The money that it is about, where it says so."""


class ProviderDown(Exception):
    """No answer that makes sense came in time; nobody knows whether it was done, so ask again."""


class ProviderRefused(Exception):
    """The provider understood, and will not; asking the same again changes nothing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code: Final = code


class NotSigned(Exception):
    """This did not come from the provider, or long ago, or from the future."""


class BadEvent(Exception):
    """It was signed, and is no event that we can read."""
