"""A garden goes only together with a room, and goes when the room goes."""

import pytest

from buurthuis.bookings import actions, changes
from buurthuis.bookings.bundles.actions import book_together, cancel_bundle
from buurthuis.bookings.refusals import LeavesAlone, NotBookable
from buurthuis.foundation.errors import sentence_of
from buurthuis.rules.availability import Problem
from buurthuis.rules.states import Status
from buurthuis.venues.models import Approval
from tests.builders import (
    a_booking,
    a_manager,
    a_person,
    a_room,
    a_venue,
    a_wish,
    an_initiative,
    friday,
)


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def group(bram):
    return an_initiative(bram)


@pytest.fixture
def rooms(app):
    return a_hall_and_garden()


def a_hall_and_garden(approval=Approval.ALWAYS, **facts):
    venue = a_venue(**facts)
    hall = a_room(venue, name="Hall", approval=approval)
    return hall, a_room(venue, name="Garden", approval=approval, only_with=[hall])


def test_a_garden_alone_is_refused_with_the_cure(rooms):
    with pytest.raises(NotBookable) as refusal:
        a_booking(rooms[1], friday(10, 12))

    assert refusal.value.problems == [Problem.ALONE]
    assert "Hall" in sentence_of(refusal.value)


def test_a_garden_goes_with_the_hall_that_its_group_has(rooms, bram, group):
    a_booking(rooms[0], friday(9, 12), by=bram, for_=group)

    a_booking(rooms[1], friday(10, 12), by=bram, for_=group)
    with pytest.raises(NotBookable):
        a_booking(rooms[1], friday(12, 13), by=bram, for_=group)


def test_the_hall_of_another_group_is_no_company(rooms):
    a_booking(rooms[0], friday(9, 12))

    with pytest.raises(NotBookable):
        a_booking(rooms[1], friday(10, 12))


def test_who_has_the_whole_hall_has_its_parts(bram, group):
    venue = a_venue()
    half = a_room(venue, approval=Approval.ALWAYS)
    hall = a_room(venue, approval=Approval.ALWAYS, parts=[half, a_room(venue)])
    garden = a_room(venue, approval=Approval.ALWAYS, only_with=[half])
    yard = a_room(venue, approval=Approval.ALWAYS, only_with=[hall])
    a_booking(hall, friday(10, 12), by=bram, for_=group)
    a_booking(half, friday(14, 16), by=bram, for_=group)

    a_booking(garden, friday(10, 12), by=bram, for_=group)
    with pytest.raises(NotBookable):
        a_booking(yard, friday(14, 16), by=bram, for_=group)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_hall_and_garden_go_in_one_bundle(rooms, bram, group, order):
    both = [rooms[each] for each in order]

    assert len(book_together(both, a_wish(friday(10, 12)), by=bram, for_=group)) == 2


def test_the_garden_falls_when_the_hall_is_cancelled(rooms, bram, group):
    hall, garden = book_together(rooms, a_wish(friday(10, 12)), by=bram, for_=group)

    actions.cancel(hall.id, by=bram)

    assert garden.status == Status.CANCELLED


def test_the_garden_stays_when_only_the_garden_is_cancelled(rooms, bram, group):
    hall, garden = book_together(rooms, a_wish(friday(10, 12)), by=bram, for_=group)

    actions.cancel(garden.id, by=bram)

    assert hall.status == Status.CONFIRMED


def test_cancelling_the_bundle_cancels_each_of_them_once(rooms, bram, group):
    hall, garden = book_together(rooms, a_wish(friday(10, 12)), by=bram, for_=group)

    assert len(cancel_bundle(hall.bundle_id, by=bram)) == 2
    assert garden.sequence == hall.sequence == 1


@pytest.mark.parametrize("occupies", [True, False])
def test_the_garden_falls_when_the_hall_is_refused(bram, group, occupies):
    rooms = a_hall_and_garden(Approval.ASK, requests_occupy=occupies)
    hall, garden = book_together(rooms, a_wish(friday(10, 12)), by=bram, for_=group)
    amina = a_manager(rooms[0].venue, "Amina")

    actions.refuse(hall.id, by=amina, reason="There is a party")

    assert garden.status == Status.CANCELLED


def test_the_hall_does_not_leave_the_garden_alone(rooms, bram, group):
    hall, garden = book_together(rooms, a_wish(friday(10, 12)), by=bram, for_=group)

    with pytest.raises(LeavesAlone) as refusal:
        changes.move(hall.id, rooms[0], friday(10, 11.5), by=bram)
    assert "Garden" in sentence_of(refusal.value)

    changes.move(garden.id, rooms[1], friday(10, 11.5), by=bram)
    changes.move(hall.id, rooms[0], friday(10, 11.5), by=bram)
    with pytest.raises(NotBookable):
        changes.move(garden.id, rooms[1], friday(14, 15), by=bram)
