"""Extras are lent as often as there are of them, whatever way a booking goes."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from buurthuis.bookings import actions, changes
from buurthuis.extras.models import BookingExtra, Extra
from buurthuis.extras.queries import away
from buurthuis.extras.refusals import ExtraTooLate, NotInThisRoom, OutOfStock
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import sentence_of
from buurthuis.upkeep.doctor_of_houses import extras_promised_twice
from buurthuis.venues.models import Approval
from tests.builders import (
    a_booking,
    a_manager,
    a_person,
    a_room,
    a_venue,
    an_extra,
    an_initiative,
    friday,
)


@pytest.fixture
def rooms(app):
    venue = a_venue()
    return [a_room(venue, approval=Approval.ALWAYS, turnover_minutes=30) for _ in range(3)]


def with_(extra, quantity=1):
    return {"extras": (Wanted(extra.id, quantity),)}


def times_away(extra):
    found = [each.period for each in away(extra.id, friday(0, 24))]
    return sorted(found, key=lambda period: period.start)


def test_one_beamer_is_in_one_room_at_a_time(rooms):
    beamer = an_extra(rooms[0].venue)
    a_booking(rooms[0], friday(10, 12), **with_(beamer))

    with pytest.raises(OutOfStock) as refusal:
        a_booking(rooms[1], friday(11, 13), **with_(beamer))

    assert refusal.value.left == 0
    assert sentence_of(refusal.value)
    a_booking(rooms[1], friday(12, 13), **with_(beamer))


def test_what_is_away_at_one_moment_is_added_up(rooms):
    chairs = an_extra(rooms[0].venue, "chairs", stock=10)
    a_booking(rooms[0], friday(10, 12), **with_(chairs, 6))
    a_booking(rooms[0], friday(13, 15), **with_(chairs, 6))

    a_booking(rooms[1], friday(10, 15), **with_(chairs, 4))
    with pytest.raises(OutOfStock):
        a_booking(rooms[2], friday(14, 16), **with_(chairs, 1))


def test_coffee_has_no_end(rooms):
    coffee = an_extra(rooms[0].venue, "coffee", stock=None)

    for room in rooms:
        a_booking(room, friday(10, 12), **with_(coffee, 900))


def test_the_minutes_around_an_extra_count(rooms):
    kitchen = an_extra(rooms[0].venue, "kitchen", before_minutes=30, after_minutes=60)
    a_booking(rooms[0], friday(10, 12), **with_(kitchen))

    assert times_away(kitchen) == [friday(9.5, 13)]
    with pytest.raises(OutOfStock):
        a_booking(rooms[1], friday(13.25, 14), **with_(kitchen))
    a_booking(rooms[1], friday(13.5, 14), **with_(kitchen))


def test_a_cancelled_booking_gives_its_extras_back(rooms):
    beamer = an_extra(rooms[0].venue)
    booker = a_person()
    booking = a_booking(
        rooms[0], friday(10, 12), by=booker, for_=an_initiative(booker), **with_(beamer)
    )

    actions.cancel(booking.id, by=booker)

    assert times_away(beamer) == []
    a_booking(rooms[1], friday(10, 12), **with_(beamer))


def test_a_booking_takes_its_extras_along_when_it_moves(rooms):
    beamer = an_extra(rooms[0].venue)
    booker = a_person()
    mine = an_initiative(booker)
    booking = a_booking(rooms[0], friday(10, 12), by=booker, for_=mine, **with_(beamer))
    a_booking(rooms[1], friday(14, 16), **with_(beamer))

    changes.move(booking.id, rooms[2], friday(12, 14), by=booker)
    assert times_away(beamer) == [friday(12, 14), friday(14, 16)]

    with pytest.raises(OutOfStock):
        changes.move(booking.id, rooms[2], friday(12, 14.5), by=booker)
    assert times_away(beamer) == [friday(12, 14), friday(14, 16)]


def test_a_neighbour_of_the_same_group_leaves_the_extras_alone(rooms):
    beamer = an_extra(rooms[0].venue)
    booker = a_person()
    mine = an_initiative(booker)
    a_booking(rooms[0], friday(10, 12), by=booker, for_=mine, **with_(beamer))

    a_booking(rooms[0], friday(12, 13), by=booker, for_=mine)

    assert times_away(beamer) == [friday(10, 12)]


def test_a_request_that_holds_no_place_holds_no_extras(app):
    venue = a_venue(requests_occupy=False)
    first, second = a_room(venue), a_room(venue)
    beamer = an_extra(venue)
    requests = [a_booking(room, friday(10, 12), **with_(beamer)) for room in (first, second)]
    amina = a_manager(venue, "Amina")
    assert times_away(beamer) == []

    actions.approve(requests[0].id, by=amina)

    assert times_away(beamer) == [friday(10, 12)]
    with pytest.raises(OutOfStock):
        actions.approve(requests[1].id, by=amina)


def test_an_extra_goes_with_its_rooms_only(rooms):
    piano = an_extra(rooms[0].venue, "piano", rooms=[rooms[0]])

    a_booking(rooms[0], friday(10, 12), **with_(piano))
    with pytest.raises(NotInThisRoom):
        a_booking(rooms[1], friday(14, 16), **with_(piano))
    with pytest.raises(NotInThisRoom):
        a_booking(a_room(), friday(14, 16), **with_(an_extra(a_venue())))


def test_the_house_wants_to_know_of_cleaning_in_time(rooms):
    cleaning = an_extra(rooms[0].venue, "cleaning", stock=None, notice_hours=14 * 24)

    with pytest.raises(ExtraTooLate) as refusal:
        a_booking(rooms[0], friday(10, 12), **with_(cleaning))
    assert "14" in sentence_of(refusal.value)
    a_booking(rooms[0], friday(10, 12, weeks=1), **with_(cleaning))


def test_the_database_itself_refuses_what_goes_over_the_stock(rooms):
    beamer = an_extra(rooms[0].venue, stock=2)
    booking = a_booking(rooms[0], friday(10, 12), **with_(beamer))
    a_booking(rooms[1], friday(11, 13), **with_(beamer))

    mine = update(BookingExtra).where(BookingExtra.booking_id == booking.id)
    with pytest.raises(IntegrityError):
        db.session.execute(mine.values(quantity=2))
    db.session.rollback()
    a_third = a_booking(rooms[2], friday(11, 12))
    db.session.add(BookingExtra(booking_id=a_third.id, extra_id=beamer.id, quantity=1))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
    db.session.execute(mine.values(to_at=friday(10, 11).end, quantity=2))
    db.session.commit()


def test_what_is_away_is_found_however_long_ago_it_left(rooms):
    heater = an_extra(rooms[0].venue, "heater", before_minutes=720, after_minutes=720)
    a_booking(rooms[0], friday(8, 23), **with_(heater))

    later = friday(8, 10).moved_to(friday(8, 10).start + timedelta(days=1))
    with pytest.raises(OutOfStock):
        a_booking(rooms[1], later, **with_(heater))


def test_the_doctor_finds_what_was_promised_twice(rooms):
    beamer = an_extra(rooms[0].venue, stock=2)
    for room in rooms[:2]:
        a_booking(room, friday(10, 12), **with_(beamer))
    assert extras_promised_twice() == []

    db.session.execute(update(Extra).values(stock=1))

    assert len(extras_promised_twice()) == 2
