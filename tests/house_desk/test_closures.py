"""Managers close the house or a room, see who stands in the way, and open again."""

import pytest

from buurthuis.foundation.db import db
from buurthuis.occupancy.models import Occupancy
from buurthuis.venues.models import Closure
from tests.builders import FRIDAY, a_booking, a_confirmed_booking, friday

DAY = FRIDAY.isoformat()
WHOLE_DAY = {"from_day": DAY, "to_day": DAY}


def closures():
    return db.session.query(Closure).all()


def test_a_day_is_closed_whole_when_no_time_is_given(house, room):
    page = house.fill_in("/closures/new", **WHOLE_DAY, reason="Schilderen")

    (closure,) = closures()
    assert "Schilderen" in page.text
    assert "Closed: The whole house, Friday 13 March." in page.text
    assert closure.is_of_whole_house
    assert (closure.to_at - closure.from_at).total_seconds() == 24 * 3600


def test_until_something_changes_a_form_asks_little_of_the_database(house, counted):
    house.fill_in("/closures/new", **WHOLE_DAY)
    assert "Friday 13 March" in house.get("/closures").text

    for page in ("/closures/new", "/fair-use"):
        assert counted(lambda page=page: house.get(page)) <= 6


def test_some_rooms_close_for_some_hours(house, room):
    typed = {"from_clock": "10:00", "to_clock": "12:30", "what": "rooms", "rooms": "zaal"}
    house.fill_in("/closures/new", **WHOLE_DAY, **typed)

    (closure,) = closures()
    assert [each.slug for each in closure.rooms] == ["zaal"]
    assert (closure.to_at - closure.from_at).total_seconds() == 2.5 * 3600


def test_who_stands_in_the_way_is_listed_and_nothing_is_closed(house, room):
    booking = a_confirmed_booking(room, friday(10, 12), title="Naaiclub")

    answer = house.fill_in("/closures/new", **WHOLE_DAY, reason="Schilderen")

    assert answer.status_code == 409
    assert "Naaiclub" in answer.text
    assert f"/houses/de-meevaart/bookings/{booking.id}" in answer.text
    assert 'value="Schilderen"' in answer.text
    assert closures() == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"from_day": ""}, "Choose the first day."),
        ({"to_day": "2026-03-12"}, "The end lies before the beginning."),
        ({"from_clock": "12:00", "to_clock": "12:00"}, "The end lies before the beginning."),
        ({"what": "rooms"}, "Tick at least one room."),
        ({"what": "garden"}, "Choose one from the list."),
        (
            {"from_day": "2026-03-29", "to_day": "2026-03-29", "from_clock": "02:30"},
            "skips an hour",
        ),
        ({"to_day": "2029-03-13"}, "lasts at most"),
    ],
)
def test_closed_days_that_make_no_sense_are_explained(house, room, typed, sentence):
    answer = house.fill_in("/closures/new", **{**WHOLE_DAY, **typed})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert closures() == []


def test_a_closure_that_comes_is_taken_away(house, room):
    house.fill_in("/closures/new", **WHOLE_DAY)
    (closure,) = closures()

    house.post("/closures/end", closure=closure.id)

    assert closures() == []
    assert db.session.query(Occupancy).count() == 0
    assert a_booking(room, friday(10, 12)).id


def test_a_closure_that_has_begun_ends_now(house, room):
    house.fill_in("/closures/new", from_day="2026-03-01", to_day="2026-03-20")
    (closure,) = closures()
    assert "Open again now" in house.get("/closures").text

    house.post("/closures/end", closure=closure.id)

    (ended,) = closures()
    assert ended.to_at.isoformat() == "2026-03-02T08:00:00+00:00"
    assert "Nothing planned" in house.get("/closures").text


@pytest.mark.parametrize("number", ["", "0", "x", "1e9", "999999", "9" * 50])
def test_opening_what_is_open_changes_nothing(house, room, number):
    house.fill_in("/closures/new", **WHOLE_DAY)

    answer = house.post("/closures/end", closure=number)

    assert answer.status_code == 303
    assert len(closures()) == 1
