"""One address, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.accounts.addresses import LONGEST, NoAddress, address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bram@repair.example", "bram@repair.example"),
        ("  Bram@Repair.Example\n", "bram@repair.example"),
        ("bram+oost@mail.repair.example", "bram+oost@mail.repair.example"),
        ("o'brien@repair.example", "o'brien@repair.example"),
        ("bram\uff20repair.example", "bram@repair.example"),
        ("info@café.example", "info@xn--caf-dma.example"),
    ],
)
def test_an_address_is_kept_in_one_form(typed, meant):
    assert address(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "a@b.nl, c@d.nl",
        "a@b.nl c@d.nl",
        "a@@b.nl",
        "bräm@repair.example",
        "bram@repair",
        "bram@re_pair.example",
        "bram@.example",
        "bram@" + "é" * 80 + ".example",
        "b" * 65 + "@repair.example",
        "bram@" + "x." * 125 + "example",
        "bram\u202e@repair.example",
        "",
    ],
)
def test_what_is_not_one_address_is_refused(typed):
    with pytest.raises(NoAddress):
        address(typed)


@given(st.text() | st.emails() | st.from_regex(r"[\x00-\u3000]{1,20}@[\x00-\u3000]{1,20}"))
def test_whatever_is_typed_becomes_one_plain_address_or_nothing(typed):
    try:
        kept = address(typed)
    except NoAddress:
        return
    assert address(kept) == kept
    assert kept.isascii()
    assert kept.isprintable()
    assert kept.count("@") == 1
    assert len(kept) <= LONGEST
    assert not set(kept) & set(' ,;:<>()[]"\\\r\n\x00')
