"""Volunteer work that is written down: by who did it, never twice beside a shift, and without a name later."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from buurthuis.accounts.models import RoleName
from buurthuis.evidence.work import actions
from buurthuis.evidence.work.actions import Done
from buurthuis.evidence.work.models import VolunteerWork, WorkKind
from buurthuis.evidence.work.queries import last_of, logged, logged_minutes, without_address
from buurthuis.evidence.work.refusals import ShiftCounts, TooMuchWork, WorkToCome, WorkTooLongAgo
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.handover import about_me
from buurthuis.handover import actions as handover
from buurthuis.roster.models import DutyStatus
from buurthuis.rules.figures.spans import Span
from tests.builders import a_person, a_role, a_room, a_venue, on
from tests.evidence.saying import a_past_booking, some_work, today
from tests.roster.key_people import a_duty


@pytest.fixture
def house(app):
    return a_venue()


@pytest.fixture
def amina(house):
    person = a_person("Amina")
    a_role(person, RoleName.KEY_HOLDER, house)
    return person


@pytest.fixture
def nadia(house):
    person = a_person("Nadia")
    a_role(person, RoleName.MANAGER, house)
    return person


def done(minutes=120, *, ago=0, kind=WorkKind.COOKING, **more):
    return Done(kind, minutes, today() - timedelta(days=ago), **more)


def entries():
    db.session.expire_all()
    written = db.session.query(VolunteerWork).order_by(VolunteerWork.id)
    return [(each.person_id, each.kind.value, each.minutes) for each in written]


def this_month():
    return Span(today() - timedelta(days=40), today() + timedelta(days=1))


def test_whoever_has_a_role_writes_own_hours_down(house, amina):
    actions.log(house, done(), by=amina, whose=amina)

    assert entries() == [(amina.id, "cooking", 120)]
    assert logged_minutes({house.id}, this_month()) == {"cooking": 120}


def test_one_press_is_written_down_once(house, amina):
    for _press in range(2):
        actions.log(house, done(), by=amina, whose=amina, mark="one-press")

    assert len(entries()) == 1


def test_without_a_role_nobody_writes_hours_down(house, amina):
    dirk = a_person("Dirk")
    elsewhere = a_venue()

    with pytest.raises(NotFound):
        actions.log(house, done(), by=dirk, whose=dirk)
    with pytest.raises(NotFound):
        actions.log(elsewhere, done(), by=amina, whose=amina)
    with pytest.raises(NotAllowed):
        actions.log(house, done(), by=amina, whose=None)
    assert entries() == []


def test_a_manager_writes_down_for_who_has_no_address_and_for_several(house, nadia):
    truus = a_person("Truus", email=None)
    a_role(truus, RoleName.HOST, house)

    actions.log(house, done(), by=nadia, whose=truus)
    actions.log(house, done(90 * 60), by=nadia, whose=None)

    assert without_address(house) == [truus]
    assert entries() == [(truus.id, "cooking", 120), (None, "cooking", 5400)]


def test_a_day_that_still_comes_or_is_long_gone_is_refused(house, amina):
    with pytest.raises(WorkToCome):
        actions.log(house, done(ago=-1), by=amina, whose=amina)
    with pytest.raises(WorkTooLongAgo):
        actions.log(house, done(ago=401), by=amina, whose=amina)

    actions.log(house, done(ago=400), by=amina, whose=amina)
    assert len(entries()) == 1


def test_a_day_has_twenty_four_hours(house, amina):
    actions.log(house, done(20 * 60), by=amina, whose=amina)

    with pytest.raises(TooMuchWork):
        actions.log(house, done(5 * 60), by=amina, whose=amina)
    actions.log(house, done(4 * 60), by=amina, whose=amina)
    actions.log(house, done(5 * 60, ago=1), by=amina, whose=amina)
    assert len(entries()) == 3


def test_a_shift_never_counts_twice(house, amina):
    booking = a_past_booking(a_room(house), ago=1)
    a_duty(amina, house, booking.id, on(today() - timedelta(days=1), 9, 13), status=DutyStatus.DONE)

    with pytest.raises(ShiftCounts):
        actions.log(house, done(ago=1), by=amina, whose=amina)
    actions.log(house, done(ago=1, is_more=True), by=amina, whose=amina)
    actions.log(house, done(ago=2), by=amina, whose=amina)

    assert len(entries()) == 2


@pytest.mark.parametrize("status", [DutyStatus.DROPPED, DutyStatus.MISSED, DutyStatus.NOT_NEEDED])
def test_a_shift_that_was_not_done_stands_in_nobodys_way(house, amina, status):
    booking = a_past_booking(a_room(house), ago=1)
    a_duty(amina, house, booking.id, on(today() - timedelta(days=1), 9, 13), status=status)

    actions.log(house, done(ago=1), by=amina, whose=amina)

    assert len(entries()) == 1


def test_a_correction_counts_and_what_stood_before_is_in_the_logbook(house, amina):
    work = actions.log(house, done(), by=amina, whose=amina)

    actions.correct(work.id, done(60, kind=WorkKind.BOARD), by=amina)

    assert entries() == [(amina.id, "board", 60)]
    asked = select(LogEntry.detail).where(LogEntry.verb == "work.corrected")
    detail = db.session.scalars(asked).one()
    assert (detail["before"]["minutes"], detail["minutes"]) == (120, 60)


def test_what_is_taken_back_counts_no_more(house, amina, nadia):
    first = actions.log(house, done(), by=amina, whose=amina)
    second = actions.log(house, done(60), by=amina, whose=amina)

    actions.take_back(first.id, by=amina)
    actions.take_back(second.id, by=nadia)

    assert entries() == []


def test_nobody_touches_the_hours_of_others(house, amina):
    work = actions.log(house, done(), by=amina, whose=amina)
    dirk, fatima = a_person("Dirk"), a_person("Fatima")
    a_role(fatima, RoleName.KEY_HOLDER, house)

    for who in (dirk, fatima):
        with pytest.raises(NotFound):
            actions.correct(work.id, done(1), by=who)
        with pytest.raises(NotFound):
            actions.take_back(work.id, by=who)
    assert entries() == [(amina.id, "cooking", 120)]


def test_hours_add_up_by_kind_and_by_month_of_these_houses_and_days_alone(house, amina):
    some_work(house, amina, ago=1, minutes=30)
    some_work(house, amina, ago=2, minutes=20, kind=WorkKind.BOARD)
    some_work(house, None, ago=40, minutes=10)
    some_work(house, None, ago=41, minutes=5)
    some_work(a_venue(), amina, minutes=7)

    found = logged({house.id}, this_month())

    assert found.by_kind == {"cooking": 40, "board": 20}
    assert found.by_month == {(2026, 1): 10, (2026, 2): 20, (2026, 3): 30}
    assert logged(set(), this_month()).by_kind == {}


def test_whoever_leaves_takes_the_name_along_and_leaves_the_minutes(house, amina):
    actions.log(house, done(words="Soup with Bram"), by=amina, whose=amina, mark="x")
    assert "volunteer_work.person_id" in about_me.everything_about(amina)["stored"]
    db.session.commit()

    handover.leave(amina)

    (work,) = db.session.query(VolunteerWork)
    assert (work.minutes, work.person_id, work.said_by_id, work.words) == (120, None, None, "")
    assert list(last_of(amina)) == []
    assert "volunteer_work.person_id" not in about_me.everything_about(amina)["stored"]


def test_the_manager_who_wrote_it_down_is_forgotten_too(house, nadia):
    amina = a_person("Amina", email=None)
    a_role(amina, RoleName.HOST, house)
    other = a_person("Anna")
    a_role(other, RoleName.MANAGER, house)
    actions.log(house, done(words="Soup"), by=nadia, whose=amina)

    handover.leave(nadia)

    (work,) = db.session.query(VolunteerWork)
    assert (work.person_id, work.said_by_id, work.words) == (amina.id, None, "Soup")
