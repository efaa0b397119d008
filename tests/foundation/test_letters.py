"""Letters read like a neighbour wrote them, and hostile facts stay facts."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from buurthuis.foundation import letters
from tests.letters_samples import a_desk, sample

SNAPSHOTS = Path(__file__).parent / "letters"


@pytest.fixture(autouse=True)
def _desk() -> Iterator[None]:
    with a_desk().app_context():
        yield


@pytest.mark.parametrize(("language", "template"), letters.all_templates())
def test_a_letter_reads_as_it_was_agreed(language: str, template: str) -> None:
    """Look at the change, and when it is meant: KEEP_LETTERS=1 pytest tests/foundation."""
    letter = letters.render(template, language, sample(template))
    written = f"Subject: {letter.subject}\n\n{letter.body}"
    agreed = SNAPSHOTS / f"{language}-{template}.txt"
    if os.environ.get("KEEP_LETTERS"):
        agreed.write_text(written, encoding="utf-8")

    assert agreed.read_text(encoding="utf-8") == written


def test_every_letter_exists_in_dutch_and_in_english() -> None:
    spoken = {
        language: {name for of, name in letters.all_templates() if of == language}
        for language in ("nl", "en")
    }

    assert spoken["nl"] == spoken["en"]
    assert "booking_confirmed" in spoken["nl"]


@pytest.mark.parametrize(("language", "template"), letters.all_templates())
def test_no_letter_speaks_a_line_too_long_for_a_phone(language: str, template: str) -> None:
    letter = letters.render(template, language, sample(template))

    assert all(len(line) <= 78 for line in letter.body.splitlines())
    assert "\n\n\n" not in letter.body


def test_a_letter_in_a_language_nobody_speaks_here_is_in_dutch() -> None:
    letter = letters.render("booking_confirmed", "fy", sample("booking_confirmed"))

    assert letter.body.startswith("Hallo Bram,")
    assert "vrijdag 13 maart 2026, 19:00 tot 22:00" in letter.body


def test_a_title_cannot_leave_the_subject() -> None:
    facts = sample("booking_requested") | {"title": "Feest\r\nBcc: dirk@voorbeeld.nl\n\nKlik hier"}

    letter = letters.render("booking_requested", "nl", facts)

    assert letter.subject == "Je aanvraag is binnen: Feest Bcc: dirk@voorbeeld.nl Klik hier"
    assert letter.body.startswith("Hallo Bram,")


def test_a_title_is_never_read_as_a_template() -> None:
    facts = sample("booking_requested") | {"title": "{{ link }} {% raw %} <b>&amp;</b>"}

    letter = letters.render("booking_requested", "nl", facts)

    assert letter.subject.endswith("{{ link }} {% raw %} <b>&amp;</b>")


def test_a_letter_that_misses_a_fact_is_not_written() -> None:
    facts = sample("booking_refused")
    del facts["reason"]

    with pytest.raises(UndefinedError, match="reason"):
        letters.render("booking_refused", "nl", facts)


@pytest.mark.parametrize(
    "name", ["../../../app", "nl/booking_confirmed", "_booking", "no_such", ""]
)
def test_only_letters_are_letters(name: str) -> None:
    with pytest.raises(letters.NoSuchLetter):
        letters.render(name, "nl", {})


@pytest.mark.parametrize(
    ("from_iso", "to_iso", "line"),
    [
        (
            "2026-03-13T22:00:00+01:00",
            "2026-03-14T01:00:00+01:00",
            "vrijdag 13 maart 2026, 22:00 tot zaterdag 14 maart 2026, 01:00",
        ),
        (
            "2026-03-13T22:00:00+01:00",
            "2026-03-14T00:00:00+01:00",
            "vrijdag 13 maart 2026, 22:00 tot 00:00",
        ),
        (
            "2026-07-03T17:00:00Z",
            "2026-07-03T20:00:00Z",
            "vrijdag 3 juli 2026, 19:00 tot 22:00",
        ),
    ],
    ids=["past midnight", "until midnight", "in summer"],
)
def test_when_is_written_in_full(from_iso: str, to_iso: str, line: str) -> None:
    facts = sample("booking_requested") | {"from_iso": from_iso, "to_iso": to_iso}

    assert f"Wanneer:  {line}\n" in letters.render("booking_requested", "nl", facts).body


def test_a_free_booking_says_that_it_costs_nothing() -> None:
    facts = sample("booking_requested") | {"total_cents": 0, "discount_cents": 7500}

    body = letters.render("booking_requested", "nl", facts).body

    assert "Dit kost niets.\nJe krijgt €\N{NO-BREAK SPACE}75,00 korting." in body
