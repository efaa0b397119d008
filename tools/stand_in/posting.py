"""Carrying news to the houses: signed, again when nobody takes it, and on bad days twice or out of order."""

import hashlib
import hmac
import json
import random
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Event as Bell
from threading import Thread

from tools.stand_in.modes import News
from tools.stand_in.till import Thing, Till, told

TURNS = 8
"""So often one event is brought, each time after a longer rest."""
GATHER_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Address:
    """Where the news of an account goes; {house} is what the page to pay says about itself."""

    url: str
    key: str
    secret: str


def body_of(event: Thing) -> bytes:
    """An event as it travels."""
    return json.dumps(told(event)).encode()


def signature(body: bytes, secret: str, moment: int | None = None) -> str:
    """What stands in the header `Stripe-Signature`."""
    moment = int(time.time()) if moment is None else moment
    text = f"{moment}.".encode() + body
    return f"t={moment},v1={hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()}"


class Postman:
    """Brings each event to the addresses of its account, beside everything else."""

    def __init__(self, till: Till, addresses: Sequence[Address], *, rest: float = 1.0) -> None:
        self._till = till
        self.addresses = list(addresses)
        self._rest = rest
        self._bag: Queue[Thing] = Queue()
        self._kept_back: list[Thing] = []
        self._stop = Bell()
        self._random = random.Random(7)  # noqa: S311  a shuffle that can be done again
        till.tell = self._bag.put
        Thread(target=self._walk, daemon=True, name="postman").start()

    def release(self) -> None:
        """Bring what was kept back."""
        kept, self._kept_back = self._kept_back, []
        for event in kept:
            self._go(event)

    def close(self) -> None:
        """Bring nothing more."""
        self._stop.set()

    def _walk(self) -> None:
        while not self._stop.is_set():
            try:
                event = self._bag.get(timeout=0.2)
            except Empty:
                continue
            news = self._till.mood.news
            if news is News.WITHHELD:
                self._kept_back.append(event)
            elif news is News.SHUFFLED:
                self._shuffle(event)
            else:
                for _ in range(2 if news is News.TWICE else 1):
                    self._go(event)

    def _shuffle(self, first: Thing) -> None:
        self._stop.wait(GATHER_SECONDS)
        events = [first]
        while not self._bag.empty():
            events.append(self._bag.get())
        self._random.shuffle(events)
        for event in (*events, *events[: len(events) // 2]):
            self._go(event)

    def _go(self, event: Thing) -> None:
        """Bring it; where nobody takes it, a walk of its own goes again later."""
        for address in self.addresses:
            if address.key == event["_account"] and not self._bring(event, address):
                again = Thread(target=self._go_again, args=(event, address), daemon=True)
                again.start()

    def _go_again(self, event: Thing, address: Address) -> None:
        for turn in range(TURNS):
            if self._stop.wait(self._rest * 2**turn) or self._bring(event, address):
                return

    def _bring(self, event: Thing, address: Address) -> bool:
        body = body_of(event)
        house = self._house_of(event["data"]["object"])
        url = address.url.replace("{house}", house)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature(body, address.secret),
            "User-Agent": "stand-in",
        }
        asking = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310
        try:
            with urllib.request.urlopen(asking, timeout=10) as answer:  # noqa: S310
                return bool(200 <= answer.status < 300)
        except (urllib.error.URLError, OSError):
            return False

    def _house_of(self, thing: Thing) -> str:
        """The house that an event is about; what goes back may name it only where it came in."""
        intent = self._till.intents.get(thing.get("payment_intent") or "", {})
        for each in (thing, intent):
            house = (each.get("metadata") or {}).get("house")
            if house:
                return str(house)
        return "unknown"
