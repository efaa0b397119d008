"""What bookings change about a promise is told once; and everybody is reminded once, of the right time."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis import worker
from buurthuis.bookings.actions import cancel
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.pulse import Listener
from buurthuis.roster.cover.models import CoverCall, EveningList
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.models import DutyStatus
from buurthuis.roster.reading import roster_of
from buurthuis.roster.reminding import forget_remarks, remind, tell_of_evening
from buurthuis.roster.settling import settle
from buurthuis.rules.shifts import Part
from tests.accounts.mailbox import letters_to
from tests.builders import a_booking, a_room, friday
from tests.roster.shifts import DAY, templates, the

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def at(moment):
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def duty(house, evening, amina):
    return duties.take(the("open", house).id, by=amina)


def move(booking, minutes):
    """As the desk moves it, without what is told about bookings."""
    booking.from_at += minutes * MINUTE
    booking.to_at += minutes * MINUTE
    db.session.commit()


def test_a_move_of_a_quarter_of_an_hour_is_told_once(duty, evening, amina):
    before = duty.starts_at
    move(evening, 15)

    assert (settle(), settle()) == (1, 0)

    [letter] = letters_to(amina.email)
    assert letter.template == "shift_moved"
    assert letter.facts["link"].endswith(f"/me/duties/{duty.id}")
    assert (duty.starts_at - before, duty.sequence) == (15 * MINUTE, 1)


def test_the_worker_tells_it_soon_after_the_booking_moved(duty, evening, amina):
    def told(turn):
        worker.work(worker.chores_of(turn, listener))
        return templates(amina)

    listener, listens = Listener(), worker.ROUNDS_BETWEEN_LISTENING
    assert told(listens) == []
    move(evening, 15)

    assert told(listens + 1) == []
    assert told(2 * listens) == told(3 * listens) == ["shift_moved"]


def test_what_comes_by_the_clock_is_told_to_the_minute(duty, amina):
    with at(duty.starts_at - 3 * HOUR):
        worker.work(worker.chores_of(worker.ROUNDS_A_MINUTE, Listener()))

    assert templates(amina) == ["shift_reminder"]


def test_small_moves_are_silent_but_do_not_add_up_unnoticed(duty, evening, amina):
    told = []
    for _ in range(4):
        move(evening, 5)
        told.append(settle())

    assert told == [0, 0, 1, 0]
    assert templates(amina) == ["shift_moved"]


def test_what_is_not_needed_any_more_is_told_and_stays_visible_within_a_day(
    house, duty, evening, amina, bram
):
    backup = duties.take(the("open", house).id, by=bram, part=Part.BACKUP)
    with at(duty.starts_at - 20 * HOUR):
        cancel(evening.id, by=evening.booked_by)
        assert (settle(), settle()) == (2, 0)

        assert templates(amina) == templates(bram) == ["shift_not_needed"]
        assert {duty.status, backup.status} == {DutyStatus.NOT_NEEDED}
        seen = roster_of([house.id], DAY, clock.now())
        assert set(seen.not_needed) == {duty, backup}


def test_an_unpublished_proposal_is_put_right_without_a_word(duty, evening, amina):
    duty.status, duty.published_at = DutyStatus.PROPOSED, None
    move(evening, 60)
    assert settle() == 0
    cancel(evening.id, by=evening.booked_by)
    assert settle() == 0

    assert duty.status == DutyStatus.NOT_NEEDED
    assert templates(amina) == []


def test_who_is_there_already_is_not_sent_away(duty, evening):
    with at(duty.starts_at):
        cancel(evening.id, by=evening.booked_by)
        assert settle() == 0
    assert duty.status == DutyStatus.TAKEN


def test_a_promise_follows_the_bookings_that_joined_it(house, hall, duty, evening):
    joined = a_booking(hall, friday(21, 23))
    settle()
    assert {each.booking_id for each in duty.bookings} == {evening.id, joined.id}

    cancel(evening.id, by=evening.booked_by)
    settle()

    assert duty.status == DutyStatus.TAKEN
    assert the("open", house).holder == duty
    assert {each.booking_id for each in duty.bookings} == {joined.id}


def test_reminders_go_two_days_and_three_hours_before_once(duty, amina):
    sent = []
    for before in (49, 48, 40, 4, 3, 1):
        with at(duty.starts_at - before * HOUR):
            sent.append((remind(), remind()))

    assert sent == [(0, 0), (1, 0), (0, 0), (0, 0), (1, 0), (0, 0)]
    assert [letter.facts["is_near"] for letter in letters_to(amina.email)] == [False, True]


def test_a_shift_that_moves_is_reminded_of_anew_with_its_time_of_now(duty, evening, amina):
    with at(duty.starts_at - 48 * HOUR):
        assert remind() == 1
    move(evening, 24 * 60)
    settle()
    move(evening, 5)
    with at(duty.starts_at - 48 * HOUR):
        assert remind() == 1

    [_, _, last] = letters_to(amina.email)
    assert last.facts["from_iso"] == "2026-03-14T18:50:00+01:00"
    assert (settle(), duty.sequence) == (0, 2)


def test_who_took_it_yesterday_is_reminded_only_of_an_evening(house, evening, amina):
    shift = the("open", house)
    with at(shift.period.start - 47 * HOUR):
        duties.take(shift.id, by=amina)
        assert remind() == 0
    with at(shift.period.start - 3 * HOUR):
        assert remind() == 1


def test_of_an_evening_the_coordinator_hears_once_what_nobody_does(house, duty, nadia):
    with at(friday(17.9, 18).start - timedelta(days=1)):
        assert tell_of_evening() == 0
    with at(friday(18, 19).start - timedelta(days=1)):
        assert (tell_of_evening(), tell_of_evening()) == (1, 0)

    [letter] = letters_to(nadia.email)
    assert [each["kind"] for each in letter.facts["shifts"]] == ["close"]
    assert db.session.query(EveningList).one().venue_id == house.id


def test_where_every_shift_has_somebody_no_list_goes_out(house, duty, amina, nadia):
    a_room(house)
    duties.take(the("close", house).id, by=amina)
    with at(friday(18, 19).start - timedelta(days=1)):
        assert tell_of_evening() == 0
    assert templates(nadia) == []


def test_why_somebody_could_not_come_is_forgotten(duty, amina):
    duties.drop(duty.id, by=amina, reason="Ziek")
    forget_remarks()
    assert db.session.query(CoverCall).one().remark == "Ziek"
    with at(duty.ends_at):
        forget_remarks()
    assert db.session.query(CoverCall).one().remark == ""
