"""A room takes itself, or what the rooms it is made of take."""

from buurthuis.rules.spaces import spaces_of_room

HALL = {1: [2, 3], 2: [4, 5]}


def test_a_plain_room_takes_itself():
    assert spaces_of_room(3, HALL) == {3}


def test_a_hall_takes_the_parts_of_its_parts():
    assert spaces_of_room(1, HALL) == {3, 4, 5}


def test_a_ring_of_parts_ends_somewhere():
    assert spaces_of_room(1, {1: [2], 2: [1]}) == {2}
