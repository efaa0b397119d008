"""Changes in the inbox of a house: what was, what is asked, what it costs, and a yes or a no."""

import pytest
import time_machine

from buurthuis.bookings import changes, queries
from buurthuis.bookings.changes.queries import change
from buurthuis.foundation import clock
from buurthuis.rules.answers import TIME_TO_THINK
from buurthuis.rules.changes import ChangeStatus
from tests.builders import (
    a_confirmed_booking,
    a_person,
    a_room,
    a_venue,
    an_initiative,
    friday,
)

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def bram(app):
    return a_person("Bram", phone="06 1234 5678")


@pytest.fixture
def asked(room, bram):
    booking = a_confirmed_booking(room, friday(10, 12), by=bram, for_=an_initiative(bram))
    wanted = changes.Wanted(room, friday(10, 14), {"people": 15})
    return changes.send(booking.id, wanted, by=bram).change


def page_of(asked, verb=""):
    return f"/houses/de-meevaart/changes/{asked.id}" + (f"/{verb}" if verb else "")


def test_the_inbox_shows_what_was_and_what_is_asked(desk, asked):
    page = desk.get("/houses/de-meevaart/requests").text

    for words in (
        "1 booking that somebody wants to change",
        "Repair evening",
        "Friday 13 March, 10:00 to 14:00",
        "Friday 13 March, 10:00 to 12:00",
        "That is €20.00 more.",
        "Requests (1)",
    ):
        assert words in page


def test_a_yes_from_the_inbox_moves_the_booking(desk, asked):
    page = desk.post(page_of(asked, "approve"), follow_redirects=True).text

    assert "Yes to the change of Repair evening. Bram gets an e-mail." in page
    assert "Everybody has an answer" in page
    assert queries.booking(asked.booking_id).period == friday(10, 14)


def test_an_answer_can_be_taken_back_from_the_inbox_and_from_its_page(desk, asked):
    inbox = desk.post(page_of(asked, "approve"), follow_redirects=True).text
    assert page_of(asked, "undo") in inbox

    page = desk.post(page_of(asked, "undo"), follow_redirects=True).text
    assert "Your answer is taken back. The change of Repair evening waits again." in page
    assert queries.booking(asked.booking_id).period == friday(10, 12)

    desk.post(page_of(asked, "refuse"), data={"common": "house"})
    booking = f"/houses/de-meevaart/bookings/{asked.booking_id}"
    for address in (page_of(asked), booking):
        assert page_of(asked, "undo") in desk.get(address).text


def test_too_late_to_take_back_is_told_kindly(desk, asked):
    desk.post(page_of(asked, "approve"))
    with time_machine.travel(clock.now() + TIME_TO_THINK, tick=False):
        assert page_of(asked, "undo") not in desk.get(page_of(asked)).text
        answer = desk.post(page_of(asked, "undo"))

    assert answer.status_code == 409
    assert "The booker has heard your answer." in answer.text


def test_a_no_needs_a_reason_and_the_booker_reads_it(desk, asked):
    assert "Choose a reason" in desk.post(page_of(asked, "refuse")).text

    desk.post(page_of(asked, "refuse"), data={"common": "house"})

    asked = change(asked.id)
    assert (asked.status, asked.refusal_kind) == (ChangeStatus.REFUSED, "house")
    assert "needs the room itself" in asked.reason


def test_a_second_answer_is_told_that_the_first_one_counts(desk, asked):
    desk.post(page_of(asked, "approve"))

    answer = desk.post(page_of(asked, "refuse"), data={"common": "house"})

    assert answer.status_code == 409
    assert "The house already said yes to this change. Look at the booking." in answer.text


def test_the_page_of_the_booking_leads_to_the_change(desk, asked):
    page = desk.get(f"/houses/de-meevaart/bookings/{asked.booking_id}").text

    assert page_of(asked) in page
    assert "06 1234 5678" in desk.get(page_of(asked)).text


def test_another_house_finds_only_what_it_is_asked(desk, asked):
    a_room(a_venue("blauwe-huis"))

    assert desk.get(f"/houses/blauwe-huis/changes/{asked.id}").status_code == 404
