"""Figures by the API: for who may see them, as exact as on the pages, and what they mean for everybody."""

import pytest
import time_machine

from buurthuis.accounts.models import RoleName
from buurthuis.rules.figures.codes import Code
from tests.builders import a_confirmed_booking, a_manager, a_person, a_role, a_room, a_venue, friday

MARCH = {"from_": "2026-03-01", "to": "2026-04-01"}
IN_APRIL = "2026-04-02 10:00Z"


@pytest.fixture
def hall(app):
    return a_room(a_venue("buurtkamer"), slug="hall")


@pytest.fixture
def chandra(hall):
    """She sits on the board of one house."""
    person = a_person("Chandra")
    a_role(person, RoleName.BOARD, hall.venue)
    return person


@pytest.fixture
def evening(hall):
    return a_confirmed_booking(hall, friday(19, 21))


@pytest.fixture
def in_april(hall, evening):
    with time_machine.travel(IN_APRIL, tick=False):
        yield


def by_code(answer):
    assert answer.status == 200, answer.body
    return {each["code"]: each for each in answer.items}


def test_the_board_reads_every_figure_of_its_house(program, chandra, in_april):
    answer = program(chandra).get("/figures", venue="buurtkamer", **MARCH)

    found = by_code(answer)
    assert answer.body["venue"] == "buurtkamer"
    assert (answer.body["from"], answer.body["to"]) == ("2026-03-01", "2026-04-01")
    assert answer.body["until"] == "2026-03-31"
    assert set(Code) <= set(found)
    assert found["BENUT"] == {
        "code": "BENUT",
        "value": 0.0043,  # 120 of 31 days of 15 hours.
        "numerator": 120,
        "denominator": 31 * 15 * 60,
        "unit": "ratio",
        "coverage": None,
        "definition": "BENUT@1",
        "reason": None,
    }
    assert found["AANTAL"]["value"] == 1
    assert found["VERL.none"]["value"] == 0
    assert (found["DEK"]["value"], found["DEK"]["reason"]) == (None, "not_filled_in")
    assert (found["GELIJK"]["value"], found["GELIJK"]["reason"]) == (None, "only_parts")
    assert [each["code"] for each in answer.items].count("VRIJ_EUR") == 1


def test_days_to_come_do_not_count(program, chandra, evening):
    before = program(chandra).get("/figures", **MARCH)
    assert (before.body["until"], by_code(before)["AANTAL"]["value"]) == ("2026-03-01", 0)
    later = program(chandra).get("/figures", from_="2026-07-01", to="2026-08-01")
    assert (later.body["until"], by_code(later)["OPEN"]["value"]) == (None, 0)


def test_only_one_room_standing_or_theme_is_asked_for(program, chandra, hall, in_april):
    a_room(hall.venue, slug="kitchen")
    mine = program(chandra)

    assert by_code(mine.get("/figures", room="kitchen", **MARCH))["AANTAL"]["value"] == 0
    assert by_code(mine.get("/figures", room="hall", **MARCH))["AANTAL"]["value"] == 1
    assert by_code(mine.get("/figures", theme="none", **MARCH))["AANTAL"]["value"] == 1
    assert by_code(mine.get("/figures", theme="food", **MARCH))["AANTAL"]["value"] == 0
    assert by_code(mine.get("/figures", standing="none", **MARCH))["AANTAL"]["value"] == 1
    assert by_code(mine.get("/figures", standing="private", **MARCH))["AANTAL"]["value"] == 0
    part = by_code(mine.get("/figures", theme="food", **MARCH))["VRIJ_U"]
    assert (part["value"], part["reason"]) == (None, "not_for_a_part")


def test_without_a_house_all_of_ones_own_count_and_no_others(program, chandra, in_april):
    other = a_venue("elsewhere")
    a_room(other, slug="attic")
    mine, beheer = program(chandra), program(a_manager(other))

    assert by_code(mine.get("/figures", **MARCH))["AANTAL"]["value"] == 1
    assert mine.get("/figures", **MARCH).body["venue"] is None
    assert by_code(beheer.get("/figures", **MARCH))["AANTAL"]["value"] == 0
    assert beheer.get("/figures", venue="buurtkamer", **MARCH).status == 404
    assert beheer.get("/figures", room="hall", **MARCH).status == 404
    everything = a_person("Truus")
    a_role(everything, RoleName.BOARD)
    both = by_code(program(everything).get("/figures", **MARCH))
    assert both["OPEN"]["value"] == 2 * 31 * 15 * 60


def test_others_find_no_figures(program, anybody, hall, in_april):
    amina = a_person("Amina")
    a_role(amina, RoleName.KEY_HOLDER, hall.venue)

    for person in (amina, a_person("Dirk")):
        assert program(person).get("/figures", **MARCH).status == 404
        assert program(person).get("/figures", venue="buurtkamer", **MARCH).status == 404
    assert anybody.get("/figures", **MARCH).status == 401


@pytest.mark.parametrize(
    ("days", "fields"),
    [
        ({}, {"from", "to"}),
        ({"from_": "2026-03-01"}, {"to"}),
        ({"from_": "gisteren", "to": "2026-13-01"}, {"from", "to"}),
        ({"from_": "2026-03-01T00:00:00+01:00", "to": "2026-04-01"}, {"from"}),
        ({"from_": "0001-01-01", "to": "9999-12-31"}, {"from", "to"}),
        ({"from_": "2026-03-01", "to": "2026-03-01"}, {"to"}),
        ({"from_": "2026-03-02", "to": "2026-03-01"}, {"to"}),
        ({"from_": "2016-03-01", "to": "2026-03-02"}, {"to"}),
        ({**MARCH, "theme": "religion"}, {"theme"}),
        ({**MARCH, "edition": "1900"}, {"edition"}),
    ],
)
def test_what_makes_no_sense_is_told_by_field(program, chandra, days, fields):
    answer = program(chandra).get("/figures", **days)

    assert (answer.status, answer.code) == (422, "invalid")
    assert set(answer.errors) == fields


def test_ten_years_is_not_too_long(program, chandra):
    assert program(chandra).get("/figures", from_="2016-03-01", to="2026-03-01").status == 200


def test_everybody_reads_what_figures_mean(anybody):
    answer = anybody.get("/figures/definitions")

    found = by_code(answer)
    assert answer.body["editions"] == ["2026"]
    assert answer.body["edition"] == "2026"
    assert found["BENUT"] == {
        "code": "BENUT",
        "definition": "BENUT@1",
        "unit": "ratio",
        "since": "2026",
        "label": "Use (time)",
        "formula": "The time that rooms were used, divided by the hours that they can be booked.",
        "caveat": "Each minute of a room counts once, so this is never above 100%.",
    }
    assert {each.partition(".")[0] for each in found} == set(Code)
    assert anybody.get("/figures/definitions", edition="2026").body == answer.body
    assert anybody.get("/figures/definitions", edition="1900").errors.keys() == {"edition"}
