"""Facts to fill every letter with: for the snapshots, and to read all letters with `make letters`."""

from collections.abc import Iterator
from typing import Any

from flask import Flask

from buurthuis.foundation import letters
from buurthuis.foundation.languages import init_languages
from buurthuis.foundation.letters import Rendered
from tests.letters_facts.bookings import BOOKING, OF_BOOKINGS
from tests.letters_facts.money import OF_MONEY
from tests.letters_facts.people import OF_PEOPLE

# Whoever writes a letter adds what it needs there; without an entry it gets the booking alone.
MORE = OF_BOOKINGS | OF_MONEY | OF_PEOPLE


def sample(template: str) -> dict[str, Any]:
    """Facts for a letter."""
    return BOOKING | MORE.get(template, {})


def a_desk() -> Flask:
    """Just enough of the program to write letters."""
    desk = Flask("letters")
    init_languages(desk)
    return desk


def every_letter() -> Iterator[tuple[str, str, Rendered]]:
    """Each letter, filled in: (language, name, letter)."""
    for language, template in letters.all_templates():
        yield language, template, letters.render(template, language, sample(template))


if __name__ == "__main__":
    with a_desk().app_context():
        for language, template, letter in every_letter():
            print(f"{'=' * 72}\n{language}/{template}\n{'-' * 72}")
            print(f"Subject: {letter.subject}\n\n{letter.body}")
