"""Whatever happens to a shift, the calendar of who wants it by mail ends with what the feed says."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.bookings import actions as bookings
from buurthuis.feeds.models import FeedKind
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.roster.cover import actions as cover
from buurthuis.roster.cover.models import CoverCall
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.duties.undoing import undo
from buurthuis.roster.inviting import invite
from buurthuis.roster.keys import actions as keys
from buurthuis.roster.keys.models import KeyIssue
from buurthuis.roster.reminding import remind
from buurthuis.roster.settling import settle
from buurthuis.roster.swaps import actions as swaps
from buurthuis.rules.shifts import Part
from tests.builders import a_booking, friday
from tests.calendar_app import CalendarApp, insist_it_says_what_the_feed_says
from tests.roster.shifts import the

NEXT_WEEK = friday(0, 24, weeks=1)


class Desk:
    """The worker and the mail of people, minute after minute."""

    def __init__(self, *people):
        self.calendars = {person.name: CalendarApp(person) for person in people}

    def later(self, **told):
        """Minutes later: what came by mail for each, which now says what the feeds say."""
        with time_machine.travel(clock.now() + timedelta(minutes=3), tick=False):
            settle()
            remind()
            invite()
            assert invite() == 0
            for name, calendar in self.calendars.items():
                assert calendar.reads_mail() == list(told.get(name, ())), name
                insist_it_says_what_the_feed_says(calendar, FeedKind.SHIFTS)


@pytest.fixture
def desk(amina, bram):
    for person in (amina, bram):
        person.invite_to_shifts = True
    db.session.commit()
    return Desk(amina, bram)


@pytest.fixture
def mine(house, evening, amina, desk):
    """A shift of Amina that stands in her calendar."""
    duty = duties.take(the("open", house).id, by=amina)
    desk.later(Amina=["REQUEST"])
    return duty


def test_a_shift_moves_and_is_not_needed_any_more(house, evening, mine, amina, desk):
    evening.from_at += timedelta(hours=1)
    db.session.commit()
    desk.later(Amina=["REQUEST"])
    bookings.cancel(evening.id, by=evening.booked_by)
    desk.later(Amina=["CANCEL"])
    desk.later()


def test_a_small_move_comes_with_the_reminder(evening, mine, desk):
    evening.from_at += timedelta(minutes=10)
    db.session.commit()
    desk.later()
    with time_machine.travel(friday(18.9, 19).start - timedelta(days=2), tick=False):
        desk.later(Amina=["REQUEST"])


def test_a_shift_that_is_dropped_leaves_the_calendar_once_it_can_not_be_undone(
    house, mine, amina, desk
):
    duties.drop(mine.id, by=amina)
    assert invite() == 0
    undo(mine.id, by=amina)
    desk.later()
    duties.drop(mine.id, by=amina)
    desk.later(Amina=["CANCEL"])


def test_a_shift_that_is_taken_for_a_moment_is_in_no_calendar(house, evening, amina, desk):
    taken = duties.take(the("open", house).id, by=amina)
    undo(taken.id, by=amina)
    desk.later()


def test_the_coordinator_gives_a_shift_and_takes_it_off(house, evening, amina, nadia, desk):
    given = duties.give(the("open", house).id, amina, by=nadia)
    desk.later(Amina=["REQUEST"])
    duties.drop(given.id, by=nadia)
    undo(given.id, by=nadia)
    desk.later(Amina=["REQUEST"])
    duties.drop(given.id, by=nadia)
    desk.later(Amina=["CANCEL"])


def test_who_says_yes_has_it_and_who_could_not_come_has_it_no_more(house, mine, amina, bram, desk):
    cover.look_for_another(mine.id, by=amina)
    call = db.session.query(CoverCall).one()
    taken = cover.say_yes(call.id, by=bram)
    undo(taken.id, by=bram)
    desk.later()
    cover.say_yes(call.id, by=bram)
    desk.later(Amina=["CANCEL"], Bram=["REQUEST"])


def test_two_shifts_change_hands(house, hall, mine, amina, bram, desk):
    a_booking(hall, friday(19, 21, weeks=1))
    theirs = duties.take(the("open", house, NEXT_WEEK).id, by=bram)
    desk.later(Bram=["REQUEST"])
    swaps.say_yes(swaps.offer(mine.id, bram, by=amina, for_duty=theirs.id).id, by=bram)
    desk.later(Amina=["CANCEL", "REQUEST"], Bram=["REQUEST", "CANCEL"])


def test_a_back_up_stands_in_the_calendar_too(house, mine, bram, desk):
    duties.take(the("open", house).id, by=bram, part=Part.BACKUP)
    desk.later(Bram=["REQUEST"])


def test_a_lost_key_takes_shifts_out_of_the_calendar(house, mine, amina, desk):
    issue = db.session.query(KeyIssue).filter_by(person_id=amina.id).one()
    keys.tell_lost(issue.key_id, by=amina)
    desk.later(Amina=["CANCEL"])


def test_who_wants_none_has_none_and_what_is_there_is_kept_right(house, mine, amina, desk):
    amina.invite_to_shifts = False
    db.session.commit()
    other = duties.take(the("close", house).id, by=amina)
    with time_machine.travel(clock.now() + timedelta(minutes=3), tick=False):
        assert invite() == 0
        duties.drop(other.id, by=amina)
        duties.drop(mine.id, by=amina)
    with time_machine.travel(clock.now() + timedelta(minutes=9), tick=False):
        assert invite() == 1
        assert desk.calendars["Amina"].reads_mail() == ["CANCEL"]


def test_who_left_is_not_written_to(house, mine, amina, desk):
    duties.drop(mine.id, by=amina)
    amina.email, amina.left_at = None, clock.now()
    db.session.commit()
    with time_machine.travel(clock.now() + timedelta(minutes=3), tick=False):
        assert invite() == 0
