"""Figures in words: a neighbour reads what it is, how much, and how much more than last year."""

from fractions import Fraction

import pytest
from flask_babel import force_locale

from buurthuis.rules.figures.codes import Code, Reason, Unit
from buurthuis.rules.figures.figure import Figure
from buurthuis.rules.themes import Theme
from buurthuis.statistics import words
from buurthuis.statistics.code_words import CAVEATS, FORMULAS, LABELS, REASONS, UNITS
from buurthuis.statistics.words import Than, change, shown


@pytest.fixture(autouse=True)
def dutch(app):
    """Words of the houses, outside any page."""
    with app.app_context(), force_locale("nl"):
        yield


def figure(value, unit=Unit.COUNT, code="AANTAL", **rest):
    return Figure(code, None if value is None else Fraction(value), unit, **rest)


def test_every_code_has_a_name_a_formula_and_a_caveat():
    assert set(Code) <= set(LABELS)
    assert set(Code) <= set(FORMULAS)
    assert set(Code) <= set(CAVEATS)
    assert set(Unit) == set(UNITS)
    assert set(Reason) == set(REASONS)
    assert set(Theme) == set(words.THEMES)


@pytest.mark.parametrize(
    ("value", "unit", "code", "read"),
    [
        (90, Unit.MINUTES, "OPEN", "1½ uur"),
        (72_240, Unit.MINUTES, "OPEN", "1.204 uur"),
        (543, Unit.MINUTES, "OPEN", "9 uur"),
        (0, Unit.MINUTES, "OPEN", "0 uur"),
        (0, Unit.CENTS, "KORT", "€\N{NO-BREAK SPACE}0"),
        (Fraction(36, 1000), Unit.RATIO, "BENUT", "3,6%"),
        (Fraction(3, 8), Unit.RATIO, "BENUT", "38%"),
        (Fraction(12, 5), Unit.RATIO, "HEF", "2,4 keer"),
        (Fraction(2, 5), Unit.RATIO, "GELIJK.GINI", "0,4"),
        (2625, Unit.CENTS, "KORT", "€\N{NO-BREAK SPACE}26,25"),
        (125_049, Unit.CENTS, "KORT", "€\N{NO-BREAK SPACE}1.250"),
        (Fraction(3, 2), Unit.DAYS, "GELIJK.ANSWER_DAYS", "1,5 dagen"),
        (1, Unit.DAYS, "GELIJK.ANSWER_DAYS", "1 dag"),
        (Fraction(4001, 2), Unit.VISITS, "BEZOEK", "2.000"),
    ],
)
def test_a_figure_is_read_in_its_unit(value, unit, code, read):
    assert shown(figure(value, unit, code)) == read


def test_a_figure_without_value_is_a_dash_with_its_reason():
    empty = figure(None, Unit.RATIO, "DEK", reason=Reason.NOT_FILLED_IN)

    assert (shown(empty), words.reason(empty)) == ("–", "Nog niet ingevuld.")
    assert words.reason(figure(1)) == ""


def test_what_is_hidden_says_below_how_many():
    assert shown(figure(None, Unit.GROUPS, "GROEP", reason=Reason.TOO_FEW)) == "<3"
    assert shown(figure(None, Unit.PEOPLE, "LEER", reason=Reason.TOO_FEW)) == "<5"


def test_a_change_has_an_arrow_and_words():
    assert change(figure(52), figure(40)) == "↑ 12 meer dan vorig jaar"
    assert change(figure(40), figure(52), Than.BEFORE) == "↓ 12 minder dan ervoor"
    assert change(figure(40), figure(40)) == "= evenveel als vorig jaar"


def test_a_share_says_what_it_was():
    then, now = (figure(Fraction(each, 100), Unit.RATIO, "BENUT") for each in (30, 38))

    assert change(now, then) == "↑ hoger dan vorig jaar: toen 30%"
    assert change(then, now, Than.BEFORE) == "↓ lager dan ervoor: toen 38%"


def test_what_reads_the_same_is_as_much():
    """A difference that nobody can see is none."""
    then, now = (figure(each, Unit.MINUTES, "OPEN") for each in (72_240, 72_250))

    assert change(now, then) == "= evenveel als vorig jaar"


def test_without_last_year_nothing_is_compared():
    assert change(figure(40), None) == "Vorig jaar is niet bekend"
    assert change(figure(40), figure(None), Than.BEFORE) == "Ervoor is niet bekend"
    assert change(figure(None), figure(40)) == ""


def test_a_part_is_named_after_its_figure_and_standing():
    assert words.label("KORT.private") == "Gegeven korting: Een persoon"
    assert words.label("VERL.none") == "Verloren uren: Zonder erkenning"
    assert words.label("KORT.student-house") == "Gegeven korting: student-house"
    assert words.label("HEF") == "Hefboom"


def test_a_part_has_the_words_of_its_figure():
    assert words.formula("KORT.private") == words.formula("KORT")
    assert words.caveat("VRIJ_EUR.LOW") == words.caveat("VRIJ_EUR")


def test_it_says_what_was_divided_by_what_and_how_much_is_known():
    used = figure(
        Fraction(1, 2),
        *(Unit.RATIO, "BENUT"),
        numerator=36_000,
        denominator=72_000,
        coverage=Fraction(4, 5),
    )

    assert words.counted(used) == "600 uur van 1.200 uur"
    assert words.known(used) == "bekend van 80%"
    area = figure(1, Unit.RATIO, "M2", numerator=6000, denominator=24_000_000)
    assert words.counted(area) == "1 m²-uur van 4.000 m²-uur"
    assert (words.counted(figure(1)), words.known(figure(1))) == ("", "")


def test_themes_and_units_have_words():
    assert words.theme_word(Theme.SAY) == "Meepraten"
    assert words.theme_word("") == "Thema niet bekend"
    assert words.unit(Unit.MINUTES) == "uur"
