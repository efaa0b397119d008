"""The inbox of a house: what a manager sees of a request, and what happens on a yes, a no or a question."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event, select

from buurthuis.bookings import actions
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.rules.standing import Kind
from buurthuis.rules.states import Status
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_recognition,
    a_room,
    a_venue,
    an_initiative,
    friday,
)


@pytest.fixture
def venue(app):
    return a_venue("de-meevaart", name="De Meevaart")


@pytest.fixture
def room(venue):
    return a_room(venue, name="Lesruimte 1")


@pytest.fixture
def manager(venue):
    return a_manager(venue, "Nadia")


@pytest.fixture
def desk(manager, sign_in):
    return sign_in(manager)


def inbox(desk, **query):
    return desk.get("/houses/de-meevaart/requests", query_string=query).text


def address(booking, verb=""):
    return f"/houses/de-meevaart/bookings/{booking.id}" + (f"/{verb}" if verb else "")


def letters_to(person):
    asked = select(OutboxLetter.template).where(OutboxLetter.recipient == person.email)
    return list(db.session.scalars(asked.order_by(OutboxLetter.created_at)))


def test_an_empty_inbox_says_that_everybody_has_an_answer(desk):
    assert "Everybody has an answer" in inbox(desk)


def test_a_request_shows_who_what_when_and_for_how_much(desk, room):
    bram = a_person("Bram", phone="06 1234 5678")
    repair = an_initiative(bram, name="Repair Café Oost")
    a_booking(room, friday(19, 22), by=bram, for_=repair, people=12, remark="We bring a kettle")

    page = inbox(desk)

    for words in (
        "Repair evening",
        "Lesruimte 1",
        "Friday 13 March, 19:00 to 22:00",
        "12 people",
        "Repair Café Oost",
        "A group of residents",
        "06 1234 5678",
        "We bring a kettle",
        "€30.00",
        "First time here",
        "Not recognised yet",
    ):
        assert words in page


def test_the_oldest_request_comes_first(desk, room):
    first = a_booking(room, friday(19, 22, weeks=2), title="Asked first")
    with time_machine.travel(clock.now() + timedelta(days=3), tick=False):
        a_booking(room, friday(19, 22), title="Asked later")
        page = inbox(desk)

    assert page.index("Asked first") < page.index("Asked later")
    assert "Asked 3 days ago" in page
    assert f'id="request-{first.id}"' in page


def test_a_manager_sees_how_it_went_before(desk, room):
    bram = a_person()
    repair = an_initiative(bram)
    a_confirmed_booking(room, friday(9, 10), by=bram, for_=repair)
    missed = a_confirmed_booking(room, friday(11, 12), by=bram, for_=repair)
    missed.status = Status.NO_SHOW
    late = a_confirmed_booking(room, friday(13, 14), by=bram, for_=repair)
    late.status, late.cancelled_late = Status.CANCELLED, True
    db.session.commit()
    a_booking(room, friday(19, 22), by=bram, for_=repair)

    page = inbox(desk)

    assert "1 booking here before." in page
    assert "1 time nobody came." in page
    assert "1 time cancelled late." in page


def test_requests_that_want_the_same_place_point_at_each_other(venue, desk, room):
    venue.requests_occupy = False
    db.session.commit()
    choir = a_booking(room, friday(19, 22), title="Choir")
    dance = a_booking(room, friday(20, 23), title="Dance")

    page = inbox(desk)

    assert page.count("Somebody else wants this place too") == 2
    for booking in (choir, dance):
        assert page.count(f'href="{address(booking)}"') == 2


def test_a_recognised_group_is_known(desk, room):
    bram = a_person()
    repair = an_initiative(bram)
    a_recognition(repair, Kind.RESIDENT_INITIATIVE, venue=room.venue)
    a_booking(room, friday(19, 22), by=bram, for_=repair)

    page = inbox(desk)

    assert "The house knows them." in page
    assert "Discount. The house knows them as: A group of residents." in page


def test_a_yes_confirms_and_tells_the_booker(desk, room):
    bram = a_person("Bram")
    booking = a_booking(room, friday(19, 22), by=bram)

    answer = desk.post(address(booking, "approve"), follow_redirects=True)

    assert (
        "Yes to Repair evening, Friday 13 March, 19:00 to 22:00. Bram gets an e-mail."
        in answer.text
    )
    assert booking.status == Status.CONFIRMED
    assert letters_to(bram) == ["booking_requested", "booking_confirmed"]


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
    assert letters_to(bram)[-1] == "booking_refused"


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
    assert letters_to(bram)[-1] == "booking_question"


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


def many_requests(venue, count):
    bram = a_person()
    repair = an_initiative(bram)
    rooms = [a_room(venue) for _ in range(-(-count // 12))]
    return [
        a_booking(rooms[each // 12], friday(9 + each % 12, 10 + each % 12), by=bram, for_=repair)
        for each in range(count)
    ]


def test_forty_requests_come_twenty_to_a_page(venue, desk):
    bookings = many_requests(venue, 41)

    shown = [
        re.findall(r'id="request-(\d+)"', inbox(desk, page=page)) for page in (1, 2, 3, 99, -1)
    ]

    assert [len(numbers) for numbers in shown] == [20, 20, 1, 1, 20]
    assert [int(number) for page in shown[:3] for number in page] == [each.id for each in bookings]
    answer = desk.post(address(bookings[39], "approve"))
    assert answer.location.endswith(f"/requests?page=2#request-{bookings[40].id}")


def test_a_full_inbox_asks_the_database_as_often_as_a_short_one(venue, desk):
    statements = []
    event.listen(db.engine, "before_cursor_execute", lambda *about: statements.append(about[2]))
    many_requests(venue, 2)
    statements.clear()
    inbox(desk)
    few = len(statements)
    many_requests(venue, 18)
    statements.clear()
    inbox(desk)

    assert len(statements) <= few
    assert few <= 16


def test_a_booking_of_another_house_is_not_found_at_this_desk(desk):
    elsewhere = a_booking(a_room(a_venue()), friday(19, 22))

    for verb in ("", "approve", "refuse", "ask", "cancel"):
        ask = desk.post if verb else desk.get
        assert ask(address(elsewhere, verb), data={"reason": "x", "text": "x"}).status_code == 404
    assert db.session.get(Booking, elsewhere.id).status == Status.REQUESTED
