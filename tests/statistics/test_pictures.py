"""Pictures of figures: each says what it shows, and has its numbers in a table."""

import pytest
from flask_babel import force_locale

from buurthuis.rules.standing import Kind
from buurthuis.statistics.pictures import OTHER_TONE, compared_lines, stacked, tone_of, week_map

QUARTERS = [("kw 1", "kwartaal 1 van 2025"), ("kw 2", "kwartaal 2 van 2025")]

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def dutch(app):
    with app.test_request_context("/"), force_locale("nl"):
        yield


def test_columns_say_where_most_is_and_add_up_in_the_table():
    picture = stacked("Uren", QUARTERS, {"private": [60, 120], "": [0, 60]})

    assert picture.says == "Het meest in kwartaal 2 van 2025: 3 uur in totaal."
    assert picture.numbers.rows == [
        ["Een persoon", "1", "2"],
        ["Zonder erkenning", "0", "1"],
        ["Samen", "1", "3"],
    ]


def test_a_standing_has_one_tone_on_every_picture():
    assert len({tone_of(kind) for kind in Kind}) == len(Kind)
    assert tone_of("") == tone_of("students") == OTHER_TONE


def test_nothing_is_said_to_be_nothing():
    assert stacked("Uren", QUARTERS, {}).says == "Er is nog niets te zien."


def test_lines_show_shares_as_per_cents_and_gaps_as_dashes():
    months = [("J", "januari"), ("F", "februari")]

    picture = compared_lines(
        "Benutting", months, ("2026", [0.25, None]), ("2025", [0.2, 0.5]), is_share=True
    )

    assert picture.percents
    assert picture.drawing.marks[-1].value == 60
    assert picture.numbers.rows == [["januari", "25%", "20%"], ["februari", "–", "50%"]]


def test_a_week_names_its_fullest_hour_and_the_first_of_equals():
    picture = week_map("Week", 9, [[0.2, None], [0.6, 0.6]])

    assert picture.says == "Het volst is maandag om 10:00, met 60%."
    assert picture.sides == ["09:00", "10:00"]
    assert picture.numbers.rows[0][:3] == ["09:00", "20%", "–"]


def test_a_week_that_is_closed_is_no_mistake():
    assert week_map("Week", 8, []).drawing.cells == ()
