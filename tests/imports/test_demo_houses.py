"""The demo houses hold what the contract promises of them."""

from datetime import date

import pytest

from buurthuis.imports.house import House
from buurthuis.imports.house_file import demo_houses
from buurthuis.rules.calendar import MINUTES_A_DAY
from buurthuis.venues.models import Approval

HOUSES = demo_houses()
REAL = {"de-meevaart", "lutmastraat-209a", "de-bonte-kraai"}
TEN_O_CLOCK = 22 * 60
each_house = pytest.mark.parametrize("house", HOUSES, ids=[house.slug for house in HOUSES])


def by_slug(slug: str) -> House:
    return next(house for house in HOUSES if house.slug == slug)


def test_there_are_six_and_the_invented_ones_say_so():
    assert len(HOUSES) == 6
    for house in HOUSES:
        assert house.is_example == (house.slug not in REAL)
        assert house.is_example == house.name.endswith("(voorbeeld)")


def test_no_room_has_the_slug_of_another():
    slugs = [room.slug for house in HOUSES for room in house.rooms]

    assert len(set(slugs)) == len(slugs)


@each_house
def test_a_house_can_be_reached_and_keeps_to_its_own_day(house: House):
    assert house.contact.phone.startswith("020-555 01")
    assert house.contact.email.endswith(".example")
    assert house.address.city == "Amsterdam"
    assert house.house_rules
    assert house.day_parts
    assert house.closed_on_holidays


@each_house
def test_every_room_has_a_rate_and_a_feature(house: House):
    (card,) = house.rate_cards

    assert {rate.room for rate in card.rates} == {room.slug for room in house.rooms}
    assert all(room.features for room in house.rooms)
    assert card.valid_from <= date(2020, 1, 1)


def test_most_houses_are_open_until_ten_on_weekdays():
    late = [
        house
        for house in HOUSES
        if {hours.weekday for hours in house.opening_hours if hours.closes >= TEN_O_CLOCK}
        >= set(range(5))
    ]

    assert len(late) == len(HOUSES)


def test_a_house_books_by_the_quarter_within_its_opening_hours():
    kraai = by_slug("de-bonte-kraai")
    (card,) = kraai.rate_cards

    assert (kraai.booking.step_minutes, kraai.booking.min_minutes) == (15, 15)
    assert {rate.unit for rate in card.rates} == {"hour"}


def test_a_hall_has_parts_and_a_part_has_parts():
    rooms = {room.slug: room for room in by_slug("het-drieluik").rooms}
    hall = rooms["drieluik-grote-zaal"]

    assert any(rooms[part].parts for part in hall.parts)


def test_the_demo_shows_buffers_nights_closures_and_every_kind_of_answer():
    rooms = [room for house in HOUSES for room in house.rooms]

    assert {room.approval for room in rooms} == set(Approval)
    assert any(room.setup_minutes and room.turnover_minutes for room in rooms)
    assert any(hours.closes > MINUTES_A_DAY for house in HOUSES for hours in house.opening_hours)
    assert any(house.closures for house in HOUSES)


def test_the_real_houses_stand_where_they_stand():
    kraai = by_slug("de-bonte-kraai").address

    assert (kraai.street, kraai.postcode) == ("Kraaiennest 68", "1104 CD")
    assert by_slug("lutmastraat-209a").address.street == "Lutmastraat 209A"
