"""What the stand-in answers to programs: the part of the provider's interface that houses use."""

import hashlib
import json
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, current_app, request

from tools.stand_in.modes import GARBAGE, Mode
from tools.stand_in.parameters import NotAName, nested
from tools.stand_in.sessions import open_session
from tools.stand_in.till import Refusal, Thing, Till, told

blueprint = Blueprint("api", __name__, url_prefix="/v1")

MISMATCH = {
    "type": "idempotency_error",
    "message": "Keys for idempotent requests can only be used with the same parameters they were "
    "first used with.",
}


def till() -> Till:
    """The till of this stand-in."""
    found: Till = current_app.config["TILL"]
    return found


def _answer(work: Callable[[str, dict[str, Any]], Thing]) -> Response:
    """Do what is asked in the mood of the moment; the same key with the same question does it once."""
    try:
        asked = nested((*request.args.items(multi=True), *request.form.items(multi=True)))
    except NotAName as error:
        return _json({"error": {"type": "invalid_request_error", "message": str(error)}}, 400)
    current_app.config["CALLS"].append((request.method, request.path, asked))
    mode = till().mood.take()
    if mode is Mode.HANG_UP:
        return _hang_up()
    if mode is Mode.ERROR:
        return _json({"error": {"type": "api_error", "message": "Something went wrong."}}, 500)
    if mode is Mode.BUSY:
        said = {"type": "invalid_request_error", "code": "rate_limit", "message": "Too many."}
        return _json({"error": said}, 429)
    if mode is Mode.GARBAGE:
        number = len(current_app.config["CALLS"]) % len(GARBAGE)
        kind, nonsense = GARBAGE[number]
        return Response(nonsense, content_type=kind)
    body, status = _done(work, asked)
    if mode is Mode.SLOW:
        current_app.config["WAKE"].wait(till().mood.seconds)
    return _hang_up() if mode is Mode.LOST else _json(body, status)


def _done(work: Callable[[str, dict[str, Any]], Thing], asked: Thing) -> tuple[Thing, int]:
    account = _account()
    if account is None:
        said = {"type": "invalid_request_error", "message": "Invalid API Key provided."}
        return {"error": said}, 401
    given = request.headers.get("Idempotency-Key") if request.method == "POST" else None
    key = f"{account} {given}"
    text = f"{request.method} {request.path} {json.dumps(asked, sort_keys=True)}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    with till().lock:
        known = till().answers.get(key) if given else None
        if known is not None:
            return (known["body"], 200) if known["digest"] == digest else ({"error": MISMATCH}, 400)
        try:
            body = told(work(account, asked))
        except Refusal as refusal:
            return {"error": refusal.error}, refusal.status
        if given:
            till().answers[key] = {"body": json.loads(json.dumps(body)), "digest": digest}
        if request.method == "POST":
            till().keep()
    return body, 200


def _account() -> str | None:
    """The key, which here is the account as well; the library sends it as a bearer."""
    word, _space, key = request.headers.get("Authorization", "").partition(" ")
    is_key = word == "Bearer" and key.startswith(("sk_", "rk_"))
    return key if is_key else None


def _json(body: Thing, status: int = 200) -> Response:
    answer = Response(json.dumps(body), status=status, content_type="application/json")
    answer.headers["Request-Id"] = f"req_{time.time_ns()}"
    if status >= 500:
        answer.headers["Stripe-Should-Retry"] = "true"
    return answer


def _hang_up() -> Response:
    """Put the receiver down in the middle of the talk."""
    with suppress(OSError):
        request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    return Response(b"", status=500)


@blueprint.post("/checkout/sessions")
def create_session() -> Response:
    base = request.host_url.rstrip("/")
    return _answer(lambda account, asked: open_session(till(), account, asked, base))


@blueprint.get("/checkout/sessions/<id>")
def show_session(id: str) -> Response:
    return _answer(lambda account, _asked: till().find("sessions", id, account))


@blueprint.post("/checkout/sessions/<id>/expire")
def expire_session(id: str) -> Response:
    return _answer(
        lambda account, _asked: till().expire(till().find("sessions", id, account)["id"])
    )


@blueprint.get("/payment_intents/<id>")
def show_intent(id: str) -> Response:
    def find(account: str, asked: Thing) -> Thing:
        intent = till().find("intents", id, account)
        if "latest_charge" in asked.get("expand", []) and intent["latest_charge"]:
            return intent | {"latest_charge": told(till().charges[intent["latest_charge"]])}
        return intent

    return _answer(find)


@blueprint.post("/refunds")
def create_refund() -> Response:
    return _answer(_refund)


def _refund(account: str, asked: Thing) -> Thing:
    intent = till().find("intents", str(asked.get("payment_intent")), account)
    if intent["status"] != "succeeded":
        raise Refusal(f"This PaymentIntent ({intent['id']}) has no successful charge to refund.")
    charge = till().charges[intent["latest_charge"]]
    free = charge["amount_captured"] - charge["amount_refunded"]
    text = str(asked.get("amount", free))
    if not text.isdecimal() or int(text) < 1:
        raise Refusal("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if free == 0:
        raise Refusal("The charge has already been refunded.", code="charge_already_refunded")
    if int(text) > free:
        raise Refusal("Refund amount is greater than unrefunded amount on charge", param="amount")
    return till().give_back(intent, int(text), asked.get("metadata", {}))


@blueprint.get("/refunds")
def list_refunds() -> Response:
    def find(account: str, asked: Thing) -> Thing:
        intent = till().find("intents", str(asked.get("payment_intent")), account)
        own = [told(each) for each in till().refunds.values()]
        found = [each for each in own if each["payment_intent"] == intent["id"]]
        return {"object": "list", "data": found[::-1], "has_more": False, "url": "/v1/refunds"}

    return _answer(find)


@blueprint.get("/refunds/<id>")
def show_refund(id: str) -> Response:
    return _answer(lambda account, _asked: till().find("refunds", id, account))


@blueprint.get("/events")
def list_events() -> Response:
    def find(account: str, _asked: Thing) -> Thing:
        own = [told(each) for each in till().events.values() if each["_account"] == account]
        return {"object": "list", "data": own[::-1], "has_more": False, "url": "/v1/events"}

    return _answer(find)


@blueprint.get("/events/<id>")
def show_event(id: str) -> Response:
    return _answer(lambda account, _asked: till().find("events", id, account))
