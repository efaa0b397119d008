"""Standing: recognised by a house or by the union, from a day on."""

from datetime import date

import pytest

from buurthuis.rules.standing import (
    SELF_DECLARED,
    Kind,
    Recognition,
    code_for,
    is_code,
    place_of,
    recognised,
)

MEEVAART, KRAAI = 1, 2
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
INITIATIVE, ENTERPRISE = Kind.RESIDENT_INITIATIVE, Kind.SOCIAL_ENTERPRISE


def test_a_stranger_has_no_standing():
    assert recognised([], venue=MEEVAART, on=JUNE) is None


def test_a_house_recognises_for_itself_alone():
    own = [Recognition(INITIATIVE, MEEVAART, MAY)]

    assert recognised(own, venue=MEEVAART, on=JUNE) is INITIATIVE
    assert recognised(own, venue=KRAAI, on=JUNE) is None


def test_the_union_recognises_for_all_houses():
    assert recognised([Recognition(INITIATIVE, None, MAY)], venue=KRAAI, on=JUNE) is INITIATIVE


def test_the_house_comes_before_the_union_even_when_the_union_spoke_later():
    both = [Recognition(ENTERPRISE, None, JUNE), Recognition(INITIATIVE, MEEVAART, MAY)]

    assert recognised(both, venue=MEEVAART, on=JULY) is INITIATIVE
    assert recognised(both, venue=KRAAI, on=JULY) is ENTERPRISE


def test_the_latest_decision_wins():
    later = [Recognition(ENTERPRISE, MEEVAART, JUNE), Recognition(INITIATIVE, MEEVAART, MAY)]

    assert recognised(later, venue=MEEVAART, on=JULY) is ENTERPRISE
    assert recognised(later, venue=MEEVAART, on=date(2026, 5, 31)) is INITIATIVE


def test_of_two_decisions_of_one_day_the_last_wins():
    same_day = [Recognition(ENTERPRISE, None, MAY), Recognition(INITIATIVE, None, MAY)]

    assert recognised(same_day, venue=MEEVAART, on=JUNE) is INITIATIVE


def test_a_recognition_holds_on_its_first_and_its_last_day():
    month = [Recognition(INITIATIVE, MEEVAART, MAY, JUNE)]

    assert recognised(month, venue=MEEVAART, on=MAY) is INITIATIVE
    assert recognised(month, venue=MEEVAART, on=JUNE) is INITIATIVE
    assert recognised(month, venue=MEEVAART, on=date(2026, 4, 30)) is None
    assert recognised(month, venue=MEEVAART, on=date(2026, 6, 2)) is None


def test_nobody_calls_themselves_internal():
    assert Kind.INTERNAL not in SELF_DECLARED
    assert len(SELF_DECLARED) == len(Kind) - 1


@pytest.mark.parametrize("code", [*Kind, "students", "groep-in-oprichting", "x" * 30])
def test_a_standing_has_a_kind_or_a_short_slug_as_its_code(code):
    assert is_code(code)


@pytest.mark.parametrize(
    "text", ["", "Students", "in oprichting", "-", "x" * 31, "social-enterprise", "none", "\0"]
)
def test_a_kind_misspelt_is_no_code(text):
    assert not is_code(text)


@pytest.mark.parametrize(
    "label", ["Studenten", "学生", "Commercial!", "Social enterprise", "None", "x" * 80]
)
def test_a_label_gives_a_code_that_is_free(label):
    first = code_for(label, set())
    second = code_for(label, {first})

    assert is_code(first)
    assert is_code(second)
    assert first != second
    assert {first, second}.isdisjoint(Kind)


def test_a_house_s_own_standings_come_after_the_kinds():
    assert sorted(["students", Kind.INTERNAL, "artists", Kind.PRIVATE], key=place_of) == [
        *(Kind.PRIVATE, Kind.INTERNAL, "artists", "students")
    ]
