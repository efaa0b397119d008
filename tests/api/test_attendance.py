"""Saying who came, as programs do it."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.bookings.today.models import Attendance
from buurthuis.foundation.db import db
from tests.builders import (
    a_confirmed_booking,
    a_manager,
    a_person,
    a_room,
    a_venue,
    an_initiative,
    friday,
)


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def room(app):
    return a_room(a_venue("blue"), slug="hall")


@pytest.fixture
def evening(room, bram):
    return a_confirmed_booking(room, friday(19, 22), by=bram, for_=an_initiative(bram))


@pytest.fixture
def manager(program, room):
    return program(a_manager(room.venue))


def on_friday_at(hour):
    return time_machine.travel(friday(hour, 23).start, tick=False)


def test_they_are_here_with_a_number_or_a_band(manager, evening):
    path = f"/bookings/{evening.id}/check-in"
    with on_friday_at(19):
        told = [manager.post(path, body) for body in ({}, {"band": "6-10"}, {"people": 12})]

    assert [(each.status, each.body["status"]) for each in told] == [(200, "confirmed")] * 3
    assert db.session.get(Attendance, evening.id).people == 12


def test_a_count_that_makes_no_sense_is_refused(manager, evening):
    path = f"/bookings/{evening.id}/check-in"
    with on_friday_at(19):
        assert list(manager.post(path, {"people": 12, "band": "6-10"}).errors) == ["band"]
        assert list(manager.post(path, {"people": 0}).errors) == ["people"]
        assert list(manager.post(path, {"band": "many"}).errors) == ["band"]


def test_nobody_came_after_the_grace_of_the_house(manager, evening):
    path = f"/bookings/{evening.id}/no-show"
    with on_friday_at(19.25):
        early = manager.post(path)
    with on_friday_at(19.5):
        missed, again = manager.post(path), manager.post(path)
        late = manager.post(f"/bookings/{evening.id}/check-in")

    assert (early.status, early.code) == (409, "wrong-state")
    assert (missed.status, missed.body["status"]) == (200, "no_show")
    assert (again.status, again.code, late.status, late.code) == (
        409,
        "wrong-state",
        409,
        "wrong-state",
    )


def test_a_group_says_that_it_is_here_and_not_that_it_is_not(program, bram, evening):
    me = program(bram)
    with time_machine.travel(evening.from_at + timedelta(minutes=45), tick=False):
        assert me.post(f"/bookings/{evening.id}/no-show").status == 403
        assert me.post(f"/bookings/{evening.id}/check-in", {"people": 4}).status == 200


def test_what_was_said_is_taken_back_within_a_day(manager, program, bram, evening, room):
    nobody, undo = (f"/bookings/{evening.id}/{verb}" for verb in ("no-show", "undo-attendance"))
    with on_friday_at(20):
        manager.post(nobody)
        assert program(bram).post(undo).status == 403
        undone, again = manager.post(undo), manager.post(undo)
        manager.post(nobody)
        a_confirmed_booking(room, friday(21, 22))
        gone = manager.post(undo)
    with time_machine.travel(friday(20.5, 22).start + timedelta(days=1), tick=False):
        late = manager.post(undo)

    assert (undone.status, undone.body["status"]) == (200, "confirmed")
    assert (again.code, gone.code, late.code) == ("wrong-state", "room-taken", "wrong-state")
