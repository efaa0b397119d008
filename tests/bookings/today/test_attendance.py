"""The day itself: who is there, who did not come, and taking that back while it can be."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from buurthuis.accounts.models import RoleName
from buurthuis.bookings import actions
from buurthuis.bookings.refusals import WrongState
from buurthuis.bookings.today import actions as today
from buurthuis.bookings.today.models import Attendance
from buurthuis.bookings.today.refusals import (
    NobodyCame,
    NothingSaid,
    RoomGivenAway,
    TheyCame,
    TooEarly,
    TooLongAgo,
)
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy import claims
from buurthuis.rules.attendance import Band, HeadCount, counted
from buurthuis.rules.states import Status
from buurthuis.upkeep.doctor import claims_and_bookings
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_role,
    a_room,
    a_venue,
    an_initiative,
    friday,
)

EVENING = friday(19, 22)


@pytest.fixture
def room(app):
    return a_room(a_venue(grace_minutes=15))


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def evening(room, bram):
    return a_confirmed_booking(room, EVENING, by=bram, for_=an_initiative(bram))


@pytest.fixture
def amina(room):
    person = a_person("Amina")
    a_role(person, RoleName.KEY_HOLDER, room.venue)
    return person


def at_minute(minutes):
    return time_machine.travel(EVENING.start + timedelta(minutes=minutes), tick=False)


def said_of(booking):
    return db.session.get(Attendance, booking.id)


def letters_about_nobody():
    return db.session.scalars(
        select(OutboxLetter).where(OutboxLetter.template == "booking_no_show")
    ).all()


def test_whoever_opens_says_that_they_are_here_and_how_many(evening, amina):
    with at_minute(5):
        today.check_in(evening.id, by=amina)
        today.check_in(evening.id, by=amina, count=counted(band=Band.SMALL))
        today.check_in(evening.id, by=amina, count=counted(people=12))
        today.check_in(evening.id, by=amina)

    said = said_of(evening)
    assert (said.people, said.band, said.said_by_id) == (12, Band.MIDDLE, amina.id)
    assert evening.status == Status.CONFIRMED


def test_the_group_itself_says_that_it_is_here_until_its_end(evening, bram):
    with at_minute(3 * 60), pytest.raises(TooLongAgo):
        today.check_in(evening.id, by=bram)
    with at_minute(-20):
        today.check_in(evening.id, by=bram, count=HeadCount(None, Band.FEW))
        today.undo(evening.id, by=bram)

    assert said_of(evening) is None


def test_only_its_own_day_and_the_month_after_it_take_a_check_in(evening, amina):
    with at_minute(-20 * 60), pytest.raises(TooEarly):
        today.check_in(evening.id, by=amina)
    with at_minute(31 * 24 * 60 + 180), pytest.raises(TooLongAgo):
        today.check_in(evening.id, by=amina)
    with at_minute(30 * 24 * 60):
        today.check_in(evening.id, by=amina)


def test_after_the_grace_nobody_came_and_the_room_is_free_for_others(room, evening, amina):
    with at_minute(14), pytest.raises(TooEarly):
        today.no_show(evening.id, by=amina)
    with at_minute(15):
        today.no_show(evening.id, by=amina)
        assert said_of(evening).released_from_at == EVENING.start + timedelta(minutes=15)
        a_booking(room, friday(20, 22))

    assert evening.status == Status.NO_SHOW
    assert not claims.is_held(evening.id)
    assert claims_and_bookings() == []


def test_a_no_show_is_undone_within_a_day_and_holds_its_room_again(evening, amina, bram):
    with at_minute(30):
        today.no_show(evening.id, by=amina)
        [letter] = letters_about_nobody()
        assert (letter.recipient, letter.due_at) == (
            bram.email,
            EVENING.start + timedelta(minutes=30, days=1),
        )
    with at_minute(60):
        with pytest.raises(NobodyCame):
            today.check_in(evening.id, by=bram)
        today.undo(evening.id, by=amina)
        today.check_in(evening.id, by=bram)
        assert claims_and_bookings() == []

    assert evening.status == Status.CONFIRMED
    assert claims.is_held(evening.id)
    assert letters_about_nobody() == []


def test_who_took_the_room_meanwhile_keeps_it(room, evening, amina):
    with at_minute(30):
        today.no_show(evening.id, by=amina)
        other = a_confirmed_booking(room, friday(20, 22))
        with pytest.raises(RoomGivenAway):
            today.undo(evening.id, by=amina)

    assert evening.status == Status.NO_SHOW
    assert claims.is_held(other.id)
    assert said_of(evening) is not None
    assert len(letters_about_nobody()) == 1


def test_after_a_day_what_was_said_stands(evening, amina):
    with at_minute(30):
        today.no_show(evening.id, by=amina)
    with at_minute(30 + 24 * 60), pytest.raises(TooLongAgo):
        today.undo(evening.id, by=amina)
    assert evening.status == Status.NO_SHOW


def test_one_thing_is_said_of_a_booking_at_a_time(evening, amina):
    with at_minute(30):
        with pytest.raises(NothingSaid):
            today.undo(evening.id, by=amina)
        today.check_in(evening.id, by=amina)
        with pytest.raises(TheyCame):
            today.no_show(evening.id, by=amina)
        today.undo(evening.id, by=amina)
        today.no_show(evening.id, by=amina)
        with pytest.raises(WrongState):
            today.no_show(evening.id, by=amina)


def test_what_is_not_confirmed_has_no_day(room, amina):
    waiting = a_booking(room, friday(10, 12))
    with time_machine.travel(friday(11, 12).start, tick=False):
        with pytest.raises(WrongState):
            today.check_in(waiting.id, by=amina)
        with pytest.raises(WrongState):
            today.no_show(waiting.id, by=amina)
        actions.cancel(waiting.id, by=a_manager(room.venue))
        with pytest.raises(WrongState):
            today.check_in(waiting.id, by=amina)


def test_a_group_does_not_say_of_itself_that_nobody_came(evening, bram, amina):
    dirk = a_person("Dirk")
    with at_minute(30):
        with pytest.raises(NotAllowed):
            today.no_show(evening.id, by=bram)
        with pytest.raises(NotFound):
            today.check_in(evening.id, by=dirk)
        today.check_in(evening.id, by=amina)
        with pytest.raises(NotAllowed):
            today.undo(evening.id, by=bram)
