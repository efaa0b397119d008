"""The house and the booker answer one change at the same moment: one answer stands, and the others hear so."""

from datetime import datetime, timedelta

import pytest

from buurthuis.accounts.models import Person
from buurthuis.bookings import changes
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.refusals import ChangeIsAnswered
from buurthuis.bookings.series import queries
from buurthuis.bookings.series.answering import approve_change, refuse_change
from buurthuis.bookings.series.asking import withdraw_change
from buurthuis.bookings.series.changing import change_series
from buurthuis.bookings.series.deciding import approve_series
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of
from buurthuis.rules.changes import ChangeStatus
from buurthuis.upkeep import doctor
from tests.builders import a_manager, a_person, a_room, a_series
from tests.race.test_seats_race import all_at_once

pytestmark = pytest.mark.race

HOUR = timedelta(hours=1)


def person(number):
    return db.session.get_one(Person, number)


def all_is_well():
    assert doctor.claims_and_bookings() == doctor.claims_of_changes() == doctor.overlaps() == []


def ten_days_on():
    return day_of(datetime.now().astimezone()) + timedelta(days=10)


def a_choir(room, bram):
    made = a_series(room, first=ten_days_on(), rule="FREQ=DAILY;COUNT=4", by=bram)
    approve_series(made.id, by=a_manager(room.venue))
    return made.id


def test_two_managers_and_the_booker_answer_one_change_of_a_series(real):
    room, bram = a_room(), a_person("Bram")
    ours, amina, chandra = a_choir(room, bram), a_manager(room.venue), a_manager(room.venue)
    who = bram.id, amina.id, chandra.id
    asked = change_series(ours, ten_days_on(), by=bram, ends_minute=22 * 60).question.id
    db.session.remove()

    wrong = all_at_once(
        real,
        [
            lambda: approve_change(ours, by=person(who[1]), seen=asked),
            lambda: approve_change(ours, by=person(who[2]), seen=asked),
            lambda: refuse_change(ours, by=person(who[2]), reason="Quiet.", seen=asked),
            lambda: withdraw_change(ours, by=person(who[0]), seen=asked),
            changes.expire_changes,
        ],
    )

    assert [type(each) for each in wrong] == [ChangeIsAnswered] * 3
    found = queries.series(ours)
    [question] = found.changes
    assert {each.status for each in db.session.query(ChangeRequest)} == {question.status}
    hours = {each.to_at - each.from_at for each in queries.bookings_of(found)}
    is_yes = question.status == ChangeStatus.APPROVED
    assert hours == {3 * HOUR if is_yes else 2 * HOUR}
    assert found.plan.ends_minute == (22 if is_yes else 21) * 60
    all_is_well()


def test_a_series_is_asked_otherwise_while_the_house_answers(real):
    room, bram = a_room(), a_person("Bram")
    ours, amina = a_choir(room, bram), a_manager(room.venue)
    who = bram.id, amina.id
    asked = change_series(ours, ten_days_on(), by=bram, ends_minute=22 * 60).question.id
    db.session.remove()

    def longer(end):
        return lambda: change_series(ours, ten_days_on(), by=person(who[0]), ends_minute=end * 60)

    answer = [lambda: approve_change(ours, by=person(who[1]), seen=asked)] * 2
    wrong = all_at_once(real, [longer(23), *answer, longer(23)])

    assert {type(each) for each in wrong} == {ChangeIsAnswered}
    found = queries.series(ours)
    waiting = [] if found.asked is None else queries.days_waiting(found.asked)
    assert len(waiting) == db.session.query(ChangeRequest).filter_by(status="asked").count() == 4
    assert len(found.changes) == 2
    all_is_well()
