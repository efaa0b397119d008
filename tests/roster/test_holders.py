"""Key-holders of a house: trained, learning with a mentor, stopped; and who leaves hands keys in."""

from datetime import date, timedelta

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.accounts.roles import change_last_day, end_role
from buurthuis.foundation.db import db
from buurthuis.handover import actions as handover
from buurthuis.handover.refusals import KeysOut
from buurthuis.roster.fitness import fitness_of_person
from buurthuis.roster.holders import actions as holder_actions
from buurthuis.roster.holders.models import RosterWish, Training, WeeklyTime
from buurthuis.roster.holders.queries import holder_here, holders_of, mentors_of, trainers_of
from buurthuis.roster.holders.refusals import MentorUnfit, NotTrained, TrainerUnfit
from buurthuis.roster.keys import actions as key_actions
from buurthuis.roster.keys.models import KeyIssue
from buurthuis.roster.keys.queries import keys_of
from buurthuis.roster.models import DutyStatus
from buurthuis.rules.eligibility import Hindrance, Task, hindrances
from tests.builders import a_booking, a_manager, a_person, a_role, a_room, a_venue, friday
from tests.roster.key_people import (
    a_duty,
    a_key_holder,
    a_learner,
    a_lock,
    always_can,
    is_trained,
)
from tests.venues.counting import counted

TODAY = date(2026, 3, 2)


@pytest.fixture
def venue(app):
    return a_venue("here")


@pytest.fixture
def nadia(venue):
    return a_manager(venue, "Nadia")


def test_somebody_learns_with_a_mentor_and_then_knows_the_house(venue, nadia):
    amina, bram = a_key_holder(venue), a_person("Bram")
    a_role(bram, RoleName.KEY_HOLDER, venue)

    holder_actions.begin_learning(holder_here("here", bram.id), amina, by=nadia)
    learner = holder_here("here", bram.id)
    assert (learner.is_learner, learner.training.mentor.name) == (True, "Amina")

    holder_actions.train(learner, TODAY, amina, by=nadia)
    knows = holder_here("here", bram.id)
    assert (knows.is_trained, knows.training.mentor_id) == (True, None)
    assert (knows.training.trained_on, knows.training.trained_by.name) == (TODAY, "Amina")


def test_nobody_is_mentor_or_trainer_who_does_not_know_the_house(venue, nadia):
    amina = a_key_holder(venue)
    lena = a_learner(venue, amina)
    stopped = a_key_holder(venue, "Stopped")
    holder_actions.stop(holder_here("here", stopped.id), TODAY - timedelta(days=1), by=nadia)
    holder = holder_here("here", lena.id)

    assert [each.name for each in mentors_of(venue, besides=lena)] == ["Amina"]
    assert [each.name for each in trainers_of(venue, besides=lena)] == ["Amina", "Nadia", "Stopped"]
    for wrong in (lena, stopped, nadia):
        with pytest.raises(MentorUnfit):
            holder_actions.begin_learning(holder, wrong, by=nadia)
    with pytest.raises(TrainerUnfit):
        holder_actions.train(holder, TODAY, lena, by=nadia)


def test_after_the_last_day_shifts_are_open_again_until_somebody_begins_anew(venue, nadia):
    amina = a_key_holder(venue)
    always_can(amina)
    booking = a_booking(a_room(venue), friday(19, 22))
    before = a_duty(amina, venue, booking.id, friday(18.75, 19, weeks=-1))
    after = a_duty(amina, venue, booking.id, friday(18.75, 19), watch=1)
    holder = holder_here("here", amina.id)

    assert holder_actions.stop(holder, date(2026, 3, 12), by=nadia) == [after]
    assert (before.status, after.status) == (DutyStatus.TAKEN, DutyStatus.DROPPED)
    shift = Task(venue.id, 999, "open", friday(10, 10.25))
    fitness = fitness_of_person(amina.id, [venue.id], friday(0, 24))
    assert hindrances(fitness, shift, []) == [Hindrance.STOPPED]

    holder_actions.begin_again(holder, by=nadia)
    fitness = fitness_of_person(amina.id, [venue.id], friday(0, 24))
    assert hindrances(fitness, shift, []) == []
    bram = a_person("Bram")
    a_role(bram, RoleName.HOST, venue)
    with pytest.raises(NotTrained):
        holder_actions.stop(holder_here("here", bram.id), TODAY, by=nadia)


def test_what_is_missing_is_said_for_each(venue, nadia):
    lock = a_lock(venue)
    a_key_holder(venue, "Amina", lock=lock)
    a_key_holder(venue, "Keyless")
    is_trained(a_person("No role"), venue)
    a_role(a_person("Untrained"), RoleName.HOST, venue)
    a_role(a_person("Elsewhere"), RoleName.KEY_HOLDER, a_venue())
    lena = a_learner(venue, a_key_holder(venue, "Bram", lock=lock))
    db.session.get(Training, (lena.id, venue.id)).mentor_id = None
    db.session.commit()

    lacks = {
        each.person.name: (
            each.lacks_role,
            each.lacks_training,
            each.lacks_key,
            each.lacks_mentor,
        )
        for each in holders_of(venue)
    }
    assert lacks == {
        "Amina": (False, False, False, False),
        "Bram": (False, False, False, False),
        "Keyless": (False, False, True, False),
        "Lena": (False, False, False, True),
        "No role": (True, False, False, False),
        "Untrained": (False, True, False, False),
    }
    with counted() as few:
        holders_of(venue)
    for number in range(4):
        always_can(a_key_holder(venue, f"Holder {number}", lock=lock))
    with counted() as many:
        holders_of(venue)
    asks = [[each for each in sent if each.startswith("SELECT")] for sent in (few, many)]
    assert len(asks[0]) == len(asks[1]) <= 8


def test_without_a_role_or_after_its_last_day_nobody_has_shifts(venue, nadia):
    amina = a_key_holder(venue)
    booking = a_booking(a_room(venue), friday(19, 22))
    soon = a_duty(amina, venue, booking.id, friday(18.75, 19, weeks=-1))
    later = a_duty(amina, venue, booking.id, friday(18.75, 19), watch=1)
    (role,) = amina.roles

    change_last_day(role, date(2026, 3, 12), by=nadia)
    assert (soon.status, later.status) == (DutyStatus.TAKEN, DutyStatus.DROPPED)

    end_role(amina, RoleName.KEY_HOLDER, venue, by=nadia)
    assert soon.status == DutyStatus.DROPPED


def test_another_role_in_the_house_keeps_the_shifts(venue, nadia):
    amina = a_key_holder(venue)
    a_role(amina, RoleName.COORDINATOR, venue)
    booking = a_booking(a_room(venue), friday(19, 22))
    duty = a_duty(amina, venue, booking.id, friday(18.75, 19))

    end_role(amina, RoleName.KEY_HOLDER, venue, by=nadia)
    assert duty.status == DutyStatus.TAKEN


def test_who_leaves_hands_keys_in_first_and_then_is_forgotten(venue, nadia):
    amina = a_key_holder(venue, lock=a_lock(venue))
    lena = a_learner(venue, amina)
    always_can(amina)
    booking = a_booking(a_room(venue), friday(19, 22))
    duty = a_duty(amina, venue, booking.id, friday(18.75, 19))
    (issue,) = keys_of(amina)

    with pytest.raises(KeysOut):
        handover.leave(amina)
    assert duty.status == DutyStatus.TAKEN

    key_actions.take_back(issue.key_id, "Amina", by=nadia)
    handover.leave(amina)

    db.session.expire_all()
    assert duty.status == DutyStatus.DROPPED
    assert not db.session.query(WeeklyTime).count()
    assert not db.session.query(RosterWish).count()
    kept = db.session.query(KeyIssue).one()
    assert (kept.signed_name, kept.returned_name) == ("", "")
    assert [each.person.name for each in holders_of(venue)] == ["Lena"]
    assert holder_here("here", lena.id).lacks_mentor
