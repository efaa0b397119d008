"""Somebody else is looked for: who is asked, who says yes first, and who hears when nobody does."""

from datetime import date, timedelta

import pytest
import time_machine

from buurthuis.accounts.models import RoleName
from buurthuis.bookings.actions import cancel
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.roster.cover import actions as cover
from buurthuis.roster.cover.models import CoverAsk, CoverCall, Outcome, RosterCall
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.duties import undoing
from buurthuis.roster.duties.refusals import CallOver, MayNotDo
from buurthuis.roster.keys import actions as key_actions
from buurthuis.roster.keys.models import KeyIssue
from buurthuis.roster.models import Chosen
from buurthuis.rules.shifts import Part
from tests.builders import a_booking, a_person, a_role, friday
from tests.roster.conftest import willing
from tests.roster.key_people import a_duty, a_key_holder, is_away
from tests.roster.shifts import templates, the

HOUR = timedelta(hours=1)
NOON = friday(12, 13).start


def at(moment):
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def duty(house, evening, amina):
    return duties.take(the("open", house).id, by=amina)


def drop_at(moment, duty):
    with at(moment):
        duties.drop(duty.id, by=duty.person)
    return db.session.query(CoverCall).one()


def asked(call):
    return {ask.person.name for ask in call.asks}


def rounds(moment):
    with at(moment):
        return cover.go_round()


def test_only_who_may_do_it_is_asked(house, lock, duty, bram):
    is_away(willing(house, lock, "Away"), date(2026, 3, 1), date(2026, 3, 31))
    a_key_holder(house, "Keyless")
    a_person("Dirk")

    call = drop_at(NOON, duty)

    assert asked(call) == {"Bram"}
    assert rounds(NOON) == 0


def test_far_ahead_three_are_asked_an_hour_and_who_was_asked_longest_ago_first(house, lock, duty):
    crowd = [willing(house, lock, f"N{number}") for number in range(5)]
    three_days_before = NOON - timedelta(days=3)
    earlier = CoverCall(venue_id=house.id, duty_id=duty.id, opened_at=clock.now())
    earlier.closed_at, earlier.outcome = clock.now(), Outcome.COVERED
    earlier.asks = [CoverAsk(person_id=crowd[0].id, asked_at=clock.now())]
    db.session.add(earlier)
    db.session.commit()

    with at(three_days_before):
        duties.drop(duty.id, by=duty.person)
    call = db.session.query(CoverCall).filter_by(closed_at=None).one()

    assert asked(call) == {"N1", "N2", "N3"}
    assert rounds(three_days_before + HOUR / 2) == 0
    assert rounds(three_days_before + HOUR) == 1
    assert asked(call) == {"N0", "N1", "N2", "N3", "N4"}


def test_a_week_ahead_nobody_is_asked_but_the_shift_stands_on_everybodys_list(duty, bram):
    call = drop_at(NOON - timedelta(days=8), duty)

    assert asked(call) == set()
    assert rounds(NOON - timedelta(days=6)) == 1
    assert asked(call) == {"Bram"}


def test_the_first_yes_wins_and_who_could_not_come_hears_it(house, lock, duty, bram):
    carla = willing(house, lock, "Carla")
    call = drop_at(NOON, duty)
    with at(NOON + HOUR):
        taken = cover.say_yes(call.id, by=bram)
        assert cover.say_yes(call.id, by=bram) == taken
        with pytest.raises(CallOver):
            cover.say_yes(call.id, by=carla)

    assert the("open", house).holder == taken
    assert (taken.person, taken.chosen) == (bram, "cover")
    assert (call.outcome, call.taken) == (Outcome.COVERED, taken)
    assert templates(duty.person) == ["cover_found"]


def test_a_no_is_kept_quietly_and_the_next_step_is_taken(duty, bram, nadia):
    call = drop_at(NOON, duty)
    with at(NOON + HOUR / 4):
        cover.say_no(call.id, by=bram)

    assert templates(nadia) == ["cover_unanswered"]
    everything = str([entry.detail for entry in db.session.query(LogEntry)])
    assert f"'person': {bram.id}" not in everything
    assert not db.session.query(LogEntry).filter_by(actor_id=bram.id).count()


def test_unanswered_it_goes_to_the_back_up_then_to_the_coordinator_once_each(
    house, lock, duty, bram, nadia
):
    carla = willing(house, lock, "Carla")
    duties.take(the("open", house).id, by=carla, part=Part.BACKUP)
    call = drop_at(NOON, duty)
    assert asked(call) == {"Bram"}

    assert rounds(NOON + HOUR / 2) == 0
    assert rounds(NOON + HOUR) == 1
    assert templates(carla) == ["cover_asked"]
    assert rounds(NOON + 2 * HOUR) == 1
    assert templates(nadia) == ["cover_unanswered"]
    assert rounds(NOON + 3 * HOUR) == 0
    with at(NOON + 4 * HOUR):
        taken = cover.say_yes(call.id, by=carla)
    assert (the("open", house).holder, the("open", house).backup) == (taken, None)
    assert templates(nadia) == ["cover_unanswered", "cover_found"]


def test_who_would_rather_not_keeps_the_shift_until_somebody_says_yes(house, duty, bram):
    with at(NOON):
        call = cover.look_for_another(duty.id, by=duty.person)
        assert the("open", house).holder == duty
        taken = cover.say_yes(call.id, by=bram)
        assert the("open", house).holder == taken

        undoing.undo(taken.id, by=bram)

    assert the("open", house).holder == duty
    assert (call.closed_at, templates(duty.person)) == (None, [])


def test_who_does_it_after_all_stops_the_call(house, duty, bram):
    with at(NOON):
        call = cover.look_for_another(duty.id, by=duty.person)
        cover.stop_looking(duty.id, by=duty.person)

        assert templates(bram) == []
        with pytest.raises(CallOver):
            cover.say_yes(call.id, by=bram)
    assert the("open", house).holder == duty


def test_nobody_without_a_key_and_nobody_from_outside_can_say_yes(house, duty):
    call = drop_at(NOON, duty)
    keyless, outsider = a_key_holder(house, "Keyless"), a_person("Dirk")
    for person, refusal in ((keyless, MayNotDo), (outsider, NotFound)):
        with at(NOON), pytest.raises(refusal):
            cover.say_yes(call.id, by=person)


def test_who_takes_it_from_the_list_ends_the_call(house, duty, bram):
    call = drop_at(NOON, duty)
    with at(NOON + HOUR):
        duties.take(the("open", house).id, by=bram)

    assert call.outcome == Outcome.COVERED
    assert templates(duty.person) == ["cover_found"]


def test_a_call_ends_when_the_shift_begins_or_is_not_needed(house, hall, duty, evening):
    call = drop_at(NOON, duty)
    assert rounds(duty.starts_at) == 1
    assert call.outcome == Outcome.TOO_LATE

    other = duties.take(the("close", house).id, by=duty.person)
    duties.drop(other.id, by=duty.person)
    cancel(evening.id, by=evening.booked_by)
    assert rounds(NOON) == 1
    last = db.session.query(CoverCall).filter_by(duty_id=other.id).one()
    assert last.outcome == Outcome.NOT_NEEDED


def test_a_dropped_shift_is_found_again_under_another_name(house, hall, duty, bram):
    """While Amina had it, the session went by the evening; without her it goes by the first booking."""
    later = a_booking(hall, friday(21, 22))
    call = drop_at(NOON, duty)
    db.session.expire_all()
    assert later.id > duty.session_id

    with at(NOON):
        taken = cover.say_yes(call.id, by=bram)
    assert {each.booking_id for each in taken.bookings} == {duty.session_id, later.id}


def test_who_has_no_e_mail_is_called_by_the_house(house, lock, duty, nadia):
    greet = willing(house, lock, "Greet", email=None, phone="020-555 0188")
    a_role(nadia, RoleName.MANAGER, house)
    drop_at(NOON, duty)

    call = db.session.query(RosterCall).one()
    assert (call.person, call.news) == (greet, "asked")
    cover.called(call.id, by=nadia)
    assert call.called_by_id == nadia.id


def test_a_lost_key_lets_others_be_asked_in_the_same_moment(house, lock, duty, bram, nadia):
    issue = db.session.query(KeyIssue).filter_by(person_id=duty.person_id).one()
    with at(NOON):
        key_actions.tell_lost(issue.key_id, by=nadia)

    call = db.session.query(CoverCall).one()
    assert (duty.status, asked(call)) == ("dropped", {"Bram"})
    assert templates(bram) == ["cover_asked"]


def test_a_published_proposal_ends_the_call_as_well(house, evening, duty, bram):
    call = drop_at(NOON - timedelta(days=9), duty)
    period = the("open", house).period
    published = a_duty(bram, house, evening.id, period, chosen=Chosen.PROPOSAL)

    assert rounds(NOON - timedelta(days=9)) == 1
    assert (call.outcome, call.taken) == (Outcome.COVERED, published)
    assert templates(duty.person) == ["cover_found"]
