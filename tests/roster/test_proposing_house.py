"""A proposal for a house: kept unseen, changed by hand, published with one letter for each person."""

from datetime import timedelta

import pytest

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.duties.refusals import MayNotDo, ShiftTaken
from buurthuis.roster.keys.models import KeyIssue
from buurthuis.roster.models import Chosen, Duty, DutyStatus
from buurthuis.roster.proposing import drafts, queries
from buurthuis.roster.proposing.gather import gather
from buurthuis.roster.proposing.publishing import publish
from buurthuis.roster.proposing.solve import propose
from buurthuis.rules.calendar import day_of
from tests.accounts.mailbox import letters_to
from tests.builders import a_booking, friday
from tests.roster.conftest import willing
from tests.roster.key_people import a_key_holder, a_learner, always_can
from tests.roster.shifts import the
from tests.venues.counting import counted

FIRST, LAST = day_of(friday(0, 1).start), day_of(friday(0, 1).start) + timedelta(days=20)


def days_later(days):
    return friday(19, 21).moved_to(friday(19, 21).start + timedelta(days=days))


def proposed(house, by=None):
    instance = gather(house, FIRST, LAST, now=clock.now()).instance
    return drafts.keep(house, FIRST, LAST, propose(instance), by=by)


def test_a_proposal_is_seen_by_coordinators_alone_and_can_be_replaced(house, evening, amina, nadia):
    first = proposed(house, by=nadia)

    assert {(each.status, each.chosen, each.published_at) for each in first} == {
        (DutyStatus.PROPOSED, Chosen.PROPOSAL, None)
    }
    assert the("open", house).holder is None
    again = proposed(house)
    assert [each.person for each in again] == [amina, amina]
    assert db.session.query(Duty).count() == 2
    assert letters_to(amina.email) == []
    with pytest.raises(NotAllowed):
        proposed(house, by=amina)


def test_what_was_promised_stays_and_what_changed_meanwhile_is_left_out(
    house, evening, amina, bram
):
    duties.take(the("open", house).id, by=bram)
    [closing] = proposed(house)
    assert (closing.kind, closing.person) == ("close", amina)  # Bram has one already.

    instance = gather(house, FIRST, LAST, now=clock.now()).instance
    proposal = propose(instance)
    duties.take(the("close", house).id, by=amina)
    assert drafts.keep(house, FIRST, LAST, proposal, by=None) == []
    assert the("close", house).holder.person == amina


def test_the_coordinator_changes_it_by_hand_and_that_stays(
    house, lock, evening, amina, bram, nadia
):
    carla = a_key_holder(house, "Carla", lock=lock)
    keyless = a_key_holder(house, "Kees")
    proposed(house)
    closing = the("close", house).id

    doubts = drafts.change(house, closing, carla, by=nadia)
    assert doubts == ["not_then"]
    with pytest.raises(MayNotDo):
        drafts.change(house, closing, keyless, by=nadia)
    with pytest.raises(NotAllowed):
        drafts.change(house, closing, bram, by=amina)
    proposed(house)
    assert {(each.kind, each.person.name) for each in drafts.drafts_of(house)} >= {
        ("close", "Carla")
    }
    drafts.change(house, closing, None, by=nadia)
    assert [each.kind for each in drafts.drafts_of(house)] == ["open"]


def test_what_somebody_was_told_is_not_changed_as_a_proposal(house, evening, amina, nadia):
    duties.take(the("open", house).id, by=amina)
    with pytest.raises(ShiftTaken):
        drafts.change(house, the("open", house).id, None, by=nadia)


def test_publishing_makes_promises_and_sends_one_letter_to_each(house, hall, evening, amina, nadia):
    a_booking(hall, days_later(7))
    proposed(house, by=nadia)

    told = publish(house, by=nadia)

    assert (len(told.duties), told.people, told.left_out) == (4, 1, 0)
    assert {each.status for each in told.duties} == {DutyStatus.TAKEN}
    assert the("open", house).holder.person == amina
    [letter] = letters_to(amina.email)
    assert letter.template == "roster_published"
    assert [each["kind"] for each in letter.facts["shifts"]] == ["open", "close"] * 2
    assert publish(house, by=nadia).duties == []


def test_who_lost_the_key_meanwhile_is_left_out_and_the_shift_is_open(house, evening, amina, nadia):
    proposed(house)
    for issue in db.session.query(KeyIssue):
        issue.lost_at = clock.now()
    db.session.commit()

    told = publish(house, by=nadia)

    assert (list(told.duties), told.left_out) == ([], 2)
    assert letters_to(amina.email) == []
    assert the("open", house).holder is None


def test_a_learner_comes_along_with_their_mentor(house, evening, amina, nadia):
    lena = a_learner(house, amina)
    always_can(lena)
    made = proposed(house)
    assert {(each.person.name, each.part) for each in made} == {
        ("Amina", "holder"),
        ("Lena", "learner"),
    }
    publish(house, by=nadia)
    assert the("open", house).learners[0].person == lena


def test_a_proposal_that_is_thrown_away_leaves_nothing(house, evening, amina, nadia):
    proposed(house)
    assert drafts.throw_away(house, by=nadia) == 2
    assert db.session.query(Duty).count() == 0


def test_a_proposal_is_shown_with_the_same_number_of_questions_however_long(
    house, lock, hall, evening, amina
):
    proposed(house)
    db.session.expunge_all()
    with counted() as few:
        queries.shown(house, FIRST, LAST, now=clock.now())
    for day in range(1, 6):
        a_booking(hall, days_later(day))
        willing(house, lock, f"Els {day}")
    proposed(house)
    db.session.expunge_all()
    with counted() as many:
        shown = queries.shown(house, FIRST, LAST, now=clock.now())
        assert [line.person.name for line in shown.lines if line.person]
    assert len(many) == len(few)
