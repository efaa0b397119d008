"""A manager answers a request: yes, no, or a question first."""

import pytest
import time_machine
from sqlalchemy import select

from buurthuis.bookings import actions
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.rules.states import Status
from tests.builders import (
    a_booking,
    a_manager,
    a_person,
    friday,
)


def inbox(desk, **query):
    return desk.get("/houses/de-meevaart/requests", query_string=query).text


def address(booking, verb=""):
    return f"/houses/de-meevaart/bookings/{booking.id}" + (f"/{verb}" if verb else "")


def letters_to(person):
    """Which letters somebody gets, by name: the clock stands still, so time gives no order."""
    asked = select(OutboxLetter.template).where(OutboxLetter.recipient == person.email)
    return sorted(db.session.scalars(asked))


def test_a_yes_confirms_and_tells_the_booker(desk, room):
    bram = a_person("Bram")
    booking = a_booking(room, friday(19, 22), by=bram)

    answer = desk.post(address(booking, "approve"), follow_redirects=True)

    assert (
        "Yes to Repair evening, Friday 13 March, 19:00 to 22:00. Bram gets an e-mail."
        in answer.text
    )
    assert booking.status == Status.CONFIRMED
    assert letters_to(bram) == ["booking_confirmed", "booking_requested"]


def test_after_an_answer_the_next_request_is_in_view(desk, room):
    bookings = [a_booking(room, friday(hour, hour + 1)) for hour in (9, 11, 13)]

    answer = desk.post(address(bookings[1], "approve"))

    assert answer.status_code == 303
    assert answer.location == f"/houses/de-meevaart/requests#request-{bookings[2].id}"
    page = inbox(desk)
    told = page.index("Yes to Repair evening")
    assert page.index(f'id="request-{bookings[2].id}"') < told
    assert told < page.index(f'id="title-{bookings[2].id}"')
    assert "Yes to Repair evening" not in inbox(desk)


def test_after_the_last_request_the_first_one_follows(desk, room):
    bookings = [a_booking(room, friday(hour, hour + 1)) for hour in (9, 11)]

    answer = desk.post(address(bookings[1], "approve"))

    assert answer.location.endswith(f"#request-{bookings[0].id}")


def test_a_no_needs_a_reason_and_keeps_what_was_typed(desk, room):
    booking = a_booking(room, friday(19, 22))
    too_long = "x" * 1001

    assert desk.post(address(booking, "refuse")).status_code == 422
    answer = desk.post(address(booking, "refuse"), data={"reason": too_long})

    assert answer.status_code == 422
    assert too_long in answer.text
    assert "This text is too long" in answer.text
    assert booking.status == Status.REQUESTED


def test_a_common_reason_is_read_in_the_language_of_the_booker(app, desk, room):
    bram = a_person(language="nl")
    booking = a_booking(room, friday(19, 22), by=bram)

    desk.post(
        address(booking, "refuse"), data={"common": "loud", "reason": "Kom \u202eeens langs."}
    )

    common, own = booking.refusal_reason.split("\n\n")
    assert booking.status == Status.REFUSED
    assert common
    assert own == "Kom eens langs."
    assert "booking_refused" in letters_to(bram)


def test_a_question_reaches_the_booker_and_the_request_keeps_waiting(desk, room):
    bram = a_person("Bram")
    booking = a_booking(room, friday(19, 22), by=bram)

    assert desk.post(address(booking, "ask"), data={"text": "  "}).status_code == 422
    answer = desk.post(
        address(booking, "ask"), data={"text": "How loud is it?"}, follow_redirects=True
    )

    assert "Your question about Repair evening is on its way." in answer.text
    assert "How loud is it?" in answer.text
    assert booking.status == Status.REQUESTED
    assert "booking_question" in letters_to(bram)


def test_the_answer_of_the_booker_is_read_in_the_inbox(desk, room, manager):
    bram = a_person("Bram")
    booking = a_booking(room, friday(19, 22), by=bram)
    actions.ask(booking.id, by=manager, text="How loud is it?")
    actions.answer(booking.id, by=bram, text="We only whisper")

    page = inbox(desk)

    assert "Nadia asked for the house:" in page
    assert "We only whisper" in page


@pytest.mark.parametrize(
    ("verb", "words"), [("approve", "already said yes"), ("refuse", "already said no")]
)
def test_a_second_manager_hears_calmly_that_it_was_answered(
    venue, room, desk, sign_in, verb, words
):
    booking = a_booking(room, friday(19, 22))
    desk.post(address(booking, verb), data={"reason": "No room"})
    other = sign_in(a_manager(venue, "Youssef"))

    for second in ("approve", "refuse"):
        answer = other.post(address(booking, second), data={"reason": "Late"})
        assert answer.status_code == 409
        assert f"Nadia {words}" in answer.text


def test_pressing_yes_twice_is_harmless(desk, room):
    booking = a_booking(room, friday(19, 22))
    desk.post(address(booking, "approve"))

    again = desk.post(address(booking, "approve"), follow_redirects=True)

    assert again.status_code == 200
    assert "You already said yes to Repair evening." in again.text
    assert letters_to(booking.booked_by).count("booking_confirmed") == 1


def test_a_yes_to_a_place_that_somebody_else_got_is_refused(venue, room, desk):
    venue.requests_occupy = False
    db.session.commit()
    choir = a_booking(room, friday(19, 22))
    dance = a_booking(room, friday(20, 23))
    desk.post(address(choir, "approve"))

    answer = desk.post(address(dance, "approve"))

    assert answer.status_code == 409
    assert dance.status == Status.REQUESTED


def test_a_request_whose_time_is_over_can_only_be_refused(desk, room):
    booking = a_booking(room, friday(19, 22))
    with time_machine.travel(booking.to_at, tick=False):
        page = inbox(desk)
        answer = desk.post(address(booking, "approve"))

    assert "This time is over. You can only say no." in page
    assert "Yes, approve" not in page
    assert answer.status_code == 409


def test_somebody_without_e_mail_must_be_called(desk, room):
    aunt = a_person("Tante Rie", email=None, phone="020 123 4567")
    booking = a_booking(room, friday(19, 22), by=aunt)

    answer = desk.post(address(booking, "approve"), follow_redirects=True)

    assert "Tante Rie has no e-mail. Call 020 123 4567." in answer.text
