"""What calendars of others take: all that nobody holds, never what a booking or the house itself holds."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select, text

from buurthuis.bookings import actions as bookings
from buurthuis.bookings.refusals import NotBookable
from buurthuis.bookings.waiting.models import WaitingWish
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Refusal
from buurthuis.foundation.fetching import NEW
from buurthuis.imports.actions import bring_in, change
from buurthuis.imports.house import HouseClosure
from buurthuis.imports.models import Part
from buurthuis.imports.outside import actions, looks
from buurthuis.imports.outside.models import OutsideCalendar
from buurthuis.imports.outside.queries import alarms_of
from buurthuis.imports.outside.times import Sight, Taken
from buurthuis.imports.queries import house_of
from buurthuis.occupancy.models import Occupancy
from buurthuis.upkeep import doctor
from buurthuis.upkeep.doctor_of_houses import calendars_of_others
from buurthuis.venues.models import Closure
from tests.builders import (
    a_booking,
    a_closure,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_room,
    a_venue,
    a_waiting_wish,
    an_initiative,
    friday,
)
from tests.imports.outside.calendars import follows_a_calendar, settled


@pytest.fixture
def house(app):
    """A house with a gym."""
    return a_venue()


@pytest.fixture
def gym(house):
    """Its gym."""
    return a_room(house, name="Gym")


def taken(room):
    """What calendars of others take of a room, as hours of the Friday of the tests."""
    asked = (
        select(Occupancy.from_at, Occupancy.to_at)
        .join(Closure, Closure.id == Occupancy.closure_id)
        .where(Occupancy.space_id == room.id, Closure.outside_id.is_not(None))
    )
    midnight = friday(0, 1).start
    return sorted(
        tuple((each - midnight).total_seconds() / 3600 for each in row)
        for row in db.session.execute(asked)
    )


def is_well():
    """The doctor has nothing to say about who holds what."""
    return doctor.overlaps() + doctor.closures() + calendars_of_others() == []


def test_the_school_takes_the_gym_and_nobody_books_it_then(gym):
    follows_a_calendar(gym, friday(9, 10), friday(10, 12), friday(11, 13))

    assert taken(gym) == [(9, 13)]
    with pytest.raises(NotBookable):
        a_booking(gym, friday(12, 14))
    a_booking(gym, friday(13, 14))
    assert is_well()


def test_a_booking_goes_before_and_what_is_left_is_taken(gym, house):
    booking = a_confirmed_booking(gym, friday(10, 11))
    calendar = follows_a_calendar(gym, friday(9, 13))

    assert taken(gym) == [(9, 10), (11, 13)]
    [clash] = alarms_of(house, clock.now()).clashes
    assert (clash.booking, clash.calendar) == (booking, calendar)
    assert (clash.from_at, clash.to_at) == (friday(9, 13).start, friday(9, 13).end)


def test_what_a_booking_lets_go_of_is_the_schools_before_anybody_who_waits(gym, house):
    booking = a_confirmed_booking(gym, friday(10, 11))
    bram = a_person()
    a_waiting_wish(gym, friday(10, 11), by=bram, for_=an_initiative(bram))
    follows_a_calendar(gym, friday(9, 13))

    bookings.cancel(booking.id, by=a_manager(house))

    assert taken(gym) == [(9, 10), (10, 11), (11, 13)]
    assert db.session.scalars(select(WaitingWish.offer_id)).all() == [None]
    assert alarms_of(house, clock.now()).clashes == []
    settled(gym)
    assert taken(gym) == [(9, 13)]
    assert is_well()


def test_the_house_closes_by_itself_over_the_school_and_opens_again(gym, house):
    follows_a_calendar(gym, friday(9, 10), friday(12, 13))
    kept = db.session.scalars(
        select(Closure.id).where(Closure.from_at == friday(9, 10).start)
    ).one()
    by, own = a_manager(house), HouseClosure(friday(11, 14).start, friday(11, 14).end)

    change(house.slug, lambda now: replace(now, closures=(own,)), part=Part.CLOSURES, by=by)

    assert taken(gym) == [(9, 10)]
    assert house_of(house).closures == (own,)
    assert kept in db.session.scalars(select(Closure.id)).all()  # feeds know it by its number
    change(house.slug, lambda now: replace(now, closures=()), part=Part.CLOSURES, by=by)
    assert taken(gym) == [(9, 10), (12, 13)]
    assert house_of(house).closures == ()
    assert is_well()


def test_a_hall_of_parts_is_taken_for_the_part_that_is_free(house):
    left, right = a_room(house, name="Left"), a_room(house, name="Right")
    hall = a_room(house, name="Hall", parts=[left, right])
    a_confirmed_booking(left, friday(10, 11))

    follows_a_calendar(hall, friday(9, 12))

    assert taken(left) == [(9, 10), (11, 12)]
    assert taken(right) == [(9, 12)]
    names = {
        tuple(room.name for room in each.rooms) for each in db.session.scalars(select(Closure))
    }
    assert names == {("Left",), ("Right",)}
    assert is_well()


def test_two_calendars_on_one_room_share_it_without_a_quarrel(gym, house):
    first = follows_a_calendar(gym, friday(9, 11))
    follows_a_calendar(gym, friday(10, 12), name="Judo")

    assert taken(gym) == [(9, 11), (11, 12)]
    actions.stop(house.slug, first.id, by=a_manager(house))
    assert taken(gym) == [(10, 12)]


def test_stopping_frees_the_time_and_forgets_the_address(gym, house):
    calendar = follows_a_calendar(gym, friday(9, 12))

    actions.stop(house.slug, calendar.id, by=a_manager(house))

    assert taken(gym) == []
    assert db.session.get_one(OutsideCalendar, calendar.id).address == ""
    a_booking(gym, friday(9, 12))


def test_a_room_with_other_parts_and_a_room_that_goes_do_not_stand_in_the_way(house):
    left, gym = a_room(house, name="Left"), a_room(house, name="Gym")
    hall = a_room(house, name="Hall", parts=[left, gym])
    follows_a_calendar(hall, friday(9, 12))
    by = a_manager(house)

    def without_parts(now):
        rooms = [replace(each, parts=()) if each.slug == hall.slug else each for each in now.rooms]
        return replace(now, rooms=tuple(rooms))

    change(house.slug, without_parts, part=Part.ROOMS, by=by)
    assert (taken(hall), taken(left)) == ([(9, 12)], [])

    now = house_of(house)
    bring_in(replace(now, rooms=now.rooms[:1], rate_cards=()))
    assert db.session.scalars(select(Closure.id)).all() == []
    assert is_well()


def test_a_closure_of_the_house_is_never_taken_for_one_of_others(gym, house):
    a_closure(house, friday(10, 11), gym, reason="A leak")
    follows_a_calendar(gym, friday(9, 12))

    assert taken(gym) == [(9, 10), (11, 12)]
    assert [each.reason for each in house.own_closures] == ["A leak"]


def test_the_doctor_finds_time_that_is_not_taken_and_a_calendar_that_nobody_looks_at(gym):
    calendar = follows_a_calendar(gym, friday(9, 12))
    assert calendars_of_others() == []

    db.session.execute(text("DELETE FROM occupancy"))
    db.session.execute(text("DELETE FROM closure"))
    calendar.look_at = clock.now() - timedelta(hours=3)
    db.session.commit()

    [untaken, unlooked] = calendars_of_others()
    assert "do not hold what they want" in untaken
    assert "Does a worker run?" in unlooked


@pytest.mark.parametrize("chance", [1, 2])
def test_whatever_happens_in_any_order_everybody_keeps_what_is_theirs(house, chance):
    fate, by = Random(chance), a_manager(house)  # noqa: S311
    left, right = a_room(house, name="Left"), a_room(house, name="Right")
    hall = a_room(house, name="Hall", parts=[left, right])
    calendars = [follows_a_calendar(hall, friday(9, 12)), follows_a_calendar(left, friday(11, 15))]
    made, done = [], set()

    def a_span():
        start = fate.randrange(16, 40)
        return friday(start / 2, (start + fate.randrange(1, 8)) / 2)

    def book():
        made.append(a_booking(fate.choice([left, right, hall]), a_span()))

    def cancel():
        bookings.cancel(made.pop(fate.randrange(len(made))).id, by=by)

    def close():
        span, rooms = a_span(), fate.choice([(), (left.slug,)])
        own = (HouseClosure(span.start, span.end, rooms), *house_of(house).closures[:1])
        change(house.slug, lambda now: replace(now, closures=own), part=Part.CLOSURES, by=by)

    def see():
        calendar = fate.choice(calendars)
        calendar.look_at = clock.now()
        db.session.commit()
        times = tuple(sorted(Taken(t.start, t.end) for t in (a_span(), a_span(), a_span())))
        looks.take_in(looks.lease(), Sight(times, 0, ""), NEW)

    for deed in fate.choices([book, cancel, close, see], weights=[4, 2, 1, 2], k=14):
        with suppress(Refusal, IndexError, ValueError):
            deed()
            done.add(deed)
        assert is_well(), deed.__name__
    assert done >= {book, close, see}
    assert all(each.is_live for each in made)
