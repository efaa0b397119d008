"""A group is never blocked by its own turnover, whatever way it books; others always are."""

from datetime import timedelta

import pytest

from buurthuis.bookings import actions, changes
from buurthuis.bookings.bundles.actions import book_together
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.upkeep import doctor
from buurthuis.venues.models import Approval
from tests.builders import a_booking, a_person, a_room, a_venue, a_wish, an_initiative, friday


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def group(bram):
    return an_initiative(bram)


@pytest.fixture
def hall(app):
    return a_room(
        approval=Approval.ALWAYS,
        setup_minutes=15,
        teardown_minutes=15,
        turnover_minutes=30,
        own_buffer_minutes=60,
    )


@pytest.fixture
def all_is_well(app):
    yield
    assert doctor.overlaps() == []
    assert doctor.claims_and_bookings() == []
    assert doctor.shares() == []


pytestmark = pytest.mark.usefixtures("all_is_well")


def test_the_next_booking_of_a_group_follows_at_once(hall, bram, group):
    a_booking(hall, friday(10, 12), by=bram, for_=group, setup_minutes=30, teardown_minutes=30)

    a_booking(hall, friday(12, 14), by=bram, for_=group, setup_minutes=30)
    with pytest.raises(RoomTaken):
        a_booking(hall, friday(14.75, 16))
    a_booking(hall, friday(14, 16), by=bram, for_=group)


def test_a_group_makes_its_booking_longer_into_its_own_turnover(hall, bram, group):
    booking = a_booking(hall, friday(10, 12), by=bram, for_=group, teardown_minutes=60)

    changes.move(booking.id, hall, friday(10, 13.5), by=bram)

    assert booking.own_teardown_minutes == 60
    assert booking.is_cleared_at == friday(10, 13.5).end + timedelta(minutes=75)


def test_what_a_group_takes_itself_keeps_others_away(hall, bram, group):
    a_booking(hall, friday(10, 12), by=bram, for_=group, setup_minutes=60)

    with pytest.raises(RoomTaken):
        a_booking(hall, friday(8, 8.5))
    a_booking(hall, friday(8, 8.5), by=bram, for_=group)


def test_another_room_gives_as_much_time_as_it_allows(hall, bram, group):
    other = a_room(hall.venue, approval=Approval.ALWAYS, own_buffer_minutes=20, setup_minutes=5)
    booking = a_booking(hall, friday(10, 12), by=bram, for_=group, setup_minutes=60)

    changes.move(booking.id, other, friday(10, 12), by=bram)

    assert (booking.own_setup_minutes, booking.setup_minutes) == (20, 25)


def test_a_bundle_follows_a_bundle_of_the_same_group(bram, group):
    venue = a_venue()
    rooms = [
        a_room(venue, approval=Approval.ALWAYS, turnover_minutes=30, own_buffer_minutes=each)
        for each in (60, 15)
    ]
    facts = {"by": bram, "for_": group}

    first = book_together(rooms, a_wish(friday(10, 12), setup_minutes=30), **facts)
    book_together(rooms, a_wish(friday(12, 14), teardown_minutes=15), **facts)

    assert [each.own_setup_minutes for each in first] == [30, 15]
    actions.cancel(first[0].id, by=bram)
    with pytest.raises(RoomTaken):
        a_booking(rooms[1], friday(9.25, 9.75))
