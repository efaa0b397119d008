"""An account at a stand-in; no database is needed to ask a provider."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from buurthuis.payments import stripe_gateway
from buurthuis.payments.provider import Account, Session
from tests.payments.provider import KEY, SECRET, Provider, a_provider, paid_online


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider that listens on this machine."""
    with a_provider(rest=0.01) as found:
        yield found


@pytest.fixture
def account(provider) -> Account:
    """The account of De Meevaart there."""
    return Account("de-meevaart", KEY, SECRET, False, provider.url, (provider.url,))


@pytest.fixture
def wish() -> dict[str, Any]:
    """What is asked of the provider for two rooms and a deposit."""
    return {
        "mark": "attempt-1",
        "lines": [("Grote zaal, 2 maart", 3750), ("Borg", 5000)],
        "currency": "eur",
        "locale": "nl",
        "metadata": {"house": "de-meevaart", "checkout": "1"},
        "closes_at": datetime.now(UTC) + timedelta(minutes=31),
        "success_url": "http://localhost/pay/1/back?s={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://localhost/pay/1/back",
        "email": "bram@buren.example",
    }


@pytest.fixture
def a_page(account, wish) -> Callable[..., Session]:
    """A function that asks for a page to pay."""

    def ask(**more: Any) -> Session:
        return stripe_gateway.create_session(account, **{**wish, **more})

    return ask


@pytest.fixture
def provider_of_all(app, provider) -> Iterator[Provider]:
    """A provider where all houses of the program have their account."""
    with paid_online(app, provider):
        yield provider
