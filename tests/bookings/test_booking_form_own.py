"""A booking that was made: how it stands, cancelling with its consequence, answering the house."""

from html import unescape

import pytest
import time_machine

from buurthuis.accounts.models import RoleName
from buurthuis.bookings import actions, queries
from buurthuis.rules.states import Status
from buurthuis.venues.models import Approval
from tests.builders import (
    FRIDAY,
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_role,
    a_room,
    an_initiative,
    friday,
    on,
)
from tests.pages.reading import error_beside, link_called


@pytest.fixture
def room(app):
    return a_room(slug="garden-room")


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def booking(room, bram):
    return a_booking(room, friday(19, 21), by=bram, for_=an_initiative(bram), remark="Secret")


def page_of(booking, more=""):
    return f"/me/bookings/{booking.id}{more}"


def test_just_after_sending_it_says_what_happens_now(sign_in, bram, booking):
    page = sign_in(bram).get(page_of(booking, "?sent=yes"))

    assert "Your request is sent" in page.text
    assert "You get an e-mail with the answer" in page.text
    assert link_called(page, "calendar") == f"/me/bookings/{booking.id}.ics"
    assert "Repair evening\nFriday 13 March, 19:00 to 21:00\n" in unescape(page.text)


def test_a_room_that_confirms_by_itself_thanks_at_once(sign_in, bram, room):
    room.approval = Approval.ALWAYS
    booking = a_booking(room, friday(19, 21), by=bram, for_=an_initiative(bram))

    assert "You booked the room" in sign_in(bram).get(page_of(booking, "?sent=yes")).text


def test_a_refusal_gives_its_reason_and_a_way_on(sign_in, bram, booking):
    actions.refuse(booking.id, by=a_manager(booking.venue), reason="The floor is wet.")

    page = sign_in(bram).get(page_of(booking))

    assert "The floor is wet." in page.text
    assert link_called(page, "Find another time") == "/"


def test_cancelling_in_time_says_that_it_costs_nothing(sign_in, bram, booking):
    browser = sign_in(bram)

    page = browser.get(page_of(booking, "/cancel"))
    assert "You are in time" in page.text
    assert queries.booking(booking.id).status == Status.REQUESTED
    assert "This costs" in browser.get(page_of(booking)).text
    answer = browser.post(page_of(booking, "/cancel"))

    assert (answer.status_code, answer.location) == (303, page_of(booking))
    assert queries.booking(booking.id).status == Status.CANCELLED
    assert not queries.booking(booking.id).cancelled_late
    afterwards = browser.get(page_of(booking)).text
    assert "You pay nothing." in afterwards
    assert "This costs" not in afterwards


def test_cancelling_late_says_what_may_follow(sign_in, bram, room):
    tomorrow = on(FRIDAY.replace(day=3), 19, 21)
    booking = a_confirmed_booking(room, tomorrow, by=bram, for_=an_initiative(bram))
    browser = sign_in(bram)

    assert "The house may still ask you to pay" in browser.get(page_of(booking, "/cancel")).text
    browser.post(page_of(booking, "/cancel"))

    assert queries.booking(booking.id).cancelled_late
    assert "You pay nothing." not in browser.get(page_of(booking)).text


def test_cancelling_twice_says_so_calmly(sign_in, bram, booking):
    browser = sign_in(bram)
    browser.post(page_of(booking, "/cancel"))

    answer = browser.post(page_of(booking, "/cancel"))

    assert answer.status_code == 303
    assert "already cancelled" in browser.get(answer.location).text
    assert browser.get(page_of(booking, "/cancel")).location == page_of(booking)


def test_a_question_of_the_house_can_be_answered(sign_in, bram, booking):
    actions.ask(booking.id, by=a_manager(booking.venue), text="How loud is it?")
    browser = sign_in(bram)
    assert "How loud is it?" in browser.get(page_of(booking)).text

    empty = browser.post(page_of(booking, "/answer"), data={"text": " \u202e"})
    assert empty.status_code == 422
    assert error_beside(empty, "text")
    browser.post(page_of(booking, "/answer"), data={"text": "Not <b>loud</b> at all."})

    page = browser.get(page_of(booking)).text
    assert "Not &lt;b&gt;loud&lt;/b&gt; at all." in page


def test_an_answer_of_ten_thousand_characters_is_too_long(sign_in, bram, booking):
    answer = sign_in(bram).post(page_of(booking, "/answer"), data={"text": "x" * 10_000})

    assert answer.status_code == 422
    assert queries.booking(booking.id).messages == []


def test_who_has_no_business_here_finds_nothing(client, sign_in, booking):
    dirk = sign_in(a_person("Dirk"))

    for address in ("", "/cancel"):
        assert dirk.get(page_of(booking, address)).status_code == 404
        assert client.get(page_of(booking, address)).status_code == 303
    for address in ("/cancel", "/answer"):
        assert dirk.post(page_of(booking, address), data={"text": "x"}).status_code == 404
    assert queries.booking(booking.id).status == Status.REQUESTED


def test_a_key_holder_sees_who_comes_but_not_what_was_told_to_the_house(sign_in, booking):
    amina = a_person("Amina")
    a_role(amina, RoleName.KEY_HOLDER, booking.venue)

    browser = sign_in(amina)
    page = browser.get(page_of(booking)).text

    assert "Repair evening" in page
    assert "Secret" not in page
    assert browser.post(page_of(booking, "/cancel")).status_code == 403


def test_numbers_that_no_booking_has_are_not_found(sign_in, bram):
    browser = sign_in(bram)

    for number in ("999999", "9" * 30, "-1", "1e3", "x"):
        assert browser.get(f"/me/bookings/{number}").status_code == 404


def test_a_confirmed_booking_in_the_past_cannot_be_cancelled(sign_in, bram, room):
    booking = a_confirmed_booking(room, friday(19, 21), by=bram, for_=an_initiative(bram))
    browser = sign_in(bram)
    with time_machine.travel(friday(21, 22).start, tick=False):
        assert browser.get(page_of(booking, "/cancel")).status_code == 303
        browser.post(page_of(booking, "/cancel"))

    assert queries.booking(booking.id).status == Status.CONFIRMED
