"""A house file tells which extras there are, and keeps what was promised."""

from dataclasses import replace

import pytest

from buurthuis.extras.queries import extras_of
from buurthuis.extras.wishes import Wanted
from buurthuis.imports import actions
from buurthuis.imports.house import HouseExtra
from buurthuis.imports.queries import house_of
from buurthuis.imports.refusals import BookingsInTheWay
from buurthuis.venues.models import Approval
from tests.builders import a_booking, a_room, a_venue, friday

CHAIRS = HouseExtra("stoelen", "Stoelen", stock=10)


@pytest.fixture
def room(app):
    return a_room(a_venue("proefhuis"), slug="zaal", approval=Approval.ALWAYS)


def bring_in(room, *extras):
    venue = room.venue
    actions.bring_in(replace(house_of(venue), extras=extras))
    return {extra.slug: extra for extra in extras_of(venue)}


def test_extras_come_change_and_go(room):
    chairs = bring_in(room, CHAIRS, HouseExtra("koffie", "Koffie"))["stoelen"]
    bring_in(room, replace(CHAIRS, name="Klapstoelen", rooms=("zaal",)))

    assert house_of(room.venue).extras == (replace(CHAIRS, name="Klapstoelen", rooms=("zaal",)),)
    assert chairs.name == "Klapstoelen"
    assert bring_in(room) == {}


def test_an_extra_that_was_booked_stays_known_and_can_come_back(room):
    chairs = bring_in(room, CHAIRS)["stoelen"]
    booking = a_booking(room, friday(10, 12), extras=(Wanted(chairs.id, 4),))

    assert bring_in(room) == {}
    assert booking.extras[0].extra.name == "Stoelen"
    assert bring_in(room, CHAIRS)["stoelen"].id == chairs.id


def test_what_was_promised_stands_in_the_way_of_a_smaller_stock(room):
    chairs = bring_in(room, CHAIRS)["stoelen"]
    booking = a_booking(room, friday(10, 12), extras=(Wanted(chairs.id, 4),))

    with pytest.raises(BookingsInTheWay) as refusal:
        bring_in(room, replace(CHAIRS, stock=3))

    assert refusal.value.facts["bookings"] == [booking]
    assert bring_in(room, replace(CHAIRS, stock=4))["stoelen"].stock == 4
