"""The till of the stand-in: pages to pay, the money behind them, what went back, and the news of it."""

import json
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from threading import RLock
from typing import Any

from tools.stand_in.modes import Mood, Refunds

Thing = dict[str, Any]
"""An object as the provider tells it."""

SHELVES = ("sessions", "intents", "charges", "refunds", "events", "answers")


class Refusal(Exception):
    """What the provider answers when it will not."""

    def __init__(
        self, message: str, *, status: int = 400, code: str | None = None, param: str | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error = {"type": "invalid_request_error", "message": message}
        self.error |= {"code": code} if code else {}
        self.error |= {"param": param} if param else {}


class Till:
    """Everything the stand-in knows; one at a time changes it. A file keeps it over a restart."""

    def __init__(self, file: Path | None = None) -> None:
        self.lock = RLock()
        self.mood = Mood()
        self.tell: Callable[[Thing], None] = lambda event: None
        self._file = file
        kept: Thing = json.loads(file.read_text()) if file and file.exists() else {}
        self.shelves: dict[str, dict[str, Thing]] = {name: kept.get(name, {}) for name in SHELVES}

    def __getattr__(self, name: str) -> dict[str, Thing]:
        """The shelves by their names."""
        if name in SHELVES:
            return self.shelves[name]
        raise AttributeError(name)

    def keep(self) -> None:
        """Write everything down."""
        if self._file is not None:
            draft = self._file.with_suffix(".new")
            draft.write_text(json.dumps(self.shelves))
            draft.replace(self._file)

    def find(self, shelf: str, id: str, account: str) -> Thing:
        """Something by its id, of this account alone.

        Raises:
            Refusal
        """
        thing = self.shelves[shelf].get(id)
        if thing is None or thing["_account"] != account:
            name = shelf.rstrip("s")
            raise Refusal(f"No such {name}: '{id}'", status=404, code="resource_missing")
        self._expire_in_time(thing)
        return thing

    def add(self, shelf: str, prefix: str, account: str, thing: Thing) -> Thing:
        """Put something new on a shelf."""
        is_live = "_live_" in account
        mode = "live_" if is_live else "test_"
        id = f"{prefix}_{mode if prefix == 'cs' else ''}{secrets.token_hex(12)}"
        made = {"id": id, "created": int(time.time()), "livemode": is_live, "_account": account}
        self.shelves[shelf][id] = {**made, **thing}
        return self.shelves[shelf][id]

    def pay(self, id: str, *, arrives_later: bool = False) -> Thing:
        """Somebody pays; the money is there at once, or on its way."""
        with self.lock:
            session = self.payable(id)
            intent = self._intent_of(session)
            session |= {"status": "complete", "url": None, "payment_intent": intent["id"]}
            if arrives_later:
                intent["status"] = "processing"
                self._news("payment_intent.processing", intent)
            else:
                self._collect(session, intent)
            self._news("checkout.session.completed", session)
            self.keep()
            return session

    def arrive(self, id: str) -> Thing:
        """Money that was on its way is there."""
        with self.lock:
            session, intent = self._on_its_way(id)
            self._collect(session, intent)
            self._news("checkout.session.async_payment_succeeded", session)
            self.keep()
            return session

    def fail(self, id: str) -> Thing:
        """It does not work: money on its way does not come, or somebody is refused and may try again."""
        with self.lock:
            session = self.sessions[id]
            if session["status"] == "open":
                intent = self._intent_of(session)
                session["payment_intent"] = intent["id"]
                self._news("payment_intent.payment_failed", intent)
            else:
                session, intent = self._on_its_way(id)
                intent["status"] = "requires_payment_method"
                self._news("payment_intent.payment_failed", intent)
                self._news("checkout.session.async_payment_failed", session)
            self.keep()
            return session

    def expire(self, id: str) -> Thing:
        """A page to pay closes."""
        with self.lock:
            session = self.payable(id)
            session |= {"status": "expired", "url": None}
            self._news("checkout.session.expired", session)
            self.keep()
            return session

    def payable(self, id: str) -> Thing:
        """A page that can still be paid.

        Raises:
            Refusal
        """
        session = self.sessions[id]
        self._expire_in_time(session)
        if session["status"] != "open":
            raise Refusal(
                f'Only Checkout Sessions with a status in ["open"] can be expired or paid. '
                f"This Checkout Session has a status of {session['status']}."
            )
        return session

    def give_back(self, intent: Thing, cents: int, metadata: Thing) -> Thing:
        """Money goes back to who paid."""
        charge = self.charges[intent["latest_charge"]]
        said: Thing = {
            "object": "refund",
            "amount": cents,
            "charge": charge["id"],
            "currency": charge["currency"],
            "metadata": metadata,
            "payment_intent": intent["id"],
            "status": "succeeded" if self.mood.refunds is Refunds.AT_ONCE else "pending",
        }
        refund = self.add("refunds", "re", intent["_account"], said)
        charge["amount_refunded"] += cents
        charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
        self._news("refund.created", refund)
        self._news("charge.refunded", charge)
        if self.mood.refunds is Refunds.FAIL:
            self.end_refund(refund["id"], works=False)
        return refund

    def end_refund(self, id: str, *, works: bool) -> Thing:
        """Money that was going back arrived, or came back to us."""
        with self.lock:
            refund = self.refunds[id]
            if works:
                refund["status"] = "succeeded"
            else:
                charge = self.charges[refund["charge"]]
                charge["amount_refunded"] -= refund["amount"]
                charge["refunded"] = False
                refund |= {"status": "failed", "failure_reason": "expired_or_canceled_card"}
            self._news("refund.updated" if works else "refund.failed", refund)
            self.keep()
            return refund

    def close_in_time(self) -> None:
        """Close every page whose time is over."""
        with self.lock:
            for session in list(self.sessions.values()):
                self._expire_in_time(session)

    def _expire_in_time(self, thing: Thing) -> None:
        if thing.get("status") == "open" and time.time() >= thing.get(
            "expires_at", time.time() + 1
        ):
            thing |= {"status": "expired", "url": None}
            self._news("checkout.session.expired", thing)
            self.keep()

    def _on_its_way(self, id: str) -> tuple[Thing, Thing]:
        session = self.sessions[id]
        intent = self.intents.get(session["payment_intent"] or "", {})
        if intent.get("status") != "processing":
            raise Refusal("No money is on its way here.")
        return session, intent

    def _intent_of(self, session: Thing) -> Thing:
        known = self.intents.get(session["payment_intent"] or "")
        if known is not None:
            return known
        said = {
            "object": "payment_intent",
            "amount": session["amount_total"],
            "currency": session["currency"],
            "latest_charge": None,
            "metadata": session["_intent_metadata"],
            "status": "requires_payment_method",
        }
        return self.add("intents", "pi", session["_account"], said)

    def _collect(self, session: Thing, intent: Thing) -> None:
        said = {
            "object": "charge",
            "amount": session["amount_total"],
            "amount_captured": session["amount_total"],
            "amount_refunded": 0,
            "currency": session["currency"],
            "metadata": session["_intent_metadata"],
            "paid": True,
            "payment_intent": intent["id"],
            "refunded": False,
            "status": "succeeded",
        }
        charge = self.add("charges", "ch", session["_account"], said)
        intent |= {"status": "succeeded", "latest_charge": charge["id"]}
        session["payment_status"] = "paid"
        self._news("charge.succeeded", charge)
        self._news("payment_intent.succeeded", intent)

    def _news(self, kind: str, thing: Thing) -> None:
        about = {"object": "event", "type": kind, "data": {"object": told(thing)}}
        event = self.add("events", "evt", thing["_account"], about)
        self.tell(event)


def told(thing: Thing) -> Thing:
    """An object as others see it: without what is ours."""
    return {name: value for name, value in thing.items() if not name.startswith("_")}
