"""A program says when a key-holder can, by the same rules as the page."""

import pytest

from buurthuis.roster.when.queries import availability_of
from tests.builders import a_person, a_venue
from tests.roster.key_people import a_key_holder

SAID = {
    "week": [{"weekday": "fri", "starts": "18:00", "ends": "25:00", "gladly": True}],
    "days": [
        {"from": "2026-07-01", "to": "2026-07-14", "starts": None, "ends": None, "note": "Trip"},
        {"from": "2026-08-01", "to": "2026-08-01", "starts": "10:00", "ends": "12:00", "note": ""},
    ],
    "most_a_week": 3,
    "likes_to_open": True,
    "likes_to_close": False,
}


def test_what_is_said_is_read_again_and_what_is_left_out_stays(program):
    amina = a_key_holder(a_venue())
    asking = program(amina)
    assert asking.get("/me/availability").body["most_a_week"] == 2

    said = asking.send("PUT", "/me/availability", json=SAID)

    assert (said.status, said.body) == (200, SAID)
    assert asking.get("/me/availability").body == SAID
    fewer = asking.send("PUT", "/me/availability", json={"most_a_week": 1, "days": []}).body
    assert (fewer["most_a_week"], fewer["days"], fewer["week"]) == (1, [], SAID["week"])


def test_who_opens_nowhere_has_nothing_to_say(program):
    assert program(a_person("Dirk")).get("/me/availability").status == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("week", "always"),
        ("week", ["fri"]),
        ("week", [{"weekday": "someday", "starts": "18:00", "ends": "19:00"}]),
        ("week", [{"weekday": "fri", "starts": "18:00", "ends": "18:00"}]),
        ("week", [{"weekday": "fri", "starts": "18:00", "ends": "37:00"}]),
        ("week", [{"weekday": "fri", "starts": 18, "ends": "19:00"}]),
        ("week", [{"weekday": "fri", "starts": "18:00", "ends": "19:00", "gladly": 1}]),
        ("week", [{"weekday": "fri", "starts": "18:00", "ends": "19:00"}] * 51),
        ("days", [{"from": "2026-07-02", "to": "2026-07-01"}]),
        ("days", [{"from": "2026-07-02", "to": "2036-07-01"}]),
        ("days", [{"from": None}]),
        ("days", [{"from": "2026-07-02", "starts": "10:00"}]),
        ("days", [{"from": "2026-07-02", "note": 7}]),
        ("days", [{"from": "2026-07-02", "note": "x" * 201}]),
        ("most_a_week", 15),
        ("most_a_week", True),
        ("likes_to_open", "yes"),
    ],
)
def test_what_makes_no_sense_gets_a_sentence_beside_its_field(program, field, value):
    amina = a_key_holder(a_venue())
    refused = program(amina).send("PUT", "/me/availability", json={field: value})

    assert (refused.status, list(refused.errors)) == (422, [field])
    assert availability_of(amina).weekly == ()
