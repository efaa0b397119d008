"""Codes as they are shown, and as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.accounts.codes import ALPHABET, new_code, shown, understood
from buurthuis.accounts.devices import device_name

CODES = st.text(ALPHABET, min_size=8, max_size=8)


def test_a_code_is_shown_in_two_halves():
    assert shown("K7QM2XTR") == "K7QM-2XTR"


@given(CODES)
def test_a_code_is_understood_as_shown_and_in_small_letters(code):
    assert understood(shown(code)) == code
    assert understood(f" {code.lower()[:3]} {code.lower()[3:]}\n") == code


@pytest.mark.parametrize(("typed", "meant"), [("OoIiLl00", "00111100"), ("o1l-i0oo0", "01110000")])
def test_letters_that_look_like_digits_are_digits(typed, meant):
    assert understood(typed) == meant


@pytest.mark.parametrize("typed", ["", "K7QM2XT", "K7QM2XTRR", "K7QM2XTU", "K7QM2XTé", "---------"])
def test_what_cannot_be_a_code_is_none(typed):
    assert understood(typed) == ""


@given(st.text())
def test_whatever_is_typed_is_a_code_or_nothing(typed):
    meant = understood(typed)
    assert meant == "" or (len(meant) == 8 and set(meant) <= set(ALPHABET))


def test_no_two_codes_are_alike():
    assert len({new_code() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0",
            "Firefox, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
            " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
            "Edge, Windows",
        ),
        ("curl/8.5.0", ""),
    ],
)
def test_a_device_has_a_name_its_owner_knows(user_agent, name):
    assert device_name(user_agent) == name
