"""The best fitting room comes first."""

from itertools import permutations

import pytest

from buurthuis.pages.fitting import place_in_line
from buurthuis.rules.standing import Purpose
from buurthuis.venues.models import Feature

KITCHEN = ("kitchen", {Feature.KITCHEN, Feature.WATER}, 10)
STUDY = ("study", {Feature.WIFI}, 12)
HALL = ("hall", {Feature.STAGE}, 80)
GYM = ("gym", {Feature.SPORTS_FLOOR, Feature.SOUND}, 24)


def in_line(purpose, people=10):
    orders = {
        tuple(
            name
            for name, _features, _capacity in sorted(
                rooms,
                key=lambda room: place_in_line(room[1], room[2], purpose=purpose, people=people),
            )
        )
        for rooms in permutations([KITCHEN, STUDY, HALL, GYM])
    }
    assert len(orders) == 1, "the order in which rooms are found does not matter"
    return orders.pop()


@pytest.mark.parametrize("purpose", [Purpose.MEETING, Purpose.COURSE, Purpose.PARTY])
def test_a_meeting_is_sent_to_a_kitchen_or_a_gym_last(purpose):
    assert in_line(purpose) == ("study", "hall", "kitchen", "gym")


def test_who_cooks_sees_the_kitchen_first():
    assert in_line(Purpose.FOOD) == ("kitchen", "study", "hall", "gym")


@pytest.mark.parametrize("purpose", [Purpose.SPORT, Purpose.CULTURE])
def test_who_moves_sees_the_sports_floor_first(purpose):
    assert in_line(purpose) == ("gym", "study", "hall", "kitchen")


def test_without_a_number_of_people_the_size_does_not_count():
    small = place_in_line({Feature.WIFI}, 8, purpose=Purpose.MEETING, people=None)
    large = place_in_line({Feature.STAGE}, 80, purpose=Purpose.MEETING, people=None)
    assert small == large
