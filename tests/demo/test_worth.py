"""The demo has figures that one can believe: most bookings are counted, most activities have a theme."""

import pytest
from sqlalchemy import func, select

from buurthuis.accounts.models import RoleName
from buurthuis.bookings.models import Booking
from buurthuis.bookings.today.models import Attendance
from buurthuis.demo.worth import COUNTED, SAID, bring_worth
from buurthuis.evidence.tags.models import ActivityTag
from buurthuis.evidence.work.models import VolunteerWork
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.attendance import Outcome
from buurthuis.rules.states import Status
from tests.builders import a_person, a_role, a_room, a_venue
from tests.evidence.saying import a_past_booking


@pytest.fixture
def house(app):
    """A house of the demo with its manager, and bookings of the demo that are over."""
    venue = a_venue("de-meevaart")
    manager = a_person("Nadia", email="beheer@de-meevaart.example")
    a_role(manager, RoleName.MANAGER, venue)
    room = a_room(venue)
    for ago in range(1, 31):
        booking = a_past_booking(room, ago=ago, title=f"Activity {ago}")
        booking.uid = f"demo-{ago:06}@buurthuis"
    db.session.commit()
    return venue


def rows():
    db.session.commit()
    counted = db.session.execute(
        select(Attendance.booking_id, Attendance.band, Attendance.people).order_by(
            Attendance.booking_id
        )
    ).all()
    said = db.session.execute(
        select(ActivityTag.booking_id, ActivityTag.theme).order_by(ActivityTag.booking_id)
    ).all()
    work = db.session.scalar(select(func.sum(VolunteerWork.minutes)))
    return counted, said, work


def test_most_bookings_are_counted_and_most_activities_have_a_theme(house):
    assert bring_worth(seed=1) == 30
    counted, said, work = rows()

    assert COUNTED * 30 - 9 < len(counted) < 30
    assert SAID * 30 - 9 < len(said) <= 30
    assert {each.people is None for each in counted} == {True, False}
    assert work > 0
    assert db.session.query(VolunteerWork).filter_by(person_id=None).count() > 0


def test_doing_it_twice_adds_nothing_and_what_somebody_said_stays(house):
    bring_worth(seed=1)
    before = rows()
    db.session.query(ActivityTag).first().theme = "say"
    after = rows()

    bring_worth(seed=1)

    assert rows() == after
    assert after[0] == before[0]


def test_the_same_seed_says_the_same(house):
    bring_worth(seed=3)
    before = rows()
    for table in (Attendance, ActivityTag, VolunteerWork):
        db.session.query(table).delete()

    bring_worth(seed=3)

    assert rows() == before


def test_nobody_came_where_nobody_came_and_what_is_to_come_says_nothing(house):
    booking = db.session.scalars(select(Booking).order_by(Booking.id)).first()
    booking.status = Status.NO_SHOW
    later = db.session.scalars(select(Booking).order_by(Booking.id.desc())).first()
    later.from_at, later.to_at = (
        clock.now() + 2 * (clock.now() - later.from_at),
        clock.now() + 9 * (clock.now() - later.from_at),
    )
    db.session.commit()

    assert bring_worth(seed=1) == 29
    said = db.session.get(Attendance, booking.id)
    assert (said.outcome, said.band) == (Outcome.NO_SHOW, None)
    assert db.session.get(Attendance, later.id) is None
