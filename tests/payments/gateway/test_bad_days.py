"""Whatever the provider does, each call is over in time and says the same: ask again later."""

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event, Thread

import pytest

from buurthuis.payments import line
from buurthuis.payments import stripe_gateway as gateway
from buurthuis.payments.provider import Account, ProviderDown
from buurthuis.rules.paying.checkout import Theirs
from tools.stand_in.modes import GARBAGE, Mode

BAD = [mode.value for mode in Mode if mode is not Mode.FINE]


@pytest.fixture
def calls(account, a_page, provider) -> dict[str, Callable[[], object]]:
    """Every call there is, of a payment that came in."""
    page = a_page()
    provider.pay(page.id)
    intent = gateway.session(account, page.id).intent_id or ""
    back = gateway.refund(account, intent_id=intent, cents=1, mark="back-1", metadata={})
    asked = {"intent_id": intent, "cents": 1, "mark": "back-2", "metadata": {}}
    return {
        "create_session": lambda: a_page(mark="attempt-2"),
        "session": lambda: gateway.session(account, page.id),
        "expire_session": lambda: gateway.expire_session(account, page.id),
        "refund": lambda: gateway.refund(account, **asked),
        "refund_state": lambda: gateway.refund_state(account, back.id),
        "refunded_by": lambda: gateway.refunded_by(account, intent, "back-1"),
        "collected": lambda: gateway.collected(account, intent),
    }


def test_whatever_it_does_each_call_says_that_it_is_down(calls, provider, monkeypatch):
    monkeypatch.setattr(gateway, "SECONDS", 0.3)
    monkeypatch.setattr(gateway, "PAUSE_SECONDS", 0.0)
    for mode in BAD:
        provider.mode(mode)
        for name, call in calls.items():
            began = time.monotonic()
            with pytest.raises(ProviderDown):
                pytest.fail(f"{name} heard {call()} from a provider that is {mode}")
            assert time.monotonic() - began < 2, f"{name} of a provider that is {mode}"


def test_nonsense_of_every_kind_is_no_answer(calls, provider):
    provider.mode("garbage")
    for name, call in calls.items():
        for _kind in GARBAGE:
            with pytest.raises(ProviderDown):
                pytest.fail(f"{name} made {call()} of nonsense")


def test_all_of_it_leaves_a_page_two_of_its_six_seconds():
    assert gateway.SECONDS <= 4


def test_one_bad_moment_goes_unnoticed(a_page, provider):
    for number, mode in enumerate(("error", "hang_up")):
        provider.mode(mode, calls=1)

        assert a_page(mark=f"attempt-{number}").state is Theirs.OPEN


def test_an_answer_that_was_lost_is_heard_the_second_time(a_page, provider):
    provider.mode("lost", calls=1)

    page = a_page()

    assert [each["id"] for each in provider.sessions] == [page.id]


def test_a_provider_that_asks_for_rest_is_not_asked_again(a_page, provider):
    provider.mode("busy")
    with pytest.raises(ProviderDown):
        a_page()

    assert len(provider.calls) == 1


class Stranger:
    """Somebody who picks up where the provider should be; `says` is what comes, piece by piece."""

    def __init__(self, says: Callable[[], Iterator[bytes]]) -> None:
        self.says = says
        self.asked = 0
        self.is_over = Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        Thread(target=self.pick_up, daemon=True).start()

    def pick_up(self) -> None:
        """Talk to everybody who calls, one after the other."""
        while not self.is_over.is_set():
            try:
                talk, _whose = self.listener.accept()
                with talk:
                    self.asked += 1
                    talk.recv(65536)
                    for piece in self.says():
                        talk.sendall(piece)
            except OSError:
                continue


@pytest.fixture
def instead(account) -> Iterator[Callable[..., tuple[Account, Stranger]]]:
    """A function that lets a stranger pick up at the address of the provider."""
    strangers: list[Stranger] = []

    def let(says: Callable[[], Iterator[bytes]]) -> tuple[Account, Stranger]:
        strangers.append(Stranger(says))
        return replace(account, base=strangers[0].url), strangers[0]

    yield let
    for each in strangers:
        each.is_over.set()
        each.listener.close()


def dripping() -> Iterator[bytes]:
    """An answer of which a little comes all the time."""
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    for _ in range(200):
        time.sleep(0.02)
        yield b" "


def dripping_heads() -> Iterator[bytes]:
    """An answer that never comes to its point."""
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(90):
        time.sleep(0.02)
        yield f"X-{number}: x\r\n".encode()


def endless() -> Iterator[bytes]:
    """An answer without an end."""
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    while True:
        yield b" " * 65536


def sent_on() -> Iterator[bytes]:
    """An answer that says where to go."""
    yield b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"


def not_again() -> Iterator[bytes]:
    """A trouble after which asking again is of no use, as the provider says itself."""
    said = b'{"error": {"type": "api_error"}}'
    head = f"HTTP/1.1 500 No\r\nStripe-Should-Retry: false\r\nContent-Length: {len(said)}\r\n\r\n"
    yield head.encode() + said


@pytest.mark.parametrize("says", [dripping, dripping_heads, endless, sent_on, not_again])
def test_a_strange_answer_is_over_in_time(instead, monkeypatch, says):
    monkeypatch.setattr(gateway, "SECONDS", 0.5)
    account, _stranger = instead(says)

    began = time.monotonic()
    with pytest.raises(ProviderDown):
        gateway.session(account, "cs_test_1")
    assert time.monotonic() - began < 3


def test_an_endless_answer_is_put_away_early(instead):
    account, _stranger = instead(endless)

    with pytest.raises(ProviderDown, match="no end"):
        line.ask("GET", account.base, {}, None, time.monotonic() + 5)


def test_where_asking_again_is_of_no_use_it_is_not_done(instead):
    account, stranger = instead(not_again)

    with pytest.raises(ProviderDown):
        gateway.session(account, "cs_test_1")

    assert stranger.asked == 1


def test_where_nobody_listens_is_soon_known(account):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        gone = replace(account, base=f"http://127.0.0.1:{nobody.getsockname()[1]}")

        with pytest.raises(ProviderDown):
            gateway.session(gone, "cs_test_1")


def test_a_name_that_is_looked_up_for_ever_takes_no_longer(account, monkeypatch):
    is_over = Event()
    monkeypatch.setattr(gateway, "SECONDS", 0.2)
    monkeypatch.setattr(line, "ask", lambda *_question: is_over.wait(10))

    began = time.monotonic()
    with pytest.raises(ProviderDown, match="too long"):
        gateway.session(account, "cs_test_1")
    assert time.monotonic() - began < 2
    is_over.set()


def test_our_key_is_never_carried_to_somewhere_else(instead, provider):
    place = f"{provider.url}/v1/checkout/sessions/cs_test_1"
    head = f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode()
    account, stranger = instead(lambda: iter([head]))

    with pytest.raises(ProviderDown):
        gateway.session(account, "cs_test_1")

    assert stranger.asked == 1
    assert provider.calls == []
