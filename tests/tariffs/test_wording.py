"""A price is explained in words: why it is what it is, and what each line is for."""

from decimal import Decimal

import pytest
from flask_babel import force_locale

from buurthuis.foundation.errors import sentence_of
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.rules.tariffs import Line, LineKind
from buurthuis.tariffs import sentences
from buurthuis.tariffs.queries import price
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.tariffs.wording import REASONS, line_text, reason_text
from tests.builders import a_recognition, a_room, an_initiative, friday

assert sentences


@pytest.fixture(autouse=True)
def _in_english(app):
    with force_locale("en"):
        yield


@pytest.mark.parametrize(
    ("kind", "recognised", "words"),
    [
        (None, False, "This is the normal price. Groups of the neighbourhood may pay less."),
        (Kind.SOCIAL_ENTERPRISE, True, "You get a discount, because you are a social enterprise."),
        (Kind.COMMERCIAL, False, "You pay more, because you book as a firm."),
        (Kind.PRIVATE, False, "This is the normal price."),
    ],
)
def test_a_price_says_why(kind, recognised, words):
    initiative = None if kind is None else an_initiative(kind=kind)
    if initiative is not None and recognised:
        a_recognition(initiative, kind)

    found = price(a_room(), friday(19, 21), initiative=initiative, purpose=Purpose.MEETING)

    assert reason_text(found) == words


def test_every_reason_has_words():
    initiative = an_initiative()
    free = price(
        a_room(hourly_cents=None), friday(19, 21), initiative=initiative, purpose=Purpose.MEETING
    )
    unknown = price(a_room(), friday(19, 21), initiative=initiative, purpose=Purpose.MEETING)

    assert reason_text(free) == "The house asks no price for this room."
    assert "does not know your group yet" in reason_text(unknown)
    assert all(words() for words in REASONS.values())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Line(LineKind.PART, 100, 100, "avond"), "avond"),
        (Line(LineKind.PART, 200, 100, "avond", Decimal(2)), "2 × avond"),
        (Line(LineKind.PART, 100, 100), "part of the day"),
        (Line(LineKind.HOUR, 100, 100), "1 hour"),
        (Line(LineKind.HOUR, 250, 100, quantity=Decimal("2.5")), "2.5 hours"),
        (Line(LineKind.HOUR, 250, 100, "37.5", Decimal("56.25")), "1.5 hours × 37.5 m²"),
        (Line(LineKind.BLOCK, 200, 100, "4", Decimal(2)), "2 × 4 hours"),
        (Line(LineKind.BLOCK, 100, 100), "one booking"),
        (Line(LineKind.LEAST, 100, 100), "The least you pay"),
        (Line(LineKind.DISCOUNT, -100, -100, "standing"), "Discount"),
        (Line(LineKind.DISCOUNT, -100, -100, "starting"), "Discount for a group that begins"),
        (Line(LineKind.DISCOUNT, -9, -9, "frequent"), "Discount for a group that comes often"),
        (Line(LineKind.CLEANING, 100, 100), "Cleaning after a party"),
        (Line(LineKind.SURCHARGE, 500, 500, "Weekend"), "Weekend"),
        (Line(LineKind.SURCHARGE, 1000, 500, "Late", Decimal(2)), "Late, 2 hours"),
        (Line(LineKind.EXTRA, 1800, 150, "Coffee", Decimal(12)), "12 × Coffee"),
    ],
)
def test_a_line_says_what_it_is_for(line, words):
    assert line_text(line) == words


def test_every_kind_of_line_has_words():
    assert all(line_text(Line(kind, 100, 100)) for kind in LineKind)


def test_no_price_names_the_cure():
    assert "Choose another time or room" in sentence_of(NoPrice(room="Keuken"))
