"""Texts of at most sixty words: how they are counted, and which hint stands beside them."""

import pytest

from buurthuis.rules.few_words import reading_of, words_in


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("  –  … !", 0),
        ("Bram", 1),
        ("Bram – die van het repair-café – komt om 19.00 uur.", 9),
        ("Zo'n buurthuis\n\nis ván ons.", 5),
        ("Elke week 12 mensen, 3,5 uur.", 6),
    ],
)
def test_a_word_has_a_letter_or_a_number(text, count):
    assert words_in(text) == count


def test_short_sentences_of_short_words_read_easily():
    reading = reading_of("Elke week kookt een groep. Wie wil, eet mee.")

    assert (reading.words, reading.mean) == (9, 4)
    assert reading.is_easy


def test_a_long_sentence_is_named():
    long = "De buren komen elke week bij elkaar en ze koken dan samen een grote pan soep"
    reading = reading_of(f"{long}. Lekker.")

    assert reading.long_sentence == long
    assert not reading.is_easy


def test_sentences_that_are_all_rather_long_are_no_easy_reading():
    reading = reading_of("De buren komen elke week bij elkaar en eten dan soep. " * 2)

    assert (reading.mean, reading.long_sentence) == (11, "")
    assert not reading.is_easy


def test_a_word_one_stumbles_over_is_named_without_its_comma():
    reading = reading_of("Dit is de wijkontwikkelingsmaatschappij, zegt men.")

    assert reading.long_word == "wijkontwikkelingsmaatschappij"
    assert not reading.is_easy


def test_no_text_reads_easily():
    assert reading_of("").is_easy
