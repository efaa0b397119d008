"""Refunds carried to the provider: once, whatever breaks on the way, and every end is told."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.payments import stripe_gateway
from buurthuis.payments.refunds import carrying, steps
from buurthuis.payments.refunds.carrying import carry, hear_of
from buurthuis.payments.refunds.models import Refund, RefundState
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.paying.ways import Means
from tests.builders import a_confirmed_booking, a_room, friday
from tests.payments.moving import gave_back, letters, paid, stands


@pytest.fixture
def booking(app):
    return a_confirmed_booking(a_room(), friday(19, 21))


@pytest.fixture
def payment(booking, provider):
    """Twenty euros that the provider really took."""
    account = stripe_gateway.account_for(booking.venue.slug)
    session = stripe_gateway.create_session(
        account,
        mark="attempt",
        lines=[("Zaal", 2000)],
        currency="eur",
        locale="nl",
        metadata={},
        closes_at=clock.now() + timedelta(minutes=31),
        success_url="http://localhost/x",
        cancel_url="http://localhost/x",
    )
    provider.pay(session.id)
    intent = stripe_gateway.session(account, session.id).intent_id
    return paid(booking, 2000, means=Means.ONLINE, intent=intent)


@pytest.fixture
def refund(payment):
    return gave_back(payment, 1250)


@pytest.fixture
def returned(provider, booking, payment):
    """How much the provider gave back of the payment."""

    def cents():
        account = stripe_gateway.account_for(booking.venue.slug)
        return stripe_gateway.collected(account, payment.checkout.intent_id).returned_cents

    return cents


def now(refund):
    return db.session.get(Refund, refund.id, populate_existing=True)


def later(**time):
    return time_machine.travel(clock.now() + timedelta(**time), tick=False)


def test_what_is_written_down_goes_back_once_and_the_group_reads_it(refund, returned):
    assert carry() == 1
    assert (now(refund).state, returned()) == (RefundState.DONE, 1250)
    assert now(refund).provider_id.startswith("re_")
    [letter] = letters("money_back")
    assert (letter.facts["cents"], letter.facts["means"]) == (1250, "online")

    with later(days=3):
        assert carry() == 0
    assert returned() == 1250


@pytest.mark.parametrize("mode", ["error", "busy", "garbage", "hang_up", "lost"])
def test_a_provider_that_does_not_answer_is_asked_again_later(provider, refund, returned, mode):
    provider.mode(mode)
    assert carry() == 0
    waits = now(refund)
    assert (waits.state, waits.error != "", waits.attempts) == (RefundState.PENDING, True, 1)
    assert carry() == 0
    assert now(refund).attempts == 1

    provider.mode("fine")
    with later(minutes=5):
        assert carry() == 1

    assert (now(refund).state, now(refund).error, returned()) == (RefundState.DONE, "", 1250)


def test_who_dies_before_storing_the_answer_gives_back_once(refund, returned, monkeypatch):
    def dies(*_answer):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(carrying, "_store", dies)
        with pytest.raises(KeyboardInterrupt):
            carry()
    assert (now(refund).state, returned()) == (RefundState.PENDING, 1250)

    with later(minutes=3):
        assert carry() == 1

    assert (now(refund).state, returned()) == (RefundState.DONE, 1250)


def test_who_dies_and_comes_back_after_days_looks_first(provider, refund, returned, monkeypatch):
    def dies(*_answer):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(carrying, "_store", dies)
        with pytest.raises(KeyboardInterrupt):
            carry()
    provider.till.answers.clear()  # By then the provider has forgotten the mark.

    with later(days=2):
        assert carry() == 1

    assert (now(refund).state, returned()) == (RefundState.DONE, 1250)


def carry_and_forget(provider, monkeypatch):
    """The provider does it, we forget what it answered, and it forgets our mark."""
    with monkeypatch.context() as patch:
        patch.setattr(carrying, "_store", lambda *_answer: False)
        carry()
    provider.till.answers.clear()


def test_what_was_found_there_after_days_is_not_taken_for_another(
    provider, payment, returned, monkeypatch
):
    first = gave_back(payment, 500)
    carry_and_forget(provider, monkeypatch)
    with later(days=2):
        assert carry() == 1
        second = gave_back(payment, 500)
        provider.mode("error")
        carry()

    provider.mode("fine")
    with later(days=4):
        assert carry() == 1
    assert (now(first).state, now(second).state) == (RefundState.DONE, RefundState.DONE)
    assert returned() == 1000


def test_what_went_by_bank_is_not_taken_for_what_goes_online(
    provider, payment, returned, monkeypatch
):
    steps.fail(gave_back(payment, 500), "Closed", now=clock.now())
    steps.mark_done(gave_back(payment, 500, means=Means.BANK), now=clock.now())
    online = gave_back(payment, 700, means=Means.ONLINE)
    carry_and_forget(provider, monkeypatch)

    with later(days=2):
        assert carry() == 1

    assert (now(online).state, returned()) == (RefundState.DONE, 700)


def test_what_somebody_gave_back_at_the_provider_is_done(booking, payment, returned):
    first = gave_back(payment, 1250)
    by_hand_at_the_provider(booking, payment, 2000)

    assert carry() == 1

    assert (now(first).state, returned()) == (RefundState.DONE, 2000)


def test_a_refund_that_another_account_does_not_know_waits(provider, refund):
    provider.refunds("later")
    carry()
    known = dict(provider.till.refunds)
    provider.till.refunds.clear()

    with later(hours=2):
        assert carry() == 0
    assert (now(refund).state, now(refund).error) == (RefundState.PENDING, "resource_missing")

    provider.till.refunds.update(known)
    for thing in known.values():
        thing["status"] = "succeeded"
    with later(days=2):
        assert carry() == 1
    assert now(refund).state is RefundState.DONE


def by_hand_at_the_provider(booking, payment, cents):
    stripe_gateway.refund(
        stripe_gateway.account_for(booking.venue.slug),
        intent_id=payment.checkout.intent_id,
        cents=cents,
        mark="by hand, at the provider",
        metadata={},
    )


def test_what_the_provider_refuses_is_there_to_give_back_again(booking, payment, returned):
    first = gave_back(payment, 1250)
    by_hand_at_the_provider(booking, payment, 1000)

    assert carry() == 1

    second = now(first)
    assert (second.state, second.look_at) == (RefundState.FAILED, None)
    assert second.error != ""
    assert stands(booking) == {Account.ONLINE: 2000, Account.UNALLOCATED: -2000}
    assert returned() == 1000
    assert letters("money_back") == []


def test_what_takes_days_is_asked_again_until_it_is_there(provider, refund):
    provider.refunds("later")
    assert carry() == 0
    assert (now(refund).state, now(refund).error) == (RefundState.PENDING, "")
    asked = now(refund).look_at
    assert asked == clock.now() + carrying.ON_ITS_WAY

    for thing in provider.till.refunds.values():
        thing["status"] = "succeeded"
    with later(hours=2):
        assert carry() == 1

    assert now(refund).state is RefundState.DONE


def test_what_comes_back_after_it_was_done_is_heard_of(booking, provider, refund):
    carry()
    for thing in provider.till.refunds.values():
        thing.update(status="failed", failure_reason="expired_or_canceled_card")

    assert hear_of(now(refund).provider_id)
    assert not hear_of("re_of_somebody_else")
    assert carry() == 1

    failed = now(refund)
    assert (failed.state, failed.done_at) == (RefundState.FAILED, None)
    assert "expired" in failed.error
    assert stands(booking) == {Account.ONLINE: 2000, Account.UNALLOCATED: -2000}
    hear_of(failed.provider_id)
    assert carry() == 0


def test_a_house_without_its_account_keeps_the_refund(refund, app, monkeypatch):
    monkeypatch.setattr(stripe_gateway, "account_for", lambda slug: None)

    assert carry() == 0
    assert now(refund).state is RefundState.PENDING


def test_two_workers_do_not_ask_about_the_same(refund, provider):
    before = len(provider.calls)
    assert carrying._lease() is not None
    assert carrying._lease() is None
    assert carry() == 0
    assert len(provider.calls) == before
