"""Asking the provider: what we say, what we hear, and what is done once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from buurthuis.payments import stripe_gateway as gateway
from buurthuis.payments.provider import Collected, ProviderDown, ProviderRefused
from buurthuis.payments.refunds.models import RefundState
from buurthuis.rules.paying.checkout import Theirs


def refusal(work, *args, **kwargs) -> str:
    """The code with which the provider will not."""
    with pytest.raises(ProviderRefused) as refused:
        work(*args, **kwargs)
    return refused.value.code


def test_a_page_to_pay_asks_our_price(a_page, provider):
    page = a_page()

    assert page.state is Theirs.OPEN
    assert (page.cents, page.currency, page.is_live) == (8750, "eur", False)
    assert page.url.startswith(f"{provider.url}/pay/")
    assert page.mark == "attempt-1"


def test_the_provider_chooses_which_methods_there_are(a_page, provider):
    a_page()

    [(_method, _path, asked)] = provider.calls
    assert not [name for name in asked if "method" in name]


def test_what_is_paid_says_for_which_house_it_is(a_page, provider):
    a_page()

    [(_method, _path, asked)] = provider.calls
    assert asked["metadata"]["house"] == "de-meevaart"
    assert asked["payment_intent_data"]["metadata"]["house"] == "de-meevaart"


@pytest.mark.parametrize(("language", "asked"), [("nl", "nl"), ("en", "en"), ("fy", "auto")])
def test_the_page_speaks_the_language_of_who_pays(a_page, provider, language, asked):
    a_page(locale=language)

    assert provider.sessions[0]["locale"] == asked


def test_asking_twice_makes_one_page(a_page, provider):
    assert a_page() == a_page()
    assert len(provider.sessions) == 1


def test_the_same_mark_for_something_else_is_refused(a_page):
    a_page()

    assert refusal(a_page, lines=[("Keuken", 1)]) == "idempotency_error"


def test_another_mark_makes_another_page(a_page):
    assert a_page().id != a_page(mark="attempt-2").id


def test_a_page_that_closes_within_half_an_hour_is_refused(a_page, wish):
    assert refusal(a_page, closes_at=wish["closes_at"] - timedelta(minutes=5))


def test_an_amount_below_half_a_euro_is_refused(a_page):
    assert refusal(a_page, lines=[("Thee", 49)]) == "amount_too_small"


def test_nobody_is_sent_to_a_strange_place(account, wish):
    elsewhere = replace(account, pages=("https://checkout.stripe.com",))

    with pytest.raises(ProviderDown, match="strange place"):
        gateway.create_session(elsewhere, **wish)


def test_a_key_that_is_not_known_is_refused(account, wish):
    assert refusal(gateway.create_session, replace(account, key="nobody"), **wish)


def test_what_is_paid_is_paid(a_page, account, provider):
    page = a_page()
    provider.pay(page.id)

    found = gateway.session(account, page.id)

    assert found.state is Theirs.PAID
    assert found.url == ""
    assert gateway.collected(account, found.intent_id) == Collected(8750, 0)


def test_money_on_its_way_is_pending_and_then_comes_or_not(a_page, account, provider):
    come, lost = a_page(), a_page(mark="attempt-2")
    provider.pend(come.id)
    provider.pend(lost.id)
    assert gateway.session(account, come.id).state is Theirs.PENDING
    assert gateway.session(account, lost.id).state is Theirs.PENDING

    provider.arrive(come.id)
    provider.fail(lost.id)

    assert gateway.session(account, come.id).state is Theirs.PAID
    assert gateway.session(account, lost.id).state is Theirs.FAILED


def test_somebody_who_was_refused_may_try_again(a_page, account, provider):
    page = a_page()
    provider.fail(page.id)

    assert gateway.session(account, page.id).state is Theirs.OPEN


def test_nothing_was_collected_before_somebody_paid(a_page, account, provider):
    page = a_page()
    provider.fail(page.id)
    intent = gateway.session(account, page.id).intent_id

    assert gateway.collected(account, intent) == Collected(0, 0)


def test_a_page_that_we_close_is_over(a_page, account):
    page = a_page()

    assert gateway.expire_session(account, page.id).state is Theirs.EXPIRED
    assert gateway.session(account, page.id).state is Theirs.EXPIRED


def test_closing_a_page_that_was_paid_says_that_it_was(a_page, account, provider):
    page = a_page()
    provider.pay(page.id)

    assert gateway.expire_session(account, page.id).state is Theirs.PAID


def test_a_page_of_another_account_is_not_ours(a_page, account):
    page = a_page()
    other = replace(account, key="sk_test_of_another_house")

    assert refusal(gateway.session, other, page.id) == "resource_missing"
    assert refusal(gateway.expire_session, other, page.id) == "resource_missing"


@pytest.fixture
def paid(a_page, account, provider) -> str:
    """Money that came in: by what the provider knows it."""
    page = a_page()
    provider.pay(page.id)
    return gateway.session(account, page.id).intent_id or ""


def test_giving_back_twice_gives_back_once(account, paid):
    asked = {"intent_id": paid, "cents": 3750, "mark": "back-1", "metadata": {"refund": "1"}}

    first = gateway.refund(account, **asked)

    assert gateway.refund(account, **asked) == first
    assert first.state is RefundState.DONE
    assert gateway.collected(account, paid) == Collected(8750, 3750)


def test_more_than_came_in_never_goes_back(account, paid):
    gateway.refund(account, intent_id=paid, cents=8000, mark="back-1", metadata={})

    assert refusal(gateway.refund, account, intent_id=paid, cents=751, mark="b2", metadata={})
    gateway.refund(account, intent_id=paid, cents=750, mark="back-3", metadata={})
    again = {"intent_id": paid, "cents": 1, "mark": "back-4", "metadata": {}}
    assert refusal(gateway.refund, account, **again) == "charge_already_refunded"


def test_what_goes_back_may_take_days_and_may_fail(account, paid, provider):
    provider.refunds("later")
    slow = gateway.refund(account, intent_id=paid, cents=100, mark="back-1", metadata={})
    bad = gateway.refund(account, intent_id=paid, cents=200, mark="back-2", metadata={})
    assert (slow.state, bad.state) == (RefundState.PENDING, RefundState.PENDING)

    provider.till.end_refund(slow.id, works=True)
    provider.till.end_refund(bad.id, works=False)

    assert gateway.refund_state(account, slow.id).state is RefundState.DONE
    failed = gateway.refund_state(account, bad.id)
    assert (failed.state, failed.error) == (RefundState.FAILED, "expired_or_canceled_card")
    assert gateway.collected(account, paid) == Collected(8750, 100)


def test_what_went_back_is_found_by_its_mark_after_the_provider_forgot_it(account, paid, provider):
    gateway.refund(account, intent_id=paid, cents=100, mark="back-1", metadata={})
    given = gateway.refund(account, intent_id=paid, cents=200, mark="back-2", metadata={})
    provider.till.answers.clear()

    assert gateway.refunded_by(account, paid, "back-2") == given
    assert gateway.refunded_by(account, paid, "back-3") is None


def test_no_key_is_ever_shown(account, a_page, provider):
    page = a_page()
    provider.mode("error")
    with pytest.raises(ProviderDown) as down:
        gateway.session(account, page.id)

    told = f"{account!r} {down.value!r} {down.value.__cause__!r} {page!r}"
    assert account.key not in told
    assert account.secret not in told
