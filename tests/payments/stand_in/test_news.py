"""News reaches the houses signed, again when nobody takes it, and on bad days twice or out of order."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from buurthuis.payments.provider import Account
from buurthuis.payments.stripe_gateway import create_session, event
from tests.payments.gateway.conftest import wish as wish
from tests.payments.provider import KEY, SECRET, Provider, a_provider


class House:
    """A house that takes news: `heard` is what came, and where; it is deaf for so many times."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.deaf = 0
        house = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                is_deaf, house.deaf = house.deaf > 0, house.deaf - 1
                if not is_deaf:
                    found = event(HOUSE, body, self.headers["Stripe-Signature"], now())
                    house.heard.append((self.path, found.kind))
                self.send_response(503 if is_deaf else 200)
                self.end_headers()

            def log_message(self, *_said: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server.server_port}/stripe/webhook/{{house}}"
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def kinds(self, number: int) -> list[str]:
        """What came, once so much did."""
        until = time.monotonic() + 10
        while len(self.heard) < number and time.monotonic() < until:
            time.sleep(0.01)
        return [kind for _where, kind in self.heard]


HOUSE = Account("de-meevaart", KEY, SECRET, False, "", ())
PAID = [
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
]


def now():
    """The moment itself; nothing stands still between two machines."""
    return datetime.now(UTC)


@pytest.fixture
def house() -> Iterator[House]:
    found = House()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def provider(house) -> Iterator[Provider]:
    """A provider that knows where the house is."""
    with a_provider(rest=0.01) as found:
        found.bring_news_to(house.url)
        yield found


@pytest.fixture
def a_page(provider, wish) -> Callable[[], str]:
    """A function that asks for a page to pay."""
    account = Account("de-meevaart", KEY, SECRET, False, provider.url, (provider.url,))
    return lambda: create_session(account, **wish).id


def test_news_comes_signed_to_the_house_it_is_about(house, provider, a_page):
    provider.pay(a_page())

    assert house.kinds(3) == PAID
    assert {where for where, _kind in house.heard} == {"/stripe/webhook/de-meevaart"}


def test_news_of_what_goes_back_finds_the_same_house(house, provider, a_page):
    session = provider.pay(a_page())
    provider.till.give_back(provider.till.intents[session["payment_intent"]], 100, {})

    assert house.kinds(5)[3:] == ["refund.created", "charge.refunded"]
    assert {where for where, _kind in house.heard} == {"/stripe/webhook/de-meevaart"}


def test_news_that_nobody_took_is_brought_again(house, provider, a_page):
    house.deaf = 3
    provider.pay(a_page())

    assert sorted(house.kinds(3)) == sorted(PAID)


def test_news_may_come_twice(house, provider, a_page):
    provider.news("twice")
    provider.pay(a_page())

    assert sorted(house.kinds(6)) == sorted(PAID * 2)


def test_news_may_come_in_any_order_and_again(house, provider, a_page):
    provider.news("shuffled")
    provider.pay(a_page())

    found = house.kinds(4)
    assert set(found) == set(PAID)
    assert found != PAID
    assert len(found) == 4


def test_news_may_be_kept_back(house, provider, a_page):
    provider.news("withheld")
    provider.pay(a_page())
    time.sleep(0.5)
    assert house.heard == []

    provider.news("prompt")
    provider.stand_in.postman.release()

    assert house.kinds(3) == PAID


def test_a_page_closes_by_itself_and_the_house_hears_of_it(house, provider, a_page):
    provider.change(a_page(), expires_at=int(time.time()) - 1)
    provider.till.close_in_time()

    assert house.kinds(1) == ["checkout.session.expired"]


def test_what_it_knows_stays_over_a_restart(tmp_path, wish):
    file = tmp_path / "till.json"
    with a_provider(file=file) as before:
        account = Account("de-meevaart", KEY, SECRET, False, before.url, (before.url,))
        page = create_session(account, **wish)
        before.pay(page.id)

    with a_provider(file=file) as after:
        assert after.till.sessions[page.id]["payment_status"] == "paid"
        assert len(after.till.charges) == 1
        assert after.till.events.keys() == before.till.events.keys()
