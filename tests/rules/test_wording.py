"""Wording: text that came from outside is made fit to keep."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.wording import TooLong, one_line, paragraphs

PLENTY = 100_000
HOSTILE = "\u202e\u2066\u200e\u200f\u0085\u2028\u2029\u200b\u2060\ufeff\x00\x1b\x9f\ud800"
anything = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(HOSTILE + "\u200c\u200d \t\n\r\v\f\u00a0e\u0301"),
    )
)


def test_a_title_keeps_its_words_and_loses_its_tricks():
    assert one_line("  Repair\u202e  café\x00\n", longest=80) == "Repair café"


def test_a_line_end_parts_two_words():
    assert one_line("tea\u2028and\u0085cake", longest=80) == "tea and cake"


def test_an_accent_becomes_one_letter_with_what_it_stands_on():
    assert one_line("Cafe\u0301", longest=4) == "Café"
    assert one_line("Cafe\u200b\u0301", longest=4) == "Café"


def test_joiners_stay_inside_words_and_nowhere_else():
    assert one_line("👩\u200d🔧", longest=9) == "👩\u200d🔧"
    assert one_line("می\u200cخواهم", longest=9) == "می\u200cخواهم"
    assert one_line("\u200dtea \u200d cake\u200c", longest=9) == "tea cake"
    assert one_line("a\u200d\u200c\u200db", longest=9) == "a\u200db"


def test_markup_is_left_for_the_page_to_escape():
    assert one_line("<b>Tea</b>", longest=80) == "<b>Tea</b>"


def test_paragraphs_keep_their_lines_and_one_blank_line():
    assert paragraphs("one\r\n two  words \n\n\n\nthree\n", longest=80) == "one\ntwo words\n\nthree"


def test_nothing_stays_nothing():
    assert one_line("", longest=0) == paragraphs(" \u200b\n", longest=0) == ""


@pytest.mark.parametrize("clean", [one_line, paragraphs])
def test_a_text_that_does_not_fit_is_refused_with_the_limit(clean):
    with pytest.raises(TooLong) as refused:
        clean("x" * 81, longest=80)

    assert refused.value.longest == 80


def test_the_length_counts_after_cleaning():
    assert one_line("x\u200b" * 80 + "   ", longest=80) == "x" * 80


@pytest.mark.parametrize("clean", [one_line, paragraphs])
@given(text=anything)
def test_cleaning_twice_changes_nothing_more(clean, text):
    once = clean(text, longest=PLENTY)

    assert clean(once, longest=PLENTY) == once


@pytest.mark.parametrize("clean", [one_line, paragraphs])
@given(text=anything)
def test_nothing_unseen_ever_comes_out(clean, text):
    left = set(clean(text, longest=PLENTY)) - set("\u200c\u200d")
    if clean is paragraphs:
        left.discard("\n")

    assert not left & set(HOSTILE)
    assert not any(
        unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for letter in left
    )


@given(text=anything)
def test_what_comes_out_can_be_stored(text):
    one_line(text, longest=PLENTY).encode()
