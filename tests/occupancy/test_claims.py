"""Claims follow bookings: parts and wholes, buffers between groups, and neighbours of one group."""

import itertools
from datetime import timedelta

import pytest

from buurthuis.bookings import actions
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.occupancy import claims
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.queries import held_around
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Approval
from tests.builders import (
    a_booking,
    a_closure,
    a_confirmed_booking,
    a_person,
    a_room,
    a_venue,
    an_initiative,
    friday,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def held(room) -> list[tuple[str, str]]:
    from buurthuis.rules.calendar import on_the_clock

    rows = db.session.query(Occupancy).filter_by(space_id=room.id).order_by(Occupancy.from_at)
    return [(f"{on_the_clock(r.from_at):%H:%M}", f"{on_the_clock(r.to_at):%H:%M}") for r in rows]


@pytest.fixture
def hall(app):
    """A hall of two halves, of which one can be halved again."""
    venue = a_venue()
    quarters = [a_room(venue, slug="kwart-a"), a_room(venue, slug="kwart-b")]
    halves = [a_room(venue, slug="half", parts=quarters), a_room(venue, slug="andere-helft")]
    return a_room(venue, slug="zaal", parts=halves)


def part(hall, slug):
    return db.session.query(type(hall)).filter_by(slug=slug).one()


@pytest.mark.parametrize("slug", ["kwart-a", "kwart-b", "half", "andere-helft"])
def test_a_part_blocks_the_whole(hall, slug):
    a_booking(part(hall, slug), friday(10, 12))

    with pytest.raises(RoomTaken):
        a_booking(hall, friday(11, 13))


@pytest.mark.parametrize("slug", ["kwart-a", "kwart-b", "half", "andere-helft"])
def test_the_whole_blocks_each_part(hall, slug):
    a_booking(hall, friday(10, 12))

    with pytest.raises(RoomTaken):
        a_booking(part(hall, slug), friday(11, 13))


def test_two_different_parts_go_together(hall):
    a_booking(part(hall, "kwart-a"), friday(10, 12))
    a_booking(part(hall, "kwart-b"), friday(10, 12))
    a_booking(part(hall, "andere-helft"), friday(10, 12))


def test_a_group_waits_for_the_turnover_of_another_group(app):
    room = a_room(turnover_minutes=30)
    a_booking(room, friday(10, 12))

    with pytest.raises(RoomTaken):
        a_booking(room, friday(12, 13))
    a_booking(room, friday(12.5, 13))


def test_setup_of_the_next_group_counts_too(app):
    room = a_room(setup_minutes=30)
    a_booking(room, friday(10, 12))

    with pytest.raises(RoomTaken):
        a_booking(room, friday(12, 13))


def test_a_group_is_not_blocked_by_its_own_turnover(app):
    room = a_room(turnover_minutes=30)
    bram = a_person("Bram")
    cafe = an_initiative(bram)
    a_booking(room, friday(10, 12), by=bram, for_=cafe)
    a_booking(room, friday(12, 13), by=bram, for_=cafe)

    assert held(room) == [("10:00", "12:00"), ("12:00", "13:30")]


def test_a_buffer_comes_back_when_the_neighbour_goes(app):
    room = a_room(turnover_minutes=30)
    bram = a_person("Bram")
    cafe = an_initiative(bram)
    a_booking(room, friday(10, 12), by=bram, for_=cafe)
    later = a_booking(room, friday(12, 13), by=bram, for_=cafe)

    actions.cancel(later.id, by=bram)

    assert held(room) == [("10:00", "12:30")]


def test_no_other_group_slips_into_a_shared_buffer(app):
    room = a_room(turnover_minutes=60)
    bram = a_person("Bram")
    cafe = an_initiative(bram)
    a_booking(room, friday(10, 12), by=bram, for_=cafe)
    a_booking(room, friday(12, 12.5), by=bram, for_=cafe)

    with pytest.raises(RoomTaken):
        a_booking(room, friday(13, 14))
    a_booking(room, friday(13.5, 14))


def test_a_group_cannot_overlap_itself(app):
    room = a_room()
    bram = a_person("Bram")
    cafe = an_initiative(bram)
    a_booking(room, friday(10, 12), by=bram, for_=cafe)

    with pytest.raises(RoomTaken):
        a_booking(room, friday(11, 13), by=bram, for_=cafe)


def test_a_cancelled_booking_frees_its_room(app):
    room = a_room()
    bram = a_person("Bram")
    booking = a_booking(room, friday(10, 12), by=bram, for_=an_initiative(bram))

    actions.cancel(booking.id, by=bram)

    a_booking(room, friday(10, 12))


def test_a_closure_blocks_every_room_of_the_house(app):
    room = a_room()
    a_closure(room.venue, friday(0, 24))

    with pytest.raises(Exception, match="invalid"):
        a_booking(room, friday(10, 12))
    assert db.session.query(Occupancy).count() == 1


def test_a_closure_over_a_live_booking_is_refused(app):
    room = a_room()
    a_confirmed_booking(room, friday(10, 12))

    with pytest.raises(Exception, match="occupancy_no_overlap"):
        a_closure(room.venue, friday(9, 24))


def test_a_long_closure_is_held_in_pieces(app):
    room = a_room()
    long = type(friday(0, 1))(friday(0, 1).start, friday(0, 1, weeks=3).start)
    a_closure(room.venue, long)

    pieces = db.session.query(Occupancy).order_by(Occupancy.from_at).all()

    assert pieces[0].from_at == long.start
    assert pieces[-1].to_at == long.end
    assert all(a.to_at == b.from_at for a, b in itertools.pairwise(pieces))


def test_bookings_follow_when_a_room_gets_parts(app):
    venue = a_venue()
    room, new_part = a_room(venue, approval=Approval.ALWAYS), a_room(venue)
    booking = a_booking(room, friday(10, 12))

    @action
    def divide():
        room.parts = [new_part]
        db.session.flush()
        claims.reclaim([room.id], since=clock.now())

    divide()

    rows = db.session.query(Occupancy).filter_by(booking_id=booking.id).all()
    assert [row.space_id for row in rows] == [new_part.id]


def test_what_is_held_is_found_around_each_time_and_once(app):
    room = a_room()
    a_booking(room, friday(8, 9))
    here = a_booking(room, friday(10, 12))
    a_booking(room, friday(14, 15))
    asked = [Period(here.from_at, here.from_at + HOUR), Period(here.to_at - HOUR / 2, here.to_at)]

    found = held_around([room.id], [*asked, Period(here.from_at + DAY, here.to_at + DAY)])

    assert [(each.booking_id, each.use) for each in found] == [(here.id, here.period)]
    assert not held_around([room.id], asked, ignoring=[here.id])
