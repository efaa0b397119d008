"""A place comes free while many want it: one is kept for the first in line, and nobody slips in."""

import threading
from datetime import datetime, timedelta

import pytest

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings import actions
from buurthuis.bookings.models import Booking
from buurthuis.bookings.waiting.actions import join
from buurthuis.bookings.waiting.models import WaitingWish
from buurthuis.bookings.waiting.offering import offer_places
from buurthuis.bookings.waiting.refusals import PlaceIsFree
from buurthuis.foundation.db import db
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.calendar import day_of
from buurthuis.rules.states import LIVE, Status
from buurthuis.upkeep import doctor
from buurthuis.venues.models import Approval, Room
from tests.builders import a_booking, a_person, a_room, a_waiting_wish, a_wish, an_initiative, on

pytestmark = pytest.mark.race

JOINERS, PASSERS_BY, WORKERS = 20, 4, 2


def evening():
    return on(day_of(datetime.now().astimezone()) + timedelta(days=10), 19, 21)


def all_at_once(app, deeds):
    """Do each of these at the same moment, each in a session of its own; what went wrong is returned."""
    gate, told = threading.Barrier(len(deeds)), []

    def do(deed):
        with app.app_context():
            gate.wait()
            try:
                deed()
            except (RoomTaken, PlaceIsFree) as refusal:
                told.append(refusal)
            except Exception as error:
                told.append(error)
                raise
            finally:
                db.session.remove()

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def a_crowd(count, name):
    people = [a_person(f"{name}{number}") for number in range(count)]
    return [(each.id, an_initiative(each, name=f"{name} {each.id}").id) for each in people]


def joins(room_id, who, period):
    def deed():
        room, person = db.session.get_one(Room, room_id), db.session.get_one(Person, who[0])
        group = db.session.get_one(Initiative, who[1])
        join(room.venue, room, a_wish(period), by=person, for_=group)

    return deed


def books(room_id, who, period):
    def deed():
        room, person = db.session.get_one(Room, room_id), db.session.get_one(Person, who[0])
        group = db.session.get_one(Initiative, who[1])
        actions.book(room, a_wish(period), by=person, for_=group)

    return deed


def work():
    actions.expire_holds()
    offer_places()


def live():
    db.session.expire_all()
    return db.session.query(Booking).filter(Booking.status.in_(LIVE)).all()


def assert_all_is_well():
    assert doctor.overlaps() == []
    assert doctor.claims_and_bookings() == []
    offers = [each for (each,) in db.session.query(WaitingWish.offer_id) if each is not None]
    assert len(offers) == len(set(offers))


def test_a_place_that_is_cancelled_while_twenty_join_has_one_holder(real):
    room = a_room(approval=Approval.ALWAYS)
    period = evening()
    taken = a_booking(room, period)
    first = a_crowd(1, "First")[0]
    joiners, strangers = a_crowd(JOINERS, "Joiner"), a_crowd(PASSERS_BY, "Stranger")
    joins(room.id, first, period)()
    room_id, taken_id, booker_id = room.id, taken.id, taken.booked_by_id
    db.session.commit()

    def cancels():
        actions.cancel(taken_id, by=db.session.get_one(Person, booker_id))

    told = all_at_once(
        real,
        [
            cancels,
            *(joins(room_id, who, period) for who in joiners),
            *(books(room_id, who, period) for who in strangers),
            *([work] * WORKERS),
        ],
    )

    assert [type(each) for each in told] == [RoomTaken] * PASSERS_BY
    [booking] = live()
    assert (booking.status, booking.initiative_id) == (Status.HELD, first[1])
    assert db.session.query(WaitingWish).filter_by(offer_id=None).count() == JOINERS
    assert_all_is_well()


def test_a_hold_that_ends_goes_once_to_the_next_whoever_comes_along(real):
    room = a_room(approval=Approval.ALWAYS)
    period = evening()
    taken = a_booking(room, period)
    line = a_crowd(3, "Waiter")
    for person_id, group_id in line:
        person, group = db.session.get(Person, person_id), db.session.get(Initiative, group_id)
        a_waiting_wish(room, period, by=person, for_=group)
    actions.cancel(taken.id, by=taken.booked_by)
    [offer] = live()
    offer.expires_at = datetime.now().astimezone() - timedelta(seconds=1)
    db.session.commit()
    strangers, room_id = a_crowd(PASSERS_BY, "Stranger"), room.id
    db.session.commit()

    told = all_at_once(
        real, [*(books(room_id, who, period) for who in strangers), *([work] * WORKERS)]
    )

    assert [type(each) for each in told] == [RoomTaken] * PASSERS_BY
    [booking] = live()
    assert (booking.status, booking.initiative_id) == (Status.HELD, line[1][1])
    assert db.session.get(Booking, offer.id).status == Status.EXPIRED
    assert_all_is_well()
