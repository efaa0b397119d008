"""Fifty key-holders take one shift at one moment, or say yes to one call: one has it, the others hear so."""

from datetime import datetime, timedelta

import pytest

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.roster.cover import actions as cover
from buurthuis.roster.cover.models import CoverCall, Outcome
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.duties.refusals import CallOver, NotYours, ShiftTaken, SwapOver
from buurthuis.roster.models import STANDING, Duty, Part
from buurthuis.roster.reading import roster_of
from buurthuis.roster.reminding import remind
from buurthuis.roster.settling import settle
from buurthuis.roster.swaps import actions as swaps
from buurthuis.rules.calendar import day_of
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Approval
from tests.builders import a_booking, a_room, a_venue, on
from tests.race.test_seats_race import all_at_once
from tests.roster.key_people import a_key_holder, a_lock

pytestmark = pytest.mark.race

PEOPLE = 50
LOST = (ShiftTaken, CallOver)


def person(number):
    return db.session.get_one(Person, number)


@pytest.fixture
def crowd(real):
    """A house with an evening in ten days, and fifty people with a key to it."""
    house = a_venue()
    lock = a_lock(house)
    day = day_of(datetime.now().astimezone()) + timedelta(days=10)
    booking = a_booking(a_room(house, approval=Approval.ALWAYS), on(day, 19, 21))
    people = [a_key_holder(house, f"N{number}", lock=lock).id for number in range(PEOPLE)]
    return house.id, booking.id, people


def first_shift(house):
    now = clock.now()
    return roster_of([house], Period(now, now + timedelta(days=20)), now).shifts[0]


def standing(part=Part.HOLDER):
    found = db.session.query(Duty).filter(Duty.status.in_(STANDING), Duty.part == part)
    return found.all()


def test_of_fifty_who_take_one_shift_one_has_it(real, crowd):
    house, _booking, people = crowd
    shift = first_shift(house).id
    db.session.remove()

    wrong = all_at_once(
        real, [lambda who=who: duties.take(shift, by=person(who)) for who in people]
    )

    assert len(standing()) == 1
    assert {type(each) for each in wrong} == {ShiftTaken}
    assert len(wrong) == PEOPLE - 1


def test_of_fifty_who_say_yes_one_takes_over_from_who_would_rather_not(real, crowd):
    house, _booking, people = crowd
    asker, *others = people
    duty = duties.take(first_shift(house).id, by=person(asker))
    call = cover.look_for_another(duty.id, by=person(asker)).id
    shift = first_shift(house).id
    db.session.remove()

    wrong = all_at_once(
        real,
        [
            *(lambda who=who: cover.say_yes(call, by=person(who)) for who in others[:40]),
            *(lambda who=who: duties.take(shift, by=person(who)) for who in others[40:]),
            cover.go_round,
        ],
    )

    [now_is] = standing()
    assert now_is.person_id in others[:40]
    assert {type(each) for each in wrong} <= set(LOST)
    ended = db.session.get(CoverCall, call)
    assert (ended.outcome, ended.taken_id) == (Outcome.COVERED, now_is.id)
    assert db.session.query(OutboxLetter).filter_by(template="cover_found").count() == 1


def test_a_shift_that_is_dropped_swapped_and_given_away_at_once_has_one_end(real, crowd):
    house, _booking, people = crowd
    amina, bram, carla = people[:3]
    duty = duties.take(first_shift(house).id, by=person(amina)).id
    swap = swaps.offer(duty, person(bram), by=person(amina)).id
    call = cover.look_for_another(duty, by=person(amina)).id
    db.session.remove()

    wrong = all_at_once(
        real,
        [
            lambda: swaps.say_yes(swap, by=person(bram)),
            lambda: cover.say_yes(call, by=person(carla)),
            lambda: duties.drop(duty, by=person(amina)),
        ]
        * 3,
    )

    assert {type(each) for each in wrong} <= {*LOST, NotYours, SwapOver}
    assert len(standing()) <= 1
    assert amina not in {each.person_id for each in standing()}


def test_many_workers_tell_and_remind_once(real, crowd):
    house, booking, people = crowd
    duty = duties.take(first_shift(house).id, by=person(people[0]))
    moved = db.session.get_one(Booking, booking)
    moved.from_at += timedelta(hours=1)
    db.session.commit()
    duty_id = duty.id
    db.session.remove()

    assert all_at_once(real, [settle] * 25) == []
    row = db.session.get_one(Duty, duty_id)
    row.starts_at, row.ends_at = clock.now() + timedelta(hours=2), clock.now() + timedelta(hours=3)
    row.told_at = clock.now() - timedelta(days=9)
    db.session.commit()
    db.session.remove()
    assert all_at_once(real, [remind] * 25) == []

    letters = [letter.template for letter in db.session.query(OutboxLetter).all()]
    assert letters.count("shift_moved") == letters.count("shift_reminder") == 1
