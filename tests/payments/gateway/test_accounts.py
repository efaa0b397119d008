"""Which house has an account, and where its pages may send somebody to pay."""

from dataclasses import replace

import pytest

from buurthuis.bookings.paying import is_offered_online
from buurthuis.foundation.stripe_settings import Keys, StripeSettings
from buurthuis.payments.stripe_gateway import account_for

OWN = Keys("sk_live_1", "whsec_1", is_live=True)


@pytest.fixture
def house_with_account(app):
    """De Meevaart alone has an account."""
    before = app.config["BUURTHUIS"]
    app.config["BUURTHUIS"] = replace(before, stripe=StripeSettings({"DE_MEEVAART": OWN}))
    yield
    app.config["BUURTHUIS"] = before


def form_targets(client) -> list[str]:
    """Where forms of our pages may lead."""
    policy = client.get("/sign-in").headers["Content-Security-Policy"]
    [rule] = [part for part in policy.split("; ") if part.startswith("form-action ")]
    return rule.split()[1:]


def test_without_an_account_nothing_is_offered_online(app, client):
    assert account_for("de-meevaart") is None
    assert not is_offered_online("de-meevaart")
    assert form_targets(client) == ["'self'"]


def test_a_house_with_an_account_offers_it_and_others_do_not(house_with_account):
    account = account_for("de-meevaart")

    assert account is not None
    assert account.is_live
    assert account.base == "https://api.stripe.com"
    assert is_offered_online("de-meevaart")
    assert not is_offered_online("de-erker")


def test_a_form_may_lead_to_where_one_pays(house_with_account, client):
    assert form_targets(client) == ["'self'", "https://checkout.stripe.com"]


def test_a_form_may_lead_to_a_stand_in(provider_of_all, client):
    assert form_targets(client) == ["'self'", "https://checkout.stripe.com", provider_of_all.url]
