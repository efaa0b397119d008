"""Moments, amounts and lengths read as people say them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from flask_babel import force_locale

from buurthuis.foundation import formatting

THURSDAY = date(2026, 11, 26)


@dataclass
class Span:
    start: datetime
    end: datetime


@dataclass
class Evening:
    starts_at: datetime
    ends_at: datetime


@pytest.fixture
def speak(board):
    """Speak a language for the length of a test."""
    with board.test_request_context("/"):
        yield force_locale


def utc(day, hour, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (2625, "€ 26,25", "€26.25"),
        (0, "€ 0,00", "€0.00"),
        (123456, "€ 1.234,56", "€1,234.56"),
        (-50, "€ -0,50", "-€0.50"),
    ],
)
def test_amounts(speak, cents, dutch, english):
    with speak("nl"):
        assert formatting.euros(cents) == dutch.replace(" ", "\N{NO-BREAK SPACE}")
    with speak("en"):
        assert formatting.euros(cents) == english


def test_a_day_is_written_in_full(speak):
    with speak("nl"):
        assert formatting.day(THURSDAY) == "donderdag 26 november"
        assert formatting.short_day(THURSDAY) == "do 26 nov"
        assert formatting.dated(THURSDAY) == "26 nov 2026"
        assert formatting.month(THURSDAY) == "november 2026"
    with speak("en"):
        assert formatting.day(THURSDAY) == "Thursday 26 November"


def test_another_year_is_named(speak):
    with speak("nl"):
        assert formatting.day(THURSDAY, this_year=2026) == "donderdag 26 november"
        assert formatting.day(THURSDAY, this_year=2025) == "donderdag 26 november 2026"


def test_the_clock_is_that_of_amsterdam(speak):
    assert formatting.clock(utc(26, 18)) == "19:00"
    assert formatting.clock(utc(26, 18, month=7)) == "20:00"
    assert formatting.clock(1140) == "19:00"
    assert formatting.clock(1500) == "01:00"


def test_when_joins_day_and_clock(speak):
    with speak("en"):
        said = "Thursday 26 November, 19:00 to 22:00"
        assert formatting.when(Span(utc(26, 18), utc(26, 21))) == said
        assert formatting.when(Evening(utc(26, 18), utc(26, 21))) == said


def test_past_midnight_both_days_are_named(speak):
    with speak("en"):
        assert (
            formatting.when(Span(utc(26, 21), utc(27, 0)))
            == "Thursday 26 November, 22:00 to Friday 27 November, 01:00"
        )


def test_midnight_still_belongs_to_the_evening(speak):
    with speak("en"):
        written = formatting.when(Span(utc(26, 18), utc(26, 23)))
        assert written == "Thursday 26 November, 19:00 to 00:00"


def test_midnight_two_days_on_is_another_day(speak):
    with speak("en"):
        written = formatting.when(Span(utc(26, 18), utc(27, 23)))
        assert written == "Thursday 26 November, 19:00 to Saturday 28 November, 00:00"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (90, "1½ hours"),
        (120, "2 hours"),
        (135, "2¼ hours"),
        (130, "2 hours and 10 minutes"),
        (61, "1 hour and 1 minute"),
    ],
)
def test_lengths(speak, minutes, words):
    with speak("en"):
        assert formatting.hours(minutes) == words


def test_numbers_follow_the_language(speak):
    with speak("nl"):
        assert formatting.number(1250) == "1.250"
        assert formatting.percent(0.35) == "35%"
        assert formatting.language() == "nl"
    with speak("en"):
        assert formatting.number(1250.5) == "1,250.5"


def test_a_letter_without_a_visitor_is_dutch():
    assert formatting.language() == "nl"


def test_the_week_starts_on_monday(speak):
    with speak("nl"):
        assert formatting.weekdays()[0] == ("ma", "maandag")
        assert formatting.weekdays()[6] == ("zo", "zondag")


def test_paragraphs_escape_what_was_typed():
    written = formatting.paragraphs("Dag <b>buur</b>\nTot dan\n\n\n\nBram")
    assert written == "<p>Dag &lt;b&gt;buur&lt;/b&gt;<br>Tot dan</p><p>Bram</p>"
