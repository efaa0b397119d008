"""The provider brings news: kept once, never believed, and every body that is no event changes nothing."""

import json

import pytest
import time_machine
from sqlalchemy import select

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.payments.checkout import upkeep
from buurthuis.payments.checkout.inbox import LEASE
from buurthuis.payments.checkout.models import StripeEvent
from buurthuis.payments.provider import LARGEST_EVENT
from buurthuis.rules.states import Status
from tests.payments.checkout.paying import a_hall, a_kept_place, begun, letters
from tests.payments.provider import SECRET
from tools.stand_in.posting import signature

WHERE = "/stripe/webhook/meevaart"


def kept() -> list[StripeEvent]:
    """The events in the inbox."""
    return list(db.session.scalars(select(StripeEvent)))


def sent(client, body: bytes, *, signed: str | None = None, **facts):
    """Bring a body to the house, signed for it unless something else is said."""
    headers = {"Stripe-Signature": signature(body, SECRET) if signed is None else signed}
    return client.post(
        WHERE, data=body, headers=headers, **{"content_type": "application/json", **facts}
    )


def an_event(**said) -> bytes:
    """An event about nothing we know."""
    event = {
        "id": "evt_1",
        "object": "event",
        "type": "checkout.session.completed",
        "livemode": False,
        "data": {"object": {"id": "cs_unknown", "object": "checkout.session"}},
    }
    return json.dumps(event | said).encode()


def test_news_of_a_payment_makes_a_place_certain(app, provider, client):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pay(attempt.session_id)

    answer = provider.deliver(client, provider.events[-1], "meevaart")

    db.session.refresh(booking)
    assert answer.status_code == 200
    assert booking.status == Status.CONFIRMED
    assert [each.done_at for each in kept()] == [clock.now()]


def test_the_same_news_again_is_taken_and_does_nothing(app, provider, client):
    attempt = begun(a_kept_place(a_hall()))
    provider.pay(attempt.session_id)
    provider.deliver(client, provider.events[-1], "meevaart")
    asked = len(provider.calls)

    answer = provider.deliver(client, provider.events[-1], "meevaart")

    assert answer.status_code == 200
    assert (len(kept()), len(provider.calls)) == (1, asked)
    assert letters() == ["booking_confirmed"]


def test_news_is_not_believed(app, provider, client):
    """Signed, and about our page; but when we ask, nobody paid."""
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    said = {"id": attempt.session_id, "object": "checkout.session", "payment_status": "paid"}

    assert sent(client, an_event(data={"object": said})).status_code == 200

    db.session.refresh(booking)
    assert booking.status == Status.HELD


def test_news_of_a_page_that_is_not_ours_is_kept_and_done(app, provider, client):
    a_hall()

    assert sent(client, an_event()).status_code == 200

    assert [each.done_at is None for each in kept()] == [False]


def test_news_that_comes_while_the_provider_is_down_is_done_later(app, provider, client):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pay(attempt.session_id)
    provider.mode("error")

    assert provider.deliver(client, provider.events[-1], "meevaart").status_code == 200

    [event] = kept()
    assert (event.done_at, event.error) == (None, "ProviderDown")
    provider.mode("fine")
    with time_machine.travel(clock.now() + 3 * LEASE, tick=False):
        upkeep.follow_payments()
    db.session.refresh(event)
    db.session.refresh(booking)
    assert event.done_at is not None
    assert booking.status == Status.CONFIRMED


BROKEN = {
    "nothing": b"",
    "no text": b"\xff\xfe\x00",
    "no JSON": b"{paid: yes",
    "a list": b"[]",
    "a word": b'"paid"',
    "a thin event": an_event(object="v2.core.event"),
    "no id": an_event(id=None),
    "an id that is none": an_event(id="evt 1; drop"),
    "no kind": an_event(type=7),
    "about nothing": an_event(data=[]),
    "the other mode": an_event(livemode=True),
    "deep": b"[" * 5000,
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_body_that_is_no_event_is_refused_and_changes_nothing(app, provider, client, what):
    a_hall()

    assert sent(client, BROKEN[what]).status_code == 400

    assert kept() == []


@pytest.mark.parametrize(
    "signed",
    ["", "t=1,v1=abc", "v1=", "é", "t=x,v1=y", "t=99999999999999999999,v1=" + "0" * 64],
)
def test_what_the_provider_did_not_sign_is_refused(app, provider, client, signed):
    a_hall()

    assert sent(client, an_event(), signed=signed).status_code == 400

    assert kept() == []


@pytest.mark.parametrize("seconds", [-3600, -301, 301, 3600])
def test_what_was_signed_at_another_time_is_refused(app, provider, client, seconds):
    a_hall()
    body = an_event()

    signed = signature(body, SECRET, int(clock.now().timestamp()) + seconds)

    assert sent(client, body, signed=signed).status_code == 400
    assert kept() == []


def test_a_body_that_was_changed_on_its_way_is_refused(app, provider, client):
    a_hall()
    signed = signature(an_event(), SECRET)

    assert sent(client, an_event(id="evt_2"), signed=signed).status_code == 400
    assert kept() == []


def test_a_body_that_is_too_large_is_refused_unread(app, provider, client):
    a_hall()
    body = an_event(more="x" * LARGEST_EVENT)

    assert sent(client, body).status_code == 413
    assert kept() == []


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_what_it_calls_itself_changes_nothing(app, provider, client, kind):
    a_hall()

    assert sent(client, an_event(), content_type=kind).status_code == 200
    assert len(kept()) == 1


def test_a_house_without_an_account_has_no_such_door(app, client):
    a_hall()

    assert sent(client, an_event()).status_code == 404
    assert client.post("/stripe/webhook/nowhere").status_code == 404


def test_looking_at_the_door_is_not_possible(app, provider, client):
    a_hall()

    assert client.get(WHERE).status_code == 405
