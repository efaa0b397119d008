"""What the provider says is read in one way, or not at all."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.payments.provider import Collected, ProviderDown, Refunded, Session
from buurthuis.payments.provider_reading import (
    collected_of,
    place_to_pay,
    refunded_of,
    session_of,
)
from buurthuis.payments.refunds.models import RefundState
from buurthuis.rules.paying.checkout import Theirs

PAGE = {
    "object": "checkout.session",
    "id": "cs_test_1",
    "url": "https://checkout.stripe.com/c/pay/cs_test_1",
    "status": "open",
    "payment_status": "unpaid",
    "amount_total": 3750,
    "currency": "eur",
    "livemode": False,
    "payment_intent": None,
}
REFUND = {"object": "refund", "id": "re_1", "amount": 100, "status": "succeeded"}
CHARGE = {"paid": True, "amount_captured": 3750, "amount_refunded": 100}
INTENT = {"object": "payment_intent", "id": "pi_1", "latest_charge": CHARGE}

STATES = [
    ("open", "unpaid", None, Theirs.OPEN),
    ("expired", "unpaid", None, Theirs.EXPIRED),
    ("complete", "paid", None, Theirs.PAID),
    ("complete", "no_payment_required", None, Theirs.PAID),
    ("complete", "unpaid", None, Theirs.PENDING),
    ("complete", "unpaid", "processing", Theirs.PENDING),
    ("complete", "unpaid", "requires_action", Theirs.PENDING),
    ("complete", "unpaid", "requires_payment_method", Theirs.FAILED),
    ("complete", "unpaid", "canceled", Theirs.FAILED),
]

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=5,
)


def changed(said: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The same with some values that are anything, and some missing."""
    return st.fixed_dictionaries(
        {}, optional={name: st.just(value) | anything for name, value in said.items()}
    )


@pytest.mark.parametrize(("status", "payment", "money", "state"), STATES)
def test_how_a_page_stands_follows_from_what_it_says(status, payment, money, state):
    said = {**PAGE, "status": status, "payment_status": payment}

    assert session_of(said, intent={"status": money} if money else None).state is state


@pytest.mark.parametrize(
    "odd",
    [
        {"object": "customer"},
        {"id": None},
        {"id": ""},
        {"id": "cs 1"},
        {"id": "c" * 121},
        {"status": "sleeping"},
        {"status": None},
        {"status": ["open"]},
        {"payment_status": {"paid": True}},
        {"payment_status": "perhaps"},
        {"amount_total": None},
        {"amount_total": "3750"},
        {"amount_total": 37.5},
        {"amount_total": True},
        {"amount_total": -1},
        {"currency": "euros"},
        {"livemode": None},
        {"livemode": "yes"},
        {"url": "https://checkout.stripe.com/" + "x" * 2000},
        {"url": "https://checkout.stripe.com/\0"},
        {"url": 7},
    ],
)
def test_half_an_answer_is_none(odd):
    with pytest.raises(ProviderDown):
        session_of({**PAGE, **odd})


def test_the_money_is_known_whether_it_comes_along_or_is_named():
    assert session_of({**PAGE, "payment_intent": "pi_1"}).intent_id == "pi_1"
    assert session_of({**PAGE, "payment_intent": {"id": "pi_1"}}).intent_id == "pi_1"
    assert session_of(PAGE).intent_id is None


@pytest.mark.parametrize(
    ("status", "state", "error"),
    [
        ("succeeded", RefundState.DONE, ""),
        ("pending", RefundState.PENDING, ""),
        ("requires_action", RefundState.PENDING, ""),
        ("failed", RefundState.FAILED, ""),
        ("canceled", RefundState.FAILED, "canceled"),
    ],
)
def test_how_money_that_goes_back_stands(status, state, error):
    assert refunded_of({**REFUND, "status": status}) == Refunded("re_1", state, 100, error)


def test_why_money_did_not_go_back_is_told():
    said = {**REFUND, "status": "failed", "failure_reason": "lost_or_stolen_card"}

    assert refunded_of(said).error == "lost_or_stolen_card"


def test_what_came_in_and_what_went_back():
    assert collected_of(INTENT) == Collected(3750, 100)
    assert collected_of({**INTENT, "latest_charge": None}) == Collected(0, 0)
    assert collected_of({**INTENT, "latest_charge": {**CHARGE, "paid": False}}).cents == 0


@pytest.mark.parametrize("odd", [{"object": "x"}, {"latest_charge": "ch_1"}, {"latest_charge": {}}])
def test_a_payment_that_does_not_say_what_came_in_is_no_answer(odd):
    with pytest.raises(ProviderDown):
        collected_of({**INTENT, **odd})


@pytest.mark.parametrize(
    "url",
    [
        "https://checkout.stripe.com.example/pay",
        "http://checkout.stripe.com/pay",
        "https://user@checkout.stripe.com/pay",
        "javascript:alert(1)",
        "//checkout.stripe.com/pay",
        "https://[checkout",
        "",
    ],
)
def test_a_page_elsewhere_is_never_opened(url):
    page = session_of({**PAGE, "url": url})

    with pytest.raises(ProviderDown):
        place_to_pay(page, ("https://checkout.stripe.com",))


@pytest.mark.parametrize("status", ["expired", "complete"])
def test_nobody_is_sent_to_a_strange_place_by_a_page_that_is_over(status):
    page = session_of({**PAGE, "status": status, "url": "https://elders.example/"})

    with pytest.raises(ProviderDown):
        place_to_pay(page, ("https://checkout.stripe.com",))


def test_a_page_that_is_over_needs_no_place():
    page = session_of({**PAGE, "status": "expired", "url": None})

    assert place_to_pay(page, ("https://checkout.stripe.com",)) == page


@given(changed(PAGE), changed({"status": "processing"}))
def test_whatever_is_said_is_a_page_or_no_answer(said, money):
    try:
        found = session_of(said, intent=money)
    except ProviderDown:
        return
    assert isinstance(found, Session)
    assert found.cents >= 0


@given(changed(REFUND), changed(INTENT), changed(CHARGE))
def test_whatever_is_said_is_money_or_no_answer(refund, intent, charge):
    for read, said in (
        (refunded_of, refund),
        (collected_of, intent),
        (collected_of, {**INTENT, "latest_charge": charge}),
    ):
        try:
            assert read(said).cents >= 0  # type: ignore[operator]
        except ProviderDown:
            continue
