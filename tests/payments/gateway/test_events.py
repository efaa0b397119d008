"""News is believed to be news only when the provider signed it, for us, and just now."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.payments.provider import Account, BadEvent, Event, NotSigned
from buurthuis.payments.stripe_gateway import event
from tools.stand_in.posting import signature

SECRET = "whsec_of_de_meevaart"
HOUSE = Account("de-meevaart", "sk_test_1", SECRET, False, "https://api.stripe.com", ())
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NEWS: dict[str, Any] = {
    "object": "event",
    "id": "evt_1",
    "type": "checkout.session.completed",
    "livemode": False,
    "data": {"object": {"id": "cs_test_1", "payment_intent": "pi_1"}},
}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=5,
)


def heard(body: bytes, *, signed_at: datetime = NOW, account: Account = HOUSE) -> Event:
    """What we make of a body that was signed."""
    header = signature(body, account.secret, int(signed_at.timestamp()))
    return event(account, body, header, NOW)


def said(**more: Any) -> bytes:
    """The news, with something else in it."""
    return json.dumps({**NEWS, **more}).encode()


def test_signed_news_says_what_it_is_about():
    assert heard(said()) == Event("evt_1", "checkout.session.completed", "cs_test_1", "pi_1")


def test_news_about_something_without_a_name_is_news():
    assert heard(said(data={"object": {"amount": 1}})).object_id == ""


def test_news_of_another_sender_is_refused():
    body = said()

    with pytest.raises(NotSigned):
        event(HOUSE, body, signature(body, "whsec_of_dirk", int(NOW.timestamp())), NOW)


def test_news_that_was_changed_on_the_way_is_refused():
    header = signature(said(), SECRET, int(NOW.timestamp()))

    with pytest.raises(NotSigned):
        event(HOUSE, said(id="evt_2"), header, NOW)


@pytest.mark.parametrize("sign", [1, -1])
def test_news_of_another_time_is_refused(sign):
    assert heard(said(), signed_at=NOW + sign * timedelta(seconds=300))
    with pytest.raises(NotSigned):
        heard(said(), signed_at=NOW + sign * timedelta(seconds=301))


def test_a_moment_before_the_signed_one_does_not_count():
    body = said()
    late = signature(body, SECRET, int((NOW - timedelta(days=1)).timestamp()))

    for header in (f"t={int(NOW.timestamp())},{late}", f"{late},t={int(NOW.timestamp())}"):
        with pytest.raises(NotSigned):
            event(HOUSE, body, header, NOW)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "v1=aa",
        "t=1",
        "t=,v1=aa",
        "t=x,v1=aa",
        "t=" + "9" * 5000 + ",v1=aa",
        "t=1772442000,v0=aa",
        "t=1772442000,v1=",
        "t=1772442000,v1=é",
        "t=1772442000,v1=\ud800",
        "t",
        ",,,",
        "\0",
    ],
)
def test_a_signature_that_is_none_is_refused(header):
    with pytest.raises(NotSigned):
        event(HOUSE, said(), header, NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00",
        said() + b"\xff",
        b"not json",
        b"{",
        b"[]",
        b"null",
        b'"event"',
        b"7",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"1" * 5000,
        b"{}",
        said(object="v2.core.event"),
        said(object="customer"),
        said(id=None),
        said(id=""),
        said(id=7),
        said(id="evt\0"),
        said(id="e" * 121),
        said(id="\ud800"),
        said(type=None),
        said(type="t" * 81),
        said(type="Checkout now"),
        said(livemode=True),
        said(livemode=None),
        said(livemode=0),
        said(data=None),
        said(data=[]),
        said(data={"object": "cs_test_1"}),
        said(more="x" * 256 * 1024),
    ],
)
def test_a_signed_body_that_is_no_event_is_refused(body):
    with pytest.raises((BadEvent, NotSigned)):
        heard(body)


def test_an_event_for_real_money_belongs_to_a_real_account():
    real = Account("de-meevaart", "sk_live_1", SECRET, True, "https://api.stripe.com", ())

    assert heard(said(livemode=True), account=real).id == "evt_1"
    with pytest.raises(BadEvent):
        heard(said(), account=real)


@given(st.binary(max_size=200))
def test_whatever_is_signed_is_an_event_or_refused(body):
    try:
        heard(body)
    except (BadEvent, NotSigned):
        return
    raise AssertionError("This was no event.")


@given(
    st.fixed_dictionaries(
        {}, optional={name: st.just(value) | anything for name, value in NEWS.items()}
    )
    | anything
)
def test_whatever_is_signed_as_json_is_an_event_or_refused(content):
    try:
        found = heard(json.dumps(content).encode())
    except (BadEvent, NotSigned):
        return
    assert found.id == content["id"]


@given(st.text(max_size=100), st.binary(max_size=100))
def test_whatever_stands_as_a_signature_is_refused(header, body):
    with pytest.raises((BadEvent, NotSigned)):
        event(HOUSE, body, header, NOW)
