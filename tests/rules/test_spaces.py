"""A room takes itself, or what the rooms it is made of take."""

from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.spaces import spaces_of_room, spread

HALL = {1: [2, 3], 2: [4, 5]}


def test_a_plain_room_takes_itself():
    assert spaces_of_room(3, HALL) == {3}


def test_a_hall_takes_the_parts_of_its_parts():
    assert spaces_of_room(1, HALL) == {3, 4, 5}


def test_a_ring_of_parts_ends_somewhere():
    assert spaces_of_room(1, {1: [2], 2: [1]}) == {2}


def test_people_fill_the_first_room_first():
    assert spread(40, [30, 8, 20]) == [30, 8, 2]
    assert spread(30, [30, 8]) == [30, None]
    assert spread(None, [30, 8]) == [None, None]
    assert spread(5, []) == []


def test_people_who_fit_nowhere_make_the_last_room_too_small():
    assert spread(50, [30, 8]) == [30, 20]


@given(st.integers(1, 500), st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_nobody_is_lost_or_counted_twice(people, capacities):
    assert sum(here or 0 for here in spread(people, capacities)) == people
