"""My page: bookings to come, calendar links, groups, and the desks where somebody works."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event

from buurthuis.accounts.models import RoleName
from buurthuis.bookings import actions
from buurthuis.foundation.db import db
from buurthuis.rules.standing import Kind
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_recognition,
    a_role,
    a_room,
    a_venue,
    an_initiative,
    friday,
)


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def repair(bram):
    return an_initiative(bram, name="Repair Café Oost")


def my_page(browser, **query):
    return browser.get("/me", query_string=query).text


def test_a_stranger_is_asked_to_sign_in(client):
    answer = client.get("/me")

    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/me"


def test_an_empty_page_shows_the_way(bram, sign_in):
    page = my_page(sign_in(bram))

    for words in ("Hello Bram", "Nothing booked yet", "Find a room", "Add a group"):
        assert words in page


def test_bookings_to_come_stand_by_day_soonest_first(bram, repair, room, sign_in):
    a_booking(room, friday(19, 22, weeks=1), by=bram, for_=repair, title="Later")
    soon = a_confirmed_booking(room, friday(9, 12), by=bram, for_=repair, title="Soon")

    page = my_page(sign_in(bram))

    assert page.index("Friday 13 March") < page.index("Soon") < page.index("Friday 20 March")
    assert page.index("Friday 20 March") < page.index("Later")
    for words in ("Booked", "Waits for an answer", "Lesruimte 1, De Meevaart", "020-555 0101"):
        assert words in page
    assert f"/me/bookings/{soon.id}/cancel" in page
    assert f"/me/bookings/{soon.id}.ics" in page


def test_somebody_else_of_the_group_sees_the_booking_too(bram, room, sign_in):
    other = a_person("Fatima")
    a_booking(room, friday(9, 12), by=bram, for_=an_initiative(bram, other))

    assert "Repair evening" in my_page(sign_in(other))


def test_a_stranger_s_booking_is_not_on_my_page(bram, room, sign_in):
    a_booking(room, friday(9, 12), title="Not mine")

    assert "Not mine" not in my_page(sign_in(bram))


def test_a_refusal_stands_there_with_its_reason(bram, repair, room, sign_in):
    booking = a_booking(room, friday(9, 12), by=bram, for_=repair)
    actions.refuse(booking.id, by=a_manager(room.venue), reason="The roof leaks.")

    page = my_page(sign_in(bram))

    assert "The roof leaks." in page
    assert "Look for another time" in page
    assert f"/me/bookings/{booking.id}/cancel" not in page


def test_what_was_cancelled_or_is_over_lies_folded(bram, repair, room, sign_in):
    over = a_confirmed_booking(room, friday(9, 12), by=bram, for_=repair, title="Over")
    gone = a_booking(room, friday(9, 12, weeks=2), by=bram, for_=repair, title="Gone")
    actions.cancel(gone.id, by=bram)
    browser = sign_in(bram)
    with time_machine.travel(over.to_at + timedelta(minutes=1), tick=False):
        page = my_page(browser)

    folded = page.split("<details", 1)[1]
    assert "Over" in folded
    assert "Gone" in folded
    assert "Nothing booked yet" in page


def test_a_question_of_the_house_stands_out_until_it_is_answered(bram, repair, room, sign_in):
    booking = a_booking(room, friday(9, 12), by=bram, for_=repair)
    browser = sign_in(bram)
    actions.ask(booking.id, by=a_manager(room.venue), text="How loud is it?")
    asked = my_page(browser)
    actions.answer(booking.id, by=bram, text="We whisper")

    assert "The house asks you something." in asked
    assert "The house asks you something." not in my_page(browser)


def test_many_bookings_are_shown_when_asked_for(bram, repair, room, sign_in):
    for number in range(11):
        a_booking(room, friday(8 + number, 9 + number), by=bram, for_=repair)
    browser = sign_in(bram)

    page = my_page(browser)

    assert page.count("Waits for an answer") == 10
    assert "Show all 11 bookings" in page
    assert my_page(browser, all=1).count("Waits for an answer") == 11


def test_a_group_tells_which_house_knows_it(bram, repair, venue, sign_in):
    browser = sign_in(bram)
    before = my_page(browser)
    a_recognition(repair, Kind.SOCIAL_ENTERPRISE, venue=venue)

    assert "No house knows this group yet" in before
    assert "De Meevaart knows you as: A social enterprise." in my_page(browser)


def test_calendar_links_can_be_made_and_withdrawn(bram, repair, sign_in):
    browser = sign_in(bram)
    made = browser.post("/me/feeds", data={"what": "mine", "name": "My phone"})
    page = my_page(browser)
    number = page.split("/me/feeds/")[1].split("/")[0]

    assert made.status_code == 200
    assert "My phone" in page
    assert "Make a calendar subscription" in page
    browser.post(f"/me/feeds/{number}/withdraw")
    assert "My phone" not in my_page(browser).split("<main")[1]


def test_a_manager_finds_the_desk_with_what_waits(venue, room, sign_in):
    a_booking(room, friday(9, 12))
    a_booking(a_room(a_venue("elsewhere")), friday(9, 12))

    page = my_page(sign_in(a_manager(venue)))

    assert "1 request waits for your answer." in page
    assert "/houses/de-meevaart/requests" in page
    assert "/houses/elsewhere" not in page


def test_a_key_holder_finds_the_desk_but_no_requests(venue, room, sign_in):
    amina = a_person("Amina")
    a_role(amina, RoleName.KEY_HOLDER, venue)
    a_booking(room, friday(9, 12))

    page = my_page(sign_in(amina))

    assert "/houses/de-meevaart/" in page
    assert "/houses/de-meevaart/requests" not in page
    assert "/me/roster" in page


def test_the_board_has_no_desk(sign_in):
    chandra = a_person("Chandra")
    a_role(chandra, RoleName.BOARD)

    assert "/houses/" not in my_page(sign_in(chandra))


def test_hostile_words_stay_words(bram, repair, room, sign_in):
    a_booking(room, friday(9, 12), by=bram, for_=repair, title="<script>alert(1)</script>")

    page = my_page(sign_in(bram))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_my_page_asks_the_database_as_often_for_many_bookings_as_for_few(
    bram, repair, room, sign_in
):
    browser = sign_in(bram)
    statements = []
    event.listen(db.engine, "before_cursor_execute", lambda *about: statements.append(about[2]))
    counts = []
    for number in (1, 8):
        for each in range(number):
            hour = 8 + each
            a_booking(room, friday(hour, hour + 1, weeks=number), by=bram, for_=repair)
        statements.clear()
        my_page(browser)
        counts.append(len(statements))

    assert counts[1] <= counts[0] <= 20
