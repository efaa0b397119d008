"""Asking the stand-in for a page to pay: what it takes, and what it refuses as the provider does."""

import time
from typing import Any
from urllib.parse import urlsplit

from tools.stand_in.till import Refusal, Thing, Till

LEAST_SECONDS, MOST_SECONDS = 30 * 60, 24 * 3600
LEAST_CENTS = 50
LANGUAGES = frozenset({"auto", "nl", "en", "de", "fr", "es", "it", "pl", "tr", "pt"})
KNOWN = frozenset(
    {"mode", "line_items", "success_url", "cancel_url", "expires_at", "locale", "metadata"}
    | {"client_reference_id", "payment_intent_data", "customer_email", "submit_type"}
)


def open_session(till: Till, account: str, asked: dict[str, Any], base: str) -> Thing:
    """Make a page to pay.

    Raises:
        Refusal
    """
    for name in sorted(asked.keys() - KNOWN):
        raise Refusal(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)
    if asked.get("mode") != "payment":
        raise Refusal("Invalid mode: must be payment", param="mode")
    currency, total = _total(asked.get("line_items"))
    metadata = _metadata(asked.get("metadata", {}))
    inside = asked.get("payment_intent_data") or {}
    session = till.add(
        "sessions",
        "cs",
        account,
        {
            "object": "checkout.session",
            "amount_subtotal": total,
            "amount_total": total,
            "cancel_url": _address(asked, "cancel_url"),
            "client_reference_id": asked.get("client_reference_id"),
            "currency": currency,
            "customer_email": asked.get("customer_email"),
            "expires_at": _closes(asked.get("expires_at")),
            "locale": _locale(asked.get("locale", "auto")),
            "metadata": metadata,
            "mode": "payment",
            "payment_intent": None,
            "payment_status": "unpaid",
            "status": "open",
            "success_url": _address(asked, "success_url"),
            "ui_mode": "hosted_page",
            "_intent_metadata": _metadata(inside.get("metadata", {})),
            "_lines": [line["price_data"]["product_data"]["name"] for line in asked["line_items"]],
        },
    )
    session["url"] = f"{base}/pay/{session['id']}"
    return session


def _total(lines: Any) -> tuple[str, int]:
    if not isinstance(lines, list) or not lines:
        raise Refusal("Missing required param: line_items.", code="parameter_missing")
    total, currencies = 0, set()
    for number, line in enumerate(lines):
        where = f"line_items[{number}]"
        try:
            price = line["price_data"]
            name = price["product_data"]["name"]
            cents, quantity = int(price["unit_amount"]), int(line["quantity"])
            currencies.add(price["currency"])
        except (KeyError, TypeError, ValueError):
            raise Refusal(
                "Missing or invalid price.", code="parameter_missing", param=where
            ) from None
        if not name or cents < 0 or quantity < 1:
            raise Refusal("Invalid non-negative integer", code="parameter_invalid_integer")
        total += cents * quantity
    if len(currencies) > 1 or not currencies <= {"eur"}:
        raise Refusal("Invalid currency", code="invalid_currency", param="currency")
    if total < LEAST_CENTS:
        raise Refusal(
            "The Checkout Session's total amount due must add up to at least €0.50 eur",
            code="amount_too_small",
        )
    return currencies.pop(), total


def _closes(text: Any) -> int:
    now = int(time.time())
    if text is None:
        return now + MOST_SECONDS
    if not str(text).isdecimal():
        raise Refusal("Invalid integer", code="parameter_invalid_integer", param="expires_at")
    if int(text) < now + LEAST_SECONDS:
        raise Refusal(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
            param="expires_at",
        )
    if int(text) > now + MOST_SECONDS:
        raise Refusal(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
            param="expires_at",
        )
    return int(text)


def _locale(text: str) -> str:
    if text not in LANGUAGES:
        raise Refusal(f"Invalid locale: {text}", param="locale")
    return text


def _address(asked: dict[str, Any], name: str) -> str:
    parts = urlsplit(str(asked.get(name, "")))
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise Refusal("Not a valid URL", code="url_invalid", param=name)
    return str(asked[name])


def _metadata(given: Any) -> Thing:
    if not isinstance(given, dict) or len(given) > 50:
        raise Refusal("Invalid metadata", param="metadata")
    for name, value in given.items():
        if len(name) > 40 or not isinstance(value, str) or len(value) > 500:
            raise Refusal("Metadata is too long", param=f"metadata[{name}]")
    return dict(given)
