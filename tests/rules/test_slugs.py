"""Slugs: names as they stand in an address."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.slugs import slug


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("De Meevaart", "de-meevaart"),
        ("Café 't Hoekje", "cafe-t-hoekje"),
        ("D'n Boogerd", "dn-boogerd"),
        ("Lutmastraat 209A — tuinzaal", "lutmastraat-209a-tuinzaal"),
        ("Straße & Ørsted", "strasse-orsted"),
        ("  ", ""),
        ("مرحبا", ""),
    ],
)
def test_a_name_becomes_an_address(name, address):
    assert slug(name) == address


@given(st.text())
def test_a_slug_is_plain_and_stays_itself(text):
    made = slug(text)

    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made)
    assert slug(made) == made
