"""The inbox of a house: what a manager sees of a request, and what happens on a yes, a no or a question."""

import re
from datetime import timedelta

import time_machine
from sqlalchemy import event

from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.standing import Kind
from buurthuis.rules.states import Status
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_person,
    a_recognition,
    a_room,
    a_venue,
    an_initiative,
    friday,
)


def inbox(desk, **query):
    return desk.get("/houses/de-meevaart/requests", query_string=query).text


def address(booking, verb=""):
    return f"/houses/de-meevaart/bookings/{booking.id}" + (f"/{verb}" if verb else "")


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
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        a_booking(room, friday(19, 22), title="Asked later")
        page = inbox(desk)

    assert page.index("Asked first") < page.index("Asked later")
    assert "Asked 2 days ago" in page
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
        assert page.count(f'href="{address(booking)}"') == 3


def test_a_recognised_group_is_known(desk, room):
    bram = a_person()
    repair = an_initiative(bram)
    a_recognition(repair, Kind.RESIDENT_INITIATIVE, venue=room.venue)
    a_booking(room, friday(19, 22), by=bram, for_=repair)

    page = inbox(desk)

    assert "The house knows them." in page
    assert "Discount. The house knows them as: A group of residents." in page


def many_requests(venue, count):
    bram = a_person()
    repair = an_initiative(bram)
    rooms = [a_room(venue) for _ in range(-(-count // 12))]
    return [
        a_booking(rooms[each // 12], friday(9 + each % 12, 10 + each % 12), by=bram, for_=repair)
        for each in range(count)
    ]


def test_many_requests_come_25_to_a_page(venue, desk):
    bookings = many_requests(venue, 51)

    shown = [
        re.findall(r'id="request-(\d+)"', inbox(desk, page=page)) for page in (1, 2, 3, 99, -1)
    ]

    assert [len(numbers) for numbers in shown] == [25, 25, 1, 1, 25]
    assert [int(number) for page in shown[:3] for number in page] == [each.id for each in bookings]
    answer = desk.post(address(bookings[49], "approve"))
    assert answer.location.endswith(f"/requests?page=2#request-{bookings[50].id}")


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
