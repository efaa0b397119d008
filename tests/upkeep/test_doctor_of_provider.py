"""The doctor puts the books beside what the provider says, and tells when it could not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from buurthuis.bookings import actions as desk
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.stripe_settings import Keys
from buurthuis.payments.checkout import asking
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.refunds import carrying
from buurthuis.payments.refunds.models import Refund
from buurthuis.payments.stripe_gateway import account_for, expire_session, refund
from buurthuis.rules.paying.checkout import State
from buurthuis.upkeep import doctor
from buurthuis.upkeep.doctor_of_provider import DAYS, Comparison, compare
from tests.payments.checkout.paying import a_hall, a_kept_place, begun
from tests.payments.provider import provider as provider


def told() -> Comparison:
    """What the doctor says now."""
    found = compare(clock.now())
    assert found is not None
    return found


@pytest.fixture
def paid(provider) -> Checkout:
    """Bram paid €20.00 online for a place."""
    attempt = begun(a_kept_place(a_hall()))
    provider.pay(attempt.session_id)
    asking.look(attempt.id)
    return db.session.get_one(Checkout, attempt.id, populate_existing=True)


def test_without_an_account_nothing_is_compared(app):
    assert compare(clock.now()) is None


def test_books_that_say_the_same_are_well(paid):
    assert told() == Comparison([], [f"Compared: 1 of 1 attempts of {DAYS} days."])


def test_what_goes_back_is_compared_before_and_after_the_provider_was_asked(provider):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    desk.cancel(booking.id, by=booking.booked_by)
    provider.pay(attempt.session_id)
    asking.look(attempt.id)
    [back] = db.session.scalars(select(Refund)).all()
    assert back.provider_id is None
    assert told() == Comparison([], [f"Compared: 1 of 1 attempts of {DAYS} days."])

    carrying.carry()

    db.session.refresh(back)
    assert back.provider_id is not None
    assert told() == Comparison([], [f"Compared: 1 of 1 attempts of {DAYS} days."])


def test_money_that_went_back_outside_our_books_is_found(paid):
    account = account_for("meevaart")
    refund(account, intent_id=paid.intent_id, cents=500, mark="by-hand", metadata={})

    [complaint] = told().complaints
    assert "kept 1500 cents of it, the books say 2000" in complaint
    assert paid.intent_id in complaint


def test_money_that_came_without_our_noticing_is_found(provider):
    attempt = begun(a_kept_place(a_hall()))
    provider.pay(attempt.session_id)
    attempt.state, attempt.ended_at = State.EXPIRED, clock.now()
    db.session.commit()

    [complaint] = told().complaints
    assert "kept 2000 cents of it, the books say 0" in complaint


def test_a_page_that_nobody_paid_is_well(provider):
    attempt = begun(a_kept_place(a_hall()))
    expire_session(account_for("meevaart"), attempt.session_id)
    asking.look(attempt.id)

    assert told().complaints == []


def test_an_attempt_that_the_provider_does_not_know_is_told(paid, provider):
    provider.till.intents.clear()

    [complaint] = told().complaints
    assert "will not say (resource_missing)" in complaint


def test_without_an_answer_nothing_is_compared_and_nobody_is_ill(paid, provider):
    provider.mode("hang_up")

    assert told() == Comparison(
        [],
        [
            "The provider cannot be reached; try again later.",
            f"Compared: 0 of 1 attempts of {DAYS} days.",
        ],
    )


def test_what_was_paid_long_ago_is_left_alone(paid):
    found = compare(clock.now() + timedelta(days=DAYS + 1))

    assert found.notes == [f"Compared: 0 of 0 attempts of {DAYS} days."]


def test_attempts_of_another_mode_are_not_compared(app, paid):
    paid.is_live = True
    db.session.commit()

    assert told().notes == [f"Compared: 0 of 1 attempts of {DAYS} days."]


def test_a_key_of_a_house_that_is_not_here_is_told(app, paid):
    settings = app.config["BUURTHUIS"]
    keys = {**settings.stripe.accounts, "DE_MEVAART": Keys("sk_test_1", "whsec_1", False)}
    app.config["BUURTHUIS"] = replace(settings, stripe=replace(settings.stripe, accounts=keys))

    assert "There is a key for DE_MEVAART, and no such house." in told().notes
    assert told().complaints == []


def test_the_command_tells_it_and_stays_well(app, paid, monkeypatch):
    monkeypatch.setattr(doctor, "stale_tables", lambda _migrations: [])
    db.session.commit()
    said = app.test_cli_runner().invoke(args=["doctor"]).output

    assert "the books say what the provider says\n    Compared: 1 of 1" in said
