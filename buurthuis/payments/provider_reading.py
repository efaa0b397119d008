"""Reading what the provider says: an answer that is not what it should be is no answer at all."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from buurthuis.payments.provider import (
    LONGEST_ID,
    BadEvent,
    Collected,
    Event,
    ProviderDown,
    Refunded,
    Session,
)
from buurthuis.payments.refunds.models import RefundState
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.checkout import Theirs

LONGEST_ADDRESS: Final = 2000
LONGEST_KIND: Final = 80

_ID = re.compile(rf"[A-Za-z0-9_.-]{{1,{LONGEST_ID}}}")
_KIND = re.compile(rf"[a-z0-9_.]{{1,{LONGEST_KIND}}}")
_SESSIONS = {"open": Theirs.OPEN, "expired": Theirs.EXPIRED}
_PAID = frozenset({"paid", "no_payment_required"})
_MONEY_WILL_NOT_COME = frozenset({"canceled", "requires_payment_method"})
"""States of the money behind a page that was completed: what was on its way did not arrive."""
_REFUNDS = {
    "pending": RefundState.PENDING,
    "requires_action": RefundState.PENDING,
    "succeeded": RefundState.DONE,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}

Said = Mapping[str, Any]


def session_of(said: Said, *, intent: Said | None = None) -> Session:
    """A page to pay; where it was completed and not paid, the money itself says whether it will be.

    Raises:
        ProviderDown: something is missing or not what it should be.
    """
    if said.get("object") != "checkout.session":
        raise ProviderDown("This is no page to pay.")
    return Session(
        id=_id(said),
        url=_text(said.get("url"), LONGEST_ADDRESS),
        state=_state(said, intent),
        cents=_cents(said, "amount_total"),
        currency=_text(said.get("currency"), 3).lower(),
        is_live=_flag(said, "livemode"),
        intent_id=pointed(said.get("payment_intent")),
        mark=_text(said.get("client_reference_id"), 200),
    )


def waits_for_money(said: Said) -> bool:
    """The page was completed, and whether the money comes stands elsewhere."""
    payment = _word(said, "payment_status")
    return _word(said, "status") == "complete" and payment not in _PAID


def _state(said: Said, intent: Said | None) -> Theirs:
    status, payment = _word(said, "status"), _word(said, "payment_status")
    if payment in _PAID:
        return Theirs.PAID
    if payment == "unpaid" and status == "complete":
        gone = intent is not None and _word(intent, "status") in _MONEY_WILL_NOT_COME
        return Theirs.FAILED if gone else Theirs.PENDING
    if payment == "unpaid" and status in _SESSIONS:
        return _SESSIONS[status]
    raise ProviderDown("Nobody knows such a state.")


def refunded_of(said: Said) -> Refunded:
    """Money that goes back.

    Raises:
        ProviderDown
    """
    state = _REFUNDS.get(_word(said, "status"))
    if said.get("object") != "refund" or state is None:
        raise ProviderDown("This is no refund.")
    error = _text(said.get("failure_reason"), LONGEST_ID)
    if said.get("status") == "canceled":
        error = error or "canceled"
    return Refunded(_id(said), state, _cents(said, "amount"), error)


def collected_of(said: Said) -> Collected:
    """What came in with one payment, and what went back of it; its latest charge comes along.

    Raises:
        ProviderDown
    """
    if said.get("object") != "payment_intent":
        raise ProviderDown("This is no payment.")
    charge = said.get("latest_charge")
    if charge is None:
        return Collected(0, 0)
    if not isinstance(charge, Mapping):
        raise ProviderDown("The charge did not come along.")
    captured = _cents(charge, "amount_captured") if _flag(charge, "paid") else 0
    return Collected(captured, _cents(charge, "amount_refunded"))


def event_of(raw: bytes, *, is_live: bool) -> Event:
    """The event in a body that was signed.

    Raises:
        BadEvent
    """
    try:
        said = json.loads(raw.decode())
    except (ValueError, RecursionError):
        raise BadEvent("This is no JSON.") from None
    if not isinstance(said, dict) or said.get("object") != "event":  # A thin one is another object.
        raise BadEvent("This is no whole event.")
    identity, kind = _if_it_is(said.get("id"), _ID), _if_it_is(said.get("type"), _KIND)
    if not identity or not kind:
        raise BadEvent("It has no id or no type.")
    if said.get("livemode") is not is_live:
        raise BadEvent("It is of the other mode.")
    about = said.get("data")
    thing = about.get("object") if isinstance(about, dict) else None
    if not isinstance(thing, dict):
        raise BadEvent("It is about nothing.")
    object_id = _if_it_is(thing.get("id"), _ID)
    return Event(identity, kind, object_id, pointed(thing.get("payment_intent")))


def place_to_pay(found: Session, pages: Sequence[str]) -> Session:
    """A page at a site that we know; one that is over may have no address.

    Raises:
        ProviderDown: it is somewhere else; nobody is sent there, however the page stands.
    """
    is_named = bool(found.url) or found.state is Theirs.OPEN
    if is_named and not found.url.startswith(tuple(f"{each}/" for each in pages)):
        raise ProviderDown("The page to pay is at a strange place.")
    return found


def pointed(value: object) -> str | None:
    """The id of something that is named, or that came along whole."""
    identity = value.get("id") if isinstance(value, Mapping) else value
    return _if_it_is(identity, _ID) or None


def _if_it_is(value: object, form: re.Pattern[str]) -> str:
    """A text of this form; empty when it is anything else."""
    return value if isinstance(value, str) and form.fullmatch(value) else ""


def _id(said: Said) -> str:
    identity = _if_it_is(said.get("id"), _ID)
    if not identity:
        raise ProviderDown("It has no id.")
    return identity


def _text(value: object, longest: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise ProviderDown("This is no text of ours.")
    return value


def _word(said: Said, name: str) -> str:
    """A state; empty when it is not told."""
    return _text(said.get(name), LONGEST_ID)


def _cents(said: Said, name: str) -> Cents:
    value = said.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
        raise ProviderDown(f"{name} is no amount.")
    return Cents(value)


def _flag(said: Said, name: str) -> bool:
    value = said.get(name)
    if not isinstance(value, bool):
        raise ProviderDown(f"{name} is neither yes nor no.")
    return value
