"""Parameters as the provider takes them: `a[0][b]=c`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.stand_in.parameters import NotAName, nested

names = st.text("abcxyz_", min_size=1, max_size=6)
things = st.recursive(
    st.text(max_size=5),
    lambda inside: (
        st.lists(inside, min_size=1, max_size=3)
        | st.dictionaries(names, inside, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


def form(thing, name=""):
    """The pairs by which a form tells an object, as the library of the provider writes them."""
    if isinstance(thing, str):
        return [(name, thing)]
    inside = enumerate(thing) if isinstance(thing, list) else thing.items()
    pairs = []
    for key, value in inside:
        pairs += form(value, f"{name}[{key}]" if name else key)
    return pairs


@given(st.dictionaries(names, things, max_size=4))
def test_a_form_tells_the_same_object(thing):
    assert nested(form(thing)) == thing


def test_more_than_nine_lines_stay_in_order():
    lines = [str(number) for number in range(12)]

    assert nested(form({"lines": lines})) == {"lines": lines}


@pytest.mark.parametrize("name", ["", "[0]", "a[", "a[b]c", "a]"])
def test_a_name_that_cannot_be_read_is_told(name):
    with pytest.raises(NotAName):
        nested([(name, "1")])


def test_a_name_cannot_be_a_text_and_an_object():
    with pytest.raises(NotAName):
        nested([("a", "1"), ("a[b]", "2")])
