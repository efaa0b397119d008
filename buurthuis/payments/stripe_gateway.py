"""The provider of online payments: the one module that knows its library, and how it answers.

Every call is one question, asked once more where that is safe, within SECONDS in all; make it
with no transaction open. Methods of payment are never named: the provider's own configuration
says which there are.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from flask.blueprints import BlueprintSetupState

from buurthuis.payments import line
from buurthuis.payments.accounts import account_for
from buurthuis.payments.provider import (
    LARGEST_EVENT,
    Account,
    BadEvent,
    Collected,
    Event,
    NotSigned,
    ProviderDown,
    ProviderRefused,
    Refunded,
    Session,
)
from buurthuis.payments.provider_reading import (
    collected_of,
    event_of,
    place_to_pay,
    pointed,
    refunded_of,
    session_of,
    waits_for_money,
)
from buurthuis.rules.money import Cents

if TYPE_CHECKING:
    import stripe

__all__ = ["Account", "BadEvent", "Collected", "Event", "NotSigned", "ProviderDown"]
__all__ += ["ProviderRefused", "Refunded", "Session", "account_for"]

SECONDS: Final = 4.0
"""For one call, with everything that it asks."""
PAUSE_SECONDS: Final = 0.2
ENOUGH_SECONDS: Final = 1.0
"""Less than this is not worth asking again."""
TOLERANCE_SECONDS: Final = 300
"""So far the clock of an event may be from ours, to both sides."""
MAY_PASS: Final = frozenset({408, 409, 429})
"""Refusals of this moment: too slow, in each other's way, too often."""
MARK: Final = "mark"
"""Under this word what goes back carries our mark."""
LOCALES: Final = frozenset({"nl", "en"})

T = TypeVar("T")


def make_ready(state: BlueprintSetupState) -> None:
    """Read the library in before processes are made of this one, where there is an account at all."""
    if state.app.config["BUURTHUIS"].stripe.accounts:
        import stripe

        ready = stripe.StripeClient("sk_test_nobody").v1
        _ = (ready.checkout.sessions, ready.payment_intents, ready.refunds)


def create_session(
    account: Account,
    *,
    mark: str,
    lines: Sequence[tuple[str, Cents]],
    currency: str,
    locale: str,
    metadata: Mapping[str, str],
    closes_at: datetime,
    success_url: str,
    cancel_url: str,
    email: str | None = None,
) -> Session:
    """Ask for a page to pay. The same mark gives the same page, as long as all else is the same.

    Each line is a text and what it costs, more than nothing. `closes_at` is at least half an hour
    from now, or the provider refuses.

    Raises:
        ProviderDown, ProviderRefused
    """
    asked: dict[str, Any] = {
        "mode": "payment",
        "line_items": [_line_item(text, cents, currency) for text, cents in lines],
        "success_url": success_url,
        "cancel_url": cancel_url,
        "expires_at": int(closes_at.timestamp()),
        "locale": locale if locale in LOCALES else "auto",
        "client_reference_id": mark,
        "metadata": dict(metadata),
        "payment_intent_data": {"metadata": dict(metadata)},
    }
    if email:
        asked["customer_email"] = email

    def ask(client: "stripe.StripeClient") -> Session:
        options: Any = {"idempotency_key": mark}
        return session_of(_said(client.v1.checkout.sessions.create(asked, options)))  # type: ignore[arg-type]

    return place_to_pay(_call(account, ask), account.pages)


def session(account: Account, id: str) -> Session:
    """How a page to pay stands now.

    Raises:
        ProviderDown, ProviderRefused
    """
    return _call(account, partial(_look, id=id))


def expire_session(account: Account, id: str) -> Session:
    """Close a page to pay, so that nobody pays there any more; one that is over says how it ended.

    Raises:
        ProviderDown, ProviderRefused
    """

    from stripe import InvalidRequestError

    def ask(client: "stripe.StripeClient") -> Session:
        try:
            return session_of(_said(client.v1.checkout.sessions.expire(id)))
        except InvalidRequestError:
            return _look(client, id)  # Over already, or not there: then this says so.

    return _call(account, ask)


def refund(
    account: Account, *, intent_id: str, cents: Cents, mark: str, metadata: Mapping[str, str]
) -> Refunded:
    """Give so much of a payment back; the same mark gives it back once, on the same day.

    After a day the provider forgets marks: then ask `refunded_by` first.

    Raises:
        ProviderDown, ProviderRefused
    """
    said = {**metadata, MARK: mark}
    asked: Any = {"payment_intent": intent_id, "amount": cents, "metadata": said}
    options: Any = {"idempotency_key": mark}
    return _call(
        account, lambda client: refunded_of(_said(client.v1.refunds.create(asked, options)))
    )


def refund_state(account: Account, refund_id: str) -> Refunded:
    """How money that goes back stands now.

    Raises:
        ProviderDown, ProviderRefused
    """
    return _call(account, lambda client: refunded_of(_said(client.v1.refunds.retrieve(refund_id))))


def refunded_by(account: Account, intent_id: str, mark: str) -> Refunded | None:
    """What of a payment went back by this mark, however long ago that was asked; None is nothing.

    Raises:
        ProviderDown, ProviderRefused
    """
    asked: Any = {"payment_intent": intent_id, "limit": 100}

    def ask(client: "stripe.StripeClient") -> Refunded | None:
        for each in _said(client.v1.refunds.list(asked))["data"]:
            if each["metadata"].get(MARK) == mark:
                return refunded_of(each)
        return None

    return _call(account, ask)


def collected(account: Account, intent_id: str) -> Collected:
    """What the provider took with one payment, and what of it went back.

    Raises:
        ProviderDown, ProviderRefused
    """
    asked: Any = {"expand": ["latest_charge"]}
    return _call(
        account,
        lambda client: collected_of(_said(client.v1.payment_intents.retrieve(intent_id, asked))),
    )


def event(account: Account, raw: bytes, signature: str, now: datetime) -> Event:
    """The event in a body as it came, if the provider signed it, for us, and just now.

    Raises:
        NotSigned, BadEvent
    """
    from stripe import SignatureVerificationError, WebhookSignature

    if len(raw) > LARGEST_EVENT:
        raise BadEvent("It is too large.")
    if not signature.isascii():
        raise NotSigned("The signature is none.")
    try:
        WebhookSignature.verify_header(raw, signature, account.secret)
    except UnicodeDecodeError:
        raise BadEvent("This is no text.") from None
    except SignatureVerificationError:
        raise NotSigned("The signature is not of this body.") from None
    # The library reads the first moment; it was signed, so a second one changes nothing.
    said = next(part[2:] for part in signature.split(",") if part.startswith("t="))
    if abs(int(said.partition("=")[0]) - now.timestamp()) > TOLERANCE_SECONDS:
        raise NotSigned("It was signed at another time.")
    return event_of(raw, is_live=account.is_live)


def _look(client: "stripe.StripeClient", id: str) -> Session:
    said = _said(client.v1.checkout.sessions.retrieve(id))
    intent = None
    if waits_for_money(said) and (intent_id := pointed(said.get("payment_intent"))):
        intent = _said(client.v1.payment_intents.retrieve(intent_id))
    return session_of(said, intent=intent)


def _line_item(text: str, cents: Cents, currency: str) -> dict[str, Any]:
    product = {"name": text[:250]}
    price = {"currency": currency, "unit_amount": cents, "product_data": product}
    return {"quantity": 1, "price_data": price}


def _said(answer: Any) -> dict[str, Any]:
    """What an object of the library says, as plain values."""
    said = answer.to_dict(recursive=True)
    if not isinstance(said, dict):
        raise ProviderDown("This is no object.")
    return said


class _Line:
    """What the library asks through: it puts our time on each question, and never waits by itself."""

    name = "requests"

    def __init__(self, until: float) -> None:
        self.until = until

    def request_with_retries(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        post_data: object = None,
        **_settings: object,
    ) -> line.Answer:
        """Ask, and once more after an answer that says nothing, with the same key."""
        try:
            answer = line.ask(method, url, headers, post_data, self.until)
        except ProviderDown:
            if line.left(self.until) < ENOUGH_SECONDS:
                raise
        else:
            body, status, said = answer
            is_worth_it = status >= 500 or status == 409
            if not is_worth_it or said.get("Stripe-Should-Retry") == "false":
                return body, status, said
        time.sleep(PAUSE_SECONDS)
        return line.ask(method, url, headers, post_data, self.until)


def _call(account: Account, work: Callable[["stripe.StripeClient"], T]) -> T:
    """Let somebody ask the provider, and say in our own words what went wrong."""
    import stripe

    asking: Any = _Line(time.monotonic() + SECONDS)
    client = stripe.StripeClient(
        account.key, base_addresses={"api": account.base}, http_client=asking
    )
    try:
        return line.within(SECONDS, partial(work, client))
    except stripe.StripeError as error:
        raise _in_our_words(error) from None
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        # Its library expects sense: from HTML, a list or half an answer it falls over in its own way.
        raise ProviderDown(f"no sense: {type(error).__name__}") from None


def _in_our_words(error: "stripe.StripeError") -> ProviderDown | ProviderRefused:
    """A refusal is an answer that makes sense and says why; all else may be over in a moment."""
    status, said = error.http_status or 0, error.error
    if said is None or not 400 <= status < 500 or status in MAY_PASS or error.code == "rate_limit":
        return ProviderDown(f"{type(error).__name__} {status}")
    return ProviderRefused(str(error.code or said.type or status)[:60])
