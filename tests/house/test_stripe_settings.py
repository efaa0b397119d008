"""Accounts for paying online: one for all houses, one for each, and every mistake told without a secret."""

import pytest

from buurthuis.foundation.settings import from_environment

KEY, SECRET = "sk_test_4eC39HqLyjWDarjtT1zdp7dc", "whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH"
OWN_KEY, OWN_SECRET = "rk_live_51H8", "whsec_own"


@pytest.fixture
def read(tmp_path):
    """A function that reads settings of paying online, without the start of their names."""

    def settings(**given):
        named = {f"BUURTHUIS_STRIPE_{name}": text for name, text in given.items()}
        return from_environment({"BUURTHUIS_INSTANCE": str(tmp_path), **named}).stripe

    return settings


def test_without_a_key_nothing_is_offered_online(read):
    assert read().of("de-meevaart") is None
    assert read().pages == ()
    assert read(KEY="", WEBHOOK_SECRET=" ").accounts == {}


def test_one_account_may_serve_every_house(read):
    stripe = read(KEY=KEY, WEBHOOK_SECRET=SECRET)

    assert stripe.of("de-meevaart") == stripe.of("de-erker")
    assert stripe.of("de-erker").key == KEY
    assert not stripe.of("de-erker").is_live
    assert stripe.base == "https://api.stripe.com"
    assert stripe.pages == ("https://checkout.stripe.com",)


def test_a_house_may_have_its_own_account(read):
    stripe = read(KEY__DE_MEEVAART=OWN_KEY, WEBHOOK_SECRET__DE_MEEVAART=OWN_SECRET)

    assert stripe.of("de-meevaart").is_live
    assert stripe.of("de-erker") is None


def test_its_own_account_comes_before_that_of_every_house(read):
    given = {"KEY": KEY, "WEBHOOK_SECRET": SECRET}
    stripe = read(**given, KEY__DE_MEEVAART=OWN_KEY, WEBHOOK_SECRET__DE_MEEVAART=OWN_SECRET)

    assert stripe.of("de-meevaart").secret == OWN_SECRET
    assert stripe.of("de-erker").secret == SECRET


def test_an_account_of_every_house_may_send_news_to_an_address_for_each(read):
    stripe = read(KEY=KEY, WEBHOOK_SECRET=SECRET, WEBHOOK_SECRET__DE_MEEVAART=OWN_SECRET)

    found = stripe.of("de-meevaart")
    assert (found.key, found.secret) == (KEY, OWN_SECRET)


def test_a_stand_in_shows_its_pages_itself(read):
    stripe = read(KEY=KEY, WEBHOOK_SECRET=SECRET, API_BASE="http://127.0.0.1:5080/")

    assert stripe.base == "http://127.0.0.1:5080"
    assert stripe.pages == ("https://checkout.stripe.com", "http://127.0.0.1:5080")


SENSELESS = [
    ("KEY", {"KEY": KEY}),
    ("KEY", {"KEY": "pk_test_1", "WEBHOOK_SECRET": SECRET}),
    ("KEY", {"KEY": KEY + "\n" + KEY, "WEBHOOK_SECRET": SECRET}),
    ("WEBHOOK_SECRET", {"WEBHOOK_SECRET": SECRET}),
    ("WEBHOOK_SECRET", {"KEY": KEY, "WEBHOOK_SECRET": KEY}),
    ("KEY__DE_ERKER", {"KEY__DE_ERKER": KEY}),
    ("KEY__DE_ERKER", {"KEY": KEY, "WEBHOOK_SECRET": SECRET, "KEY__DE_ERKER": OWN_KEY}),
    ("WEBHOOK_SECRET__DE_ERKER", {"WEBHOOK_SECRET__DE_ERKER": SECRET}),
    ("KEY__de-erker", {"KEY__de-erker": KEY}),
    ("KEY__", {"KEY__": KEY, "WEBHOOK_SECRET__": SECRET}),
    ("API_BASE", {"API_BASE": "api.stripe.com"}),
    ("API_BASE", {"API_BASE": "ftp://api.stripe.com"}),
    ("API_BASE", {"API_BASE": "https://api.stripe.com/v1"}),
    ("API_BASE", {"API_BASE": "https://me:pw@api.stripe.com"}),
    ("API_BASE", {"API_BASE": "http://["}),
    ("API_BASE", {"API_BASE": "https://"}),
    ("API_BASE", {"API_BASE": "http://x", "KEY": OWN_KEY, "WEBHOOK_SECRET": SECRET}),
]


@pytest.mark.parametrize(("setting", "given"), SENSELESS)
def test_what_makes_no_sense_is_told_in_one_line_and_no_secret_in_it(read, setting, given):
    with pytest.raises(SystemExit) as refusal:
        read(**given)

    [line] = str(refusal.value).splitlines()
    assert line.startswith(f"BUURTHUIS_STRIPE_{setting}: ")
    secrets = [text for name, text in given.items() if name != "API_BASE"]
    assert not [text for text in secrets if text in line]


def test_no_key_is_shown_with_the_settings(read):
    shown = repr(read(KEY=KEY, WEBHOOK_SECRET=SECRET))

    assert KEY not in shown
    assert SECRET not in shown
