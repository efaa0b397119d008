"""The provider in tests: the stand-in beside us, and what a test wants of it in one word each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from buurthuis.foundation.stripe_settings import Keys, StripeSettings
from tools.stand_in.modes import Mode, News, Refunds
from tools.stand_in.posting import Address, body_of, signature
from tools.stand_in.server import StandIn
from tools.stand_in.till import Thing

KEY, SECRET = "sk_test_of_all_houses", "whsec_of_all_houses"


class Provider:
    """A stand-in that listens, with the account of all houses."""

    def __init__(self, stand_in: StandIn) -> None:
        self.stand_in = stand_in
        self.till = stand_in.till
        self.url = stand_in.url

    @property
    def calls(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Every question so far: its method, its path, what was asked."""
        return self.stand_in.calls

    @property
    def events(self) -> list[Thing]:
        """Every event so far, the oldest first."""
        return list(self.till.events.values())

    @property
    def sessions(self) -> list[Thing]:
        """Every page to pay so far, the oldest first."""
        return list(self.till.sessions.values())

    def mode(self, mode: str, *, calls: int | None = None, seconds: float = 20) -> None:
        """Behave like this from now on, or for so many questions: see `tools.stand_in.modes.Mode`."""
        self.till.mood.mode = Mode(mode)
        self.till.mood.calls_left, self.till.mood.seconds = calls, seconds

    def news(self, news: str) -> None:
        """Treat events like this from now on: prompt, twice, shuffled or withheld."""
        self.till.mood.news = News(news)

    def refunds(self, refunds: str) -> None:
        """Treat money that is to go back like this from now on: at_once, later or fail."""
        self.till.mood.refunds = Refunds(refunds)

    def pay(self, session_id: str) -> Thing:
        """Somebody pays, and the money is there."""
        return self.till.pay(session_id)

    def pend(self, session_id: str) -> Thing:
        """Somebody pays, and the money is on its way."""
        return self.till.pay(session_id, arrives_later=True)

    def arrive(self, session_id: str) -> Thing:
        """Money that was on its way is there."""
        return self.till.arrive(session_id)

    def fail(self, session_id: str) -> Thing:
        """Money that was on its way does not come; or somebody is refused, and may try again."""
        return self.till.fail(session_id)

    def expire(self, session_id: str) -> Thing:
        """The page to pay closes by itself."""
        return self.till.expire(session_id)

    def change(self, session_id: str, **said: Any) -> None:
        """Let it tell something else of a page: another amount, currency, mode."""
        self.till.sessions[session_id].update(said)

    def settings(self) -> StripeSettings:
        """Settings of houses that have their account here."""
        return StripeSettings({"": Keys(KEY, SECRET, is_live=False)}, self.url)

    def environment(self) -> dict[str, str]:
        """The same for a program of its own."""
        return {
            "BUURTHUIS_STRIPE_KEY": KEY,
            "BUURTHUIS_STRIPE_WEBHOOK_SECRET": SECRET,
            "BUURTHUIS_STRIPE_API_BASE": self.url,
        }

    def bring_news_to(self, url: str) -> None:
        """Bring events to a server that runs; {house} in the address is the house it is about."""
        self.stand_in.postman.addresses.append(Address(url, KEY, SECRET))

    def deliver(self, client: FlaskClient, event: Thing, house: str) -> Any:
        """Bring one event to the program under test."""
        body = body_of(event)
        return client.post(
            f"/stripe/webhook/{house}",
            data=body,
            headers={"Stripe-Signature": signature(body, SECRET)},
            content_type="application/json; charset=utf-8",
        )


@contextmanager
def a_provider(**settings: Any) -> Iterator[Provider]:
    """A provider that is there until the test is done."""
    stand_in = StandIn(**settings)
    stand_in.start()
    try:
        yield Provider(stand_in)
    finally:
        stand_in.close()


@contextmanager
def paid_online(app: Flask, provider: Provider) -> Iterator[None]:
    """Let the houses of a program have their account at a provider."""
    before = app.config["BUURTHUIS"]
    app.config["BUURTHUIS"] = replace(before, stripe=provider.settings())
    try:
        yield
    finally:
        app.config["BUURTHUIS"] = before


@pytest.fixture
def provider(app: Flask) -> Iterator[Provider]:
    """A provider where the houses of the program under test have their account."""
    with a_provider(rest=0.05) as found, paid_online(app, found):
        yield found
