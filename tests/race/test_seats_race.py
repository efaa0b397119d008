"""A hundred neighbours want twenty seats at the same moment: twenty get one, and the others wait."""

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from buurthuis.accounts.models import Person
from buurthuis.activities.actions import Story, Visitor, give_up, reserve, show
from buurthuis.activities.models import Activity, Place, Seat
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Busy
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Approval
from buurthuis.venues.photos import Picture
from tests.builders import a_confirmed_booking, a_fresh_picture, a_room, on

pytestmark = pytest.mark.race

SEATS, VISITORS, AT_A_TIME = 20, 100, 25


def all_at_once(app, deeds):
    """Let each do its share at the same moment, in a session of its own; what went wrong is returned."""
    gate, wrong = threading.Barrier(AT_A_TIME), []

    def work(share):
        with app.app_context():
            gate.wait()
            for deed in share:
                try:
                    _stubborn(deed)
                except Exception as error:
                    wrong.append(error)
                finally:
                    db.session.remove()

    shares = [deeds[number::AT_A_TIME] for number in range(AT_A_TIME)]
    threads = [threading.Thread(target=work, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def _stubborn(deed):
    """Do it, again when the house was too busy, as a neighbour does."""
    for _again in range(5):
        try:
            return deed()
        except Busy:
            db.session.remove()
    return deed()


def people_in(place):
    counted = select(func.coalesce(func.sum(Seat.people), 0)).where(Seat.place == place)
    return db.session.scalar(counted)


def twenty_seats():
    evening = on(day_of(datetime.now().astimezone()) + timedelta(days=10), 19, 21)
    booking = a_confirmed_booking(a_room(approval=Approval.ALWAYS), evening)
    activity = show(booking.id, Story("Soep", seats=SEATS), by=booking.booked_by)
    activity_id = activity.id
    db.session.remove()
    return activity_id


def test_twenty_of_a_hundred_get_a_seat(real):
    activity_id = twenty_seats()

    wrong = all_at_once(
        real,
        [
            lambda mark=f"mark-of-neighbour-{number}": reserve(activity_id, Visitor("N", 1, mark))
            for number in range(VISITORS)
        ],
    )

    assert wrong == []
    assert (people_in(Place.SEATED), people_in(Place.WAITING)) == (SEATS, VISITORS - SEATS)
    assert db.session.get(Activity, activity_id).taken == SEATS


def test_seats_that_are_given_back_in_a_crowd_each_go_to_one(real):
    activity_id = twenty_seats()
    seats = [
        reserve(activity_id, Visitor("N", 1 + number % 2, f"mark-of-neighbour-{number}")).id
        for number in range(30)
    ]
    db.session.remove()

    wrong = all_at_once(
        real,
        [
            *(lambda seat=seat: give_up(seat) for seat in seats[:10] * 2),
            *(
                lambda mark=f"another-neighbour-{number}": reserve(
                    activity_id, Visitor("M", 1, mark)
                )
                for number in range(15)
            ),
        ],
    )

    assert wrong == []
    assert people_in(Place.SEATED) == SEATS == db.session.get(Activity, activity_id).taken
    assert db.session.scalar(select(func.count()).where(Seat.place == Place.GIVEN_UP)) == 10


def test_one_picture_shown_with_many_activities_is_kept_once(real):
    room, day = a_room(approval=Approval.ALWAYS), day_of(datetime.now().astimezone())
    evenings = [on(day + timedelta(days=10 + number), 19, 21) for number in range(8)]
    bookings = [a_confirmed_booking(room, each) for each in evenings]
    numbers = [(each.id, each.booked_by_id) for each in bookings]
    story = Story("Soep", picture=a_fresh_picture(), picture_alt="A pan")
    db.session.remove()

    wrong = all_at_once(
        real,
        [
            lambda booking=booking, who=who: show(
                booking, story, by=db.session.get_one(Person, who)
            )
            for booking, who in numbers
        ],
    )

    assert wrong == []
    assert {each.picture_id for each in db.session.query(Activity)} == {
        db.session.query(Picture).one().id
    }
