"""Managers say what people can ask for with a room."""

import pytest

from buurthuis.extras.queries import extras_of
from buurthuis.extras.wishes import Wanted
from buurthuis.venues.models import Approval
from tests.builders import a_booking, a_room, an_extra, friday


def test_an_empty_list_says_what_could_stand_there(house):
    assert "For example a beamer" in house.get("/extras").text


def test_something_new_can_be_asked_for(house, venue):
    page = house.fill_in("/extras/new", name="Beamer", stock="2", rooms="zaal", notice_hours="48")

    [beamer] = extras_of(venue)
    assert "New: Beamer. People can ask for it with a room." in page.text
    assert "There are 2 · Zaal · ask 2 days before" in page.text
    assert (beamer.slug, beamer.stock, [room.slug for room in beamer.rooms]) == (
        "beamer",
        2,
        ["zaal"],
    )


def test_an_extra_changes_and_goes(house, venue):
    house.fill_in("/extras/new", name="Beamer", stock="2")
    house.fill_in("/extras/beamer", name="Projector", stock="")
    assert "As many as you like" in house.get("/extras").text

    house.post("/extras/drop", extra="beamer")

    assert extras_of(venue) == []
    assert house.get("/extras/beamer").status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Write a name."),
        ({"stock": "0"}, "Write a number from 1"),
        ({"stock": "1e999"}, "Write a number from 1"),
        ({"rooms": "somewhere-else"}, "Choose one from the list."),
    ],
)
def test_an_extra_that_makes_no_sense_is_explained(house, venue, typed, sentence):
    answer = house.fill_in("/extras/new", **{"name": "Beamer", **typed})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert extras_of(venue) == []


def test_what_was_promised_stands_in_the_way(house, venue):
    chairs = an_extra(venue, "Stoelen", stock=10, slug="stoelen")
    room = a_room(venue, approval=Approval.ALWAYS)
    a_booking(room, friday(10, 12), title="Choir evening", extras=(Wanted(chairs.id, 4),))

    answer = house.fill_in("/extras/stoelen", stock="3")

    assert answer.status_code == 409
    assert "Choir evening" in answer.text
    assert extras_of(venue)[0].stock == 10


def test_a_garden_goes_with_a_room_and_a_group_takes_its_time(house, room, studio):
    page = house.fill_in("/rooms/atelier", only_with="zaal", own_buffer_minutes="45")

    assert studio.only_with == [room]
    assert studio.own_buffer_minutes == 45
    assert "And 1 more." in page.text
