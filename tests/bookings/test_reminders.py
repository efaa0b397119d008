"""The day before, the booker reads who opens, where it is and how to get in; once."""

from datetime import date, timedelta
from threading import Thread

import pytest
import time_machine
from sqlalchemy import select

from buurthuis import worker
from buurthuis.bookings import actions, changes
from buurthuis.bookings.reminders import remind
from buurthuis.foundation import letters
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from tests.builders import (
    FRIDAY,
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_room,
    a_venue,
    at,
    friday,
    on,
)

THURSDAY = FRIDAY - timedelta(days=1)


@pytest.fixture
def room(app):
    venue = a_venue(
        name="De Meevaart",
        street="Balistraat 48a",
        postcode="1094 JN",
        city="Amsterdam",
        who_opens="Amina opens at half past six.",
        way_in="Ring the bell.",
        house_rules="Sweep the floor.\n\n" + "Put the chairs back. " * 30,
        phone="020-555 0101",
    )
    return a_room(venue, name="Lesruimte 1", way_in="Up the stairs.")


def reminders():
    db.session.rollback()
    asked = select(OutboxLetter).where(OutboxLetter.template == "booking_reminder")
    return list(db.session.scalars(asked))


def day_before(hour: float = 10) -> time_machine.travel:
    return time_machine.travel(at(THURSDAY, hour), tick=False)


def test_the_day_before_the_booker_reads_all_that_matters(room):
    bram = a_person("Bram")
    a_confirmed_booking(room, friday(19, 22), by=bram)
    with day_before():
        assert worker.work().reminded == 1
        assert worker.work().reminded == 0

    (letter,) = reminders()
    assert letter.recipient == bram.email
    assert letter.sent_at is not None, "the worker carries it away in the same round"


def test_the_letter_tells_who_opens_the_way_and_how_to_cancel(room):
    booking = a_confirmed_booking(room, friday(19, 22), title="Choir")
    with day_before():
        remind()

    (letter,) = reminders()
    written = letters.render(letter.template, "en", letter.facts)

    assert written.subject == "Tomorrow: Choir, 19:00"
    for words in (
        "Amina opens at half past six.",
        "Ring the bell.",
        "Up the stairs.",
        "020-555 0101",
        "Sweep the floor.",
        "https://www.openstreetmap.org/search?query=Balistraat+48a",
        f"/me/bookings/{booking.id}/cancel",
    ):
        assert words in written.body
    assert written.body.count("Put the chairs back.") < 15, "the rules in short"


@pytest.mark.parametrize(("hour", "count"), [(8.9, 0), (9, 1), (19.9, 1), (20, 0)])
def test_a_reminder_comes_by_day(room, hour, count):
    a_confirmed_booking(room, friday(19, 22))
    with day_before(hour):
        assert remind() == count


def test_only_what_is_certain_is_reminded_of(room):
    a_booking(room, friday(8, 9))
    gone = a_confirmed_booking(room, friday(10, 12))
    actions.cancel(gone.id, by=gone.booked_by)
    a_confirmed_booking(room, on(FRIDAY + timedelta(days=1), 10, 12))
    with day_before():
        assert remind() == 0


def test_who_heard_the_yes_that_same_day_needs_no_reminder(room):
    booking = a_booking(room, friday(19, 22))
    with day_before(9):
        actions.approve(booking.id, by=a_manager(room.venue))
    with day_before(12):
        assert remind() == 0
    assert reminders() == []


def test_a_booking_that_moves_is_reminded_of_its_new_time(room):
    booking = a_confirmed_booking(room, friday(19, 22))
    with day_before():
        assert remind() == 1
        changes.move(booking.id, room, friday(19, 22, weeks=1), by=a_manager(room.venue))
        assert remind() == 0
    with time_machine.travel(at(THURSDAY + timedelta(weeks=1), 10), tick=False):
        assert remind() == 1
        assert remind() == 0

    assert len(reminders()) == 2


def test_workers_side_by_side_remind_once(app, room):
    for hour in range(9, 19):
        a_confirmed_booking(room, friday(hour, hour + 1))

    def work():
        with app.app_context():
            remind()

    with day_before():
        workers = [Thread(target=work) for _ in range(3)]
        for each in workers:
            each.start()
        for each in workers:
            each.join()

    assert len(reminders()) == 10


def test_before_the_clock_changes_the_reminder_still_comes_the_day_before(room):
    sunday = date(2026, 3, 29)
    a_confirmed_booking(room, on(sunday, 10, 12))
    with time_machine.travel(at(sunday - timedelta(days=1), 9), tick=False):
        assert remind() == 1
