"""Targets: what grows over a year may be behind in spring, a rate is there or not."""

from datetime import date
from fractions import Fraction

import pytest

from buurthuis.rules.targets import AIMS, Verdict, passed_of, verdict

REACHED, ON_TRACK, BEHIND = Verdict.REACHED, Verdict.ON_TRACK, Verdict.BEHIND


@pytest.mark.parametrize(
    ("code", "value", "target", "passed", "expected"),
    [
        ("BEZOEK", 1200, 1200, Fraction(1, 4), REACHED),
        ("BEZOEK", 300, 1200, Fraction(1, 4), ON_TRACK),
        ("BEZOEK", 299, 1200, Fraction(1, 4), BEHIND),
        ("BEZOEK", 1199, 1200, Fraction(1), BEHIND),
        ("BENUT", Fraction(40, 100), Fraction(35, 100), Fraction(1, 4), ON_TRACK),
        ("BENUT", Fraction(40, 100), Fraction(35, 100), Fraction(1), REACHED),
        ("BENUT", Fraction(34, 100), Fraction(35, 100), Fraction(0), BEHIND),
        ("GELIJK.ANSWER_DAYS", 2, 3, Fraction(1), REACHED),
        ("GELIJK.ANSWER_DAYS", 4, 3, Fraction(1, 2), BEHIND),
        ("ONTM", 5, 5, Fraction(1), REACHED),
    ],
)
def test_how_a_result_stands(code, value, target, passed, expected):
    assert verdict(code, Fraction(value), Fraction(target), passed=passed) is expected


@pytest.mark.parametrize(
    ("today", "passed"),
    [
        (date(2025, 6, 1), Fraction(0)),
        (date(2026, 1, 1), Fraction(0)),
        (date(2026, 12, 31), Fraction(364, 365)),
        (date(2027, 1, 1), Fraction(1)),
        (date(2031, 1, 1), Fraction(1)),
    ],
)
def test_how_much_of_a_year_is_over(today, passed):
    assert passed_of(2026, today) == passed


def test_less_is_better_for_refusals_and_for_waiting():
    assert {code for code, aim in AIMS.items() if aim.less_is_better} == {
        "GELIJK.REFUSAL",
        "GELIJK.ANSWER_DAYS",
    }
