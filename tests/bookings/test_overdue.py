"""Requests that nobody answers: the managers see them, then the coordinator hears of them, once."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.accounts.models import RoleName
from buurthuis.bookings import actions, changes
from buurthuis.bookings.answer_counts import answers_of
from buurthuis.bookings.overdue import tell_of_overdue
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.rules.periods import Period
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


@pytest.fixture
def room(app):
    return a_room(a_venue("de-meevaart", name="De Meevaart", answer_within_hours=24))


@pytest.fixture
def noor(room):
    """The coordinator."""
    person = a_person("Noor")
    a_role(person, RoleName.COORDINATOR, room.venue)
    return person


def later(hours):
    return time_machine.travel(clock.now() + timedelta(hours=hours), tick=False)


def letters():
    return db.session.query(OutboxLetter).filter_by(template="answers_overdue").all()


def test_after_twice_the_term_the_coordinator_hears_of_it_once(room, noor):
    a_manager(room.venue)
    a_booking(room, friday(10, 12), title="Naaiclub")
    bram = a_person("Bram")
    booking = a_confirmed_booking(room, friday(14, 16), by=bram, for_=an_initiative(bram))
    changes.send(booking.id, changes.Wanted(room, friday(14, 18)), by=bram)

    with later(47):
        assert tell_of_overdue() == 0
    with later(48):
        assert tell_of_overdue() == 2
        assert tell_of_overdue() == 0

    [letter] = letters()
    assert letter.recipient == noor.email
    assert {each["title"] for each in letter.facts["waiting"]} == {"Naaiclub", "Repair evening"}


def test_a_house_without_a_coordinator_tells_its_managers(room):
    nadia = a_manager(room.venue)
    a_booking(room, friday(10, 12))

    with later(48):
        tell_of_overdue()

    assert [letter.recipient for letter in letters()] == [nadia.email]


def test_the_day_list_shows_what_waits_too_long(room, noor, sign_in):
    nadia = a_manager(room.venue)
    a_booking(room, friday(10, 12), title="Naaiclub")

    for person, hours, sees in ((nadia, 23, False), (nadia, 24, True), (noor, 47, False)):
        with later(hours):
            page = sign_in(person).get("/houses/de-meevaart/").text
        assert ("1 answer takes too long" in page) is sees
    with later(48):
        page = sign_in(noor).get("/houses/de-meevaart/").text
    assert "Call the managers." in page
    assert "Naaiclub" in page


def test_answers_are_counted_with_their_reasons(room, sign_in):
    nadia = a_manager(room.venue)
    asked = [a_booking(room, friday(hour, hour + 1)) for hour in (9, 11, 13, 15)]
    actions.approve(asked[0].id, by=nadia)
    actions.refuse(asked[1].id, by=nadia, reason="The house needs it.", kind="house")
    actions.refuse(asked[2].id, by=nadia, reason="Sorry.")
    now = clock.now()

    counts = answers_of(room.venue, Period(now - timedelta(days=1), now + timedelta(days=1)))

    assert (counts.asked, counts.yes, counts.no) == (3, 1, 2)
    assert counts.why_not == {"house": 1, "": 1}
    page = sign_in(nadia).get("/houses/de-meevaart/answers").text
    assert "The house needs the room itself" in page
