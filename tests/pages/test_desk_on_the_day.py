"""The desk on the day: one press says who is there, one more how many; and the code on the door."""

from datetime import date, timedelta

import pytest
import time_machine

from buurthuis.accounts.models import RoleName
from buurthuis.bookings.today import actions as today
from buurthuis.bookings.today.models import Attendance
from buurthuis.foundation.db import db
from buurthuis.rules.attendance import Band
from buurthuis.rules.states import Status
from tests.builders import a_confirmed_booking, a_person, a_role, a_room, an_initiative, on

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

HOUSE = "/houses/de-meevaart"
MONDAY = date(2026, 3, 2)
EVENING = on(MONDAY, 19, 22)


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def evening(room, bram):
    return a_confirmed_booking(
        room, EVENING, by=bram, for_=an_initiative(bram), title="Repair evening"
    )


@pytest.fixture
def amina(venue, sign_in):
    person = a_person("Amina")
    a_role(person, RoleName.KEY_HOLDER, venue)
    return sign_in(person)


def five_past_seven():
    return time_machine.travel(EVENING.start + timedelta(minutes=5), tick=False)


def half_past_seven():
    return time_machine.travel(EVENING.start + timedelta(minutes=30), tick=False)


def test_one_press_says_that_they_are_here_and_one_more_how_many(amina, evening):
    address = f"{HOUSE}/bookings/{evening.id}/check-in?at=today"
    with five_past_seven():
        page = amina.get(f"{HOUSE}/").text
        assert "They are here" in page
        assert "Nobody came" not in page
        answer = amina.post(address)
        assert answer.location == f"{HOUSE}/#visit-{evening.id}"
        page = amina.get(f"{HOUSE}/").text
        assert "They are here." in page
        assert 'name="band" value="6-10"' in page
        amina.post(address, data={"band": "6-10"})
        page = amina.get(f"{HOUSE}/bookings").text

    assert "6–10 people." in page
    assert "Amina" in page
    assert 'name="band"' not in page


def test_a_number_is_written_down_on_the_page_of_the_booking(amina, evening):
    address = f"{HOUSE}/bookings/{evening.id}/check-in"
    with five_past_seven():
        wrong = amina.post(address, data={"people": "a few"})
        assert wrong.status_code == 422
        assert 'value="a few"' in wrong.text
        assert amina.post(address, data={"people": "12", "band": "6-10"}).status_code == 422
        amina.post(address, data={"people": "12"})
        page = amina.get(f"{HOUSE}/bookings/{evening.id}").text

    assert "12 people." in page
    assert db.session.get(Attendance, evening.id).band is Band.MIDDLE


def test_nobody_came_and_taking_it_back(amina, evening):
    with half_past_seven():
        assert "Nobody came" in amina.get(f"{HOUSE}/").text
        amina.post(f"{HOUSE}/bookings/{evening.id}/no-show?at=day")
        assert "Others can use the room from 19:30." in amina.get(f"{HOUSE}/bookings").text
        amina.post(f"{HOUSE}/bookings/{evening.id}/undo-attendance?at=day")
        again = amina.post(f"{HOUSE}/bookings/{evening.id}/undo-attendance")

    assert again.status_code == 409
    assert "There is nothing to take back any more." in again.text
    db.session.expire_all()
    assert evening.status == Status.CONFIRMED


def test_too_early_says_from_when(amina, evening):
    with five_past_seven():
        answer = amina.post(f"{HOUSE}/bookings/{evening.id}/no-show")

    assert answer.status_code == 409
    assert "Come back on Monday 2 March, from 19:30." in answer.text


def test_the_code_on_the_door_asks_who_one_is(app, room, evening):
    page = app.test_client().get(f"/rooms/{room.slug}/here").text

    assert f"/sign-in?next=/rooms/{room.slug}/here" in page
    assert "Repair evening" not in page


def test_behind_the_code_the_group_says_that_it_is_here(room, evening, bram, sign_in):
    browser = sign_in(bram)
    with five_past_seven():
        assert "We are here" in browser.get(f"/rooms/{room.slug}/here").text
        browser.post(f"/me/bookings/{evening.id}/here", data={"band": "11-20"})
        page = browser.get(f"/rooms/{room.slug}/here").text

    assert "11–20 people." in page


def test_the_door_of_a_half_knows_who_booked_the_whole(venue, room, bram, sign_in):
    hall = a_room(venue, parts=[room])
    a_confirmed_booking(hall, EVENING, by=bram, for_=an_initiative(bram), title="Repair evening")
    with five_past_seven():
        page = sign_in(bram).get(f"/rooms/{room.slug}/here").text

    assert "Repair evening" in page


def test_who_has_nothing_to_do_with_it_sees_no_booking(room, evening, sign_in):
    with five_past_seven():
        page = sign_in(a_person("Dirk")).get(f"/rooms/{room.slug}/here").text

    assert "You have no booking here today" in page
    assert "Repair evening" not in page


def test_a_late_group_reads_that_the_house_gave_it_up(room, evening, bram, manager, sign_in):
    with half_past_seven():
        today.no_show(evening.id, by=manager)
        page = sign_in(bram).get(f"/rooms/{room.slug}/here").text

    assert "Somebody said that nobody came." in page
