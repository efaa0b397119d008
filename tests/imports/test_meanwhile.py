"""Bringing in a house while others book in it, and when it begins to let requests hold their place."""

import threading
from dataclasses import replace
from functools import partial

import pytest
import time_machine

from buurthuis.accounts.models import Person
from buurthuis.bookings import actions as bookings
from buurthuis.foundation.db import db
from buurthuis.imports import actions, keeping
from buurthuis.imports.house import HouseBooking
from buurthuis.imports.models import Part
from buurthuis.imports.queries import house_of
from buurthuis.imports.refusals import BookingsInTheWay
from buurthuis.imports.versions import house_at
from buurthuis.occupancy import claims
from buurthuis.rules.states import Status
from buurthuis.upkeep import doctor
from buurthuis.venues.models import Approval
from buurthuis.venues.queries import room_by_slug, venue_by_slug
from tests.builders import a_booking, a_manager, a_person, a_wish, an_initiative, friday
from tests.imports.test_bringing_in import HOUSE, room

WAITING_ROOM = replace(
    HOUSE,
    rooms=(room("hal", approval=Approval.ASK),),
    rate_cards=(),
    booking=HouseBooking(requests_occupy=False),
)
NOW_THEY_HOLD = replace(WAITING_ROOM, booking=HouseBooking(requests_occupy=True))


def test_a_hall_that_gets_a_part_while_it_is_booked_is_booked_with_that_part(app, monkeypatch):
    actions.bring_in(HOUSE)
    larger = replace(
        HOUSE, rooms=(room("hal", "oost", "west", "noord"), *HOUSE.rooms[1:], room("noord"))
    )
    bram = a_person("Bram")
    cafe = an_initiative(bram)
    hall_id, bram_id, cafe_id = room_by_slug("hal").id, bram.id, cafe.id
    db.session.commit()
    stored, told = threading.Event(), []
    settle = keeping.settle

    def settle_slowly(*args: object, **more: object) -> None:
        settle(*args, **more)
        stored.set()
        booker.join(timeout=1)

    def book() -> None:
        with app.app_context():
            stored.wait(5)
            hall = db.session.get(claims.Room, hall_id)
            person, group = db.session.get(type(bram), bram_id), db.session.get(type(cafe), cafe_id)
            told.append(bookings.book(hall, a_wish(friday(10, 12)), by=person, for_=group).status)
            db.session.remove()

    monkeypatch.setattr(keeping, "settle", settle_slowly)
    booker = threading.Thread(target=book)
    booker.start()
    actions.bring_in(larger)
    booker.join()
    db.session.expire_all()

    assert told == [Status.CONFIRMED]
    assert doctor.claims_and_bookings() == []


def test_two_who_change_a_house_at_one_moment_are_both_kept(app):
    amina_id = a_manager(actions.bring_in(HOUSE)).id
    db.session.commit()
    both = threading.Barrier(2)

    def change(**facts: object) -> None:
        with app.app_context():
            amina = db.session.get(Person, amina_id)
            db.session.commit()
            both.wait(5)
            edit = partial(_with, facts)
            actions.change("proefhuis", edit, part=Part.ABOUT, by=amina, seen=1)
            db.session.remove()

    said = ({"name": "Het huis"}, {"who_opens": "Amina doet open."})
    threads = [threading.Thread(target=change, kwargs=facts) for facts in said]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    db.session.expire_all()

    venue = venue_by_slug("proefhuis")
    assert house_of(venue) == replace(HOUSE, name="Het huis", who_opens="Amina doet open.")
    assert house_at(venue, 3) == house_of(venue)


def _with(facts, house):
    return replace(house, **facts)


@pytest.mark.usefixtures("app")
def test_requests_that_wait_hold_their_place_once_the_house_says_so():
    actions.bring_in(WAITING_ROOM)
    request = a_booking(room_by_slug("hal"), friday(10, 12))

    actions.bring_in(NOW_THEY_HOLD)

    assert claims.is_held(request.id)
    assert doctor.claims_and_bookings() == []


@pytest.mark.usefixtures("app")
def test_requests_that_meet_have_to_be_answered_before_they_can_hold_a_place():
    actions.bring_in(WAITING_ROOM)
    first, second = (a_booking(room_by_slug("hal"), friday(10, 12)) for _ in range(2))

    with pytest.raises(BookingsInTheWay) as refused:
        actions.bring_in(NOW_THEY_HOLD)
    assert {each.id for each in refused.value.facts["bookings"]} == {first.id, second.id}

    bookings.refuse(first.id, by=a_manager(first.venue), reason="One at a time")
    actions.bring_in(NOW_THEY_HOLD)

    assert doctor.claims_and_bookings() == []


@pytest.mark.usefixtures("app")
def test_the_doctor_lets_the_past_of_changed_rooms_rest():
    apart = replace(HOUSE, rooms=(room("hal"), room("oost"), room("west")))
    actions.bring_in(apart)
    a_booking(room_by_slug("hal"), friday(10, 12))

    with time_machine.travel(friday(10, 12, weeks=2).start, tick=False):
        actions.bring_in(HOUSE)

        assert doctor.claims_and_bookings() == []
