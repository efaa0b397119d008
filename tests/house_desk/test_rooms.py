"""Managers add rooms, change them, put them in order, and stop using them."""

import pytest
from sqlalchemy import select

from buurthuis.foundation.db import db
from buurthuis.venues.models import Approval, Feature, Room
from tests.builders import a_booking, a_room, friday


def room_called(name):
    return db.session.scalar(select(Room).where(Room.name == name))


def names_in_order(house):
    page = house.get("/rooms").text
    return [
        part.split("</a>")[0].split(">")[-1] for part in page.split('card__title" id="room-')[1:]
    ]


def test_a_new_room_can_be_booked_at_once(house):
    page = house.fill_in("/rooms/new", name="Grote zaal", capacity="60", features="piano")

    room = room_called("Grote zaal")
    assert "New room: Grote zaal." in page.text
    assert (room.slug, room.capacity, room.approval) == ("de-meevaart-grote-zaal", 60, Approval.ASK)
    assert [each.feature for each in room.features] == [Feature.PIANO]
    assert a_booking(room, friday(10, 12)).room_id == room.id


def test_two_rooms_of_one_name_get_addresses_of_their_own(house):
    house.fill_in("/rooms/new", name="Zaal", capacity="5")
    house.fill_in("/rooms/new", name="Zaal", capacity="6")

    slugs = db.session.scalars(select(Room.slug).where(Room.name == "Zaal"))
    assert set(slugs) == {"zaal", "de-meevaart-zaal", "de-meevaart-zaal-2"}


def test_a_room_changes_and_keeps_its_address(house, room):
    house.fill_in("/rooms/zaal", name="Danszaal", way_in="Eerste trap.", turnover_minutes="30")

    assert (room.name, room.slug, room.way_in) == ("Danszaal", "zaal", "Eerste trap.")
    assert room.turnover_minutes == 30


def test_a_hall_is_made_of_other_rooms(house, studio):
    house.fill_in("/rooms/zaal", parts="atelier")

    assert [part.slug for part in room_called("Zaal").parts] == ["atelier"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Write the name of the room."),
        ({"capacity": ""}, "Write how many people fit in."),
        ({"capacity": "0"}, "Write a number from 1"),
        ({"capacity": "9" * 400}, "Write a number from 1"),
        ({"area": "1e999"}, "Write a number such as"),
        ({"area": "NaN"}, "Write a number such as"),
        ({"approval": "perhaps"}, "Choose one from the list."),
        ({"features": "jacuzzi"}, "Choose one from the list."),
        ({"parts": "somewhere-else"}, "Choose one from the list."),
        ({"name": "\0"}, "Write the name of the room."),
    ],
)
def test_a_room_that_makes_no_sense_is_explained(house, room, typed, sentence):
    answer = house.fill_in("/rooms/zaal", **typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert (room.name, room.capacity) == ("Zaal", 20)


def test_a_room_moves_up_and_down(house):
    assert names_in_order(house) == ["Zaal", "Atelier"]

    house.post("/rooms/atelier/move", way="up")
    assert "The rooms stand in another order." in house.get("/rooms").text
    assert names_in_order(house) == ["Atelier", "Zaal"]

    house.post("/rooms/atelier/move", way="down")
    house.post("/rooms/atelier/move", way="down")
    house.post("/rooms/atelier/move", way="sideways")
    assert names_in_order(house) == ["Zaal", "Atelier"]


def test_who_still_comes_is_told_before_a_room_goes_out_of_use(house, room):
    booking = a_booking(room, friday(10, 12), title="Naaiclub")

    assert "Naaiclub" in house.get("/rooms/zaal/retire").text
    house.post("/rooms/zaal/retire")

    db.session.refresh(room)
    assert room.retired_at is not None
    assert booking.status == "requested"
    assert house.desk.get("/rooms/zaal").status_code == 404


def test_a_room_can_be_taken_back(house, room):
    house.post("/rooms/zaal/retire")
    assert "Use it again" in house.get("/rooms").text

    house.post("/rooms/zaal/take-back")

    db.session.refresh(room)
    assert room.retired_at is None
    assert house.desk.get("/rooms/zaal").status_code == 200


def test_rooms_of_another_house_are_not_found_here(house, app):
    a_room(slug="elders")

    assert house.get("/rooms/elders").status_code == 404
    assert house.post("/rooms/elders/retire").status_code == 404


def test_twelve_rooms_take_no_more_questions_than_two(house, venue, counted):
    few = counted(lambda: house.get("/rooms"))
    for number in range(10):
        a_room(venue, name=f"Kamer {number}", features=[Feature.WIFI, Feature.PIANO])

    assert counted(lambda: house.get("/rooms")) <= few
