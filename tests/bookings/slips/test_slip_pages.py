"""The paper: number and PIN open one booking, and nothing else; who guesses learns nothing."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from buurthuis.bookings.slips import actions as slips
from buurthuis.bookings.slips import pins
from buurthuis.bookings.slips.actions import Caller, Sending
from buurthuis.bookings.slips.models import Slip, SlipTry
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.states import Status
from tests.builders import a_manager, a_room, a_venue, a_wish, friday

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def room(app):
    return a_room(a_venue())


@pytest.fixture
def nadia(room):
    return a_manager(room.venue, "Nadia")


@pytest.fixture
def made(room, nadia):
    caller, wish = Caller("Truus", "06 1234 5678"), a_wish(friday(19, 22), title="Zumba")
    return slips.book_for(room, wish, caller, by=nadia, sending=Sending())


@pytest.fixture
def slip(made):
    return db.session.scalar(select(Slip))


def open_with(app, slip, pin):
    browser = app.test_client()
    answer = browser.post("/slip", data={"reference": slip.reference, "pin": pin})
    assert answer.status_code == 303, answer.text
    return browser


def without_what_was_typed(page):
    return re.sub(r'value="[^"]*"', "", page)


def test_number_and_pin_open_the_booking_however_they_are_typed(app, slip, made):
    typed = {"reference": pins.shown(slip.reference).lower(), "pin": pins.shown(made.pin)}
    page = app.test_client().post("/slip", data=typed, follow_redirects=True).text

    assert "Zumba" in page
    assert "€30.00" in page


def test_the_code_on_the_paper_fills_in_the_number_and_asks_for_the_pin(app, slip):
    page = app.test_client().get(f"/slip?r={slip.reference}").text

    assert f'value="{slip.reference}"' in page
    assert "Zumba" not in page


def test_a_wrong_pin_and_an_unknown_number_get_the_same_answer(app, slip, made):
    wrong = "000000" if made.pin != "000000" else "111111"
    answers = [
        app.test_client().post("/slip", data={"reference": reference, "pin": pin})
        for reference, pin in ((slip.reference, wrong), ("ZZZZZZ", made.pin), ("", "1 2"))
    ]

    assert {each.status_code for each in answers} == {422}
    assert len({without_what_was_typed(each.text) for each in answers}) == 1


@pytest.mark.parametrize("is_known", [True, False])
def test_after_five_wrong_tries_a_number_rests_whether_it_is_known_or_not(
    app, slip, made, is_known
):
    reference = slip.reference if is_known else "ZZZZZZ"
    wrong = "000000" if made.pin != "000000" else "111111"
    for _ in range(5):
        app.test_client().post("/slip", data={"reference": reference, "pin": wrong})
    rests = app.test_client().post("/slip", data={"reference": reference, "pin": made.pin})
    assert rests.status_code == 429
    assert "Wait 15 minutes" in rests.text

    with time_machine.travel(clock.now() + timedelta(minutes=15), tick=False):
        later = app.test_client().post("/slip", data={"reference": reference, "pin": made.pin})
        assert later.status_code == (303 if is_known else 422)
        assert db.session.scalar(select(func.count()).select_from(SlipTry)) == (not is_known)


def test_an_opened_paper_closes_after_twenty_minutes_or_with_a_new_pin(app, slip, made, nadia):
    browser = open_with(app, slip, made.pin)
    assert browser.get("/slip/booking").status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=20), tick=False):
        assert browser.get("/slip/booking").location == "/slip"
    browser = open_with(app, slip, made.pin)
    slips.print_anew(made.booking.id, by=nadia)
    assert browser.get("/slip/booking").location == "/slip"


def test_without_a_paper_nothing_is_opened_or_done(app, slip, made):
    browser = app.test_client()
    for path in ("words", "time", "here", "cancel"):
        assert browser.post(f"/slip/booking/{path}", data={"title": "x"}).location == "/slip"
    assert db.session.get(type(made.booking), made.booking.id).status == Status.CONFIRMED
    opened = open_with(app, slip, made.pin)
    assert opened.get(f"/me/bookings/{made.booking.id}").location.startswith("/sign-in")
    opened.post("/slip/leave")
    assert opened.get("/slip/booking").location == "/slip"


def test_the_words_the_people_and_a_shorter_time_are_theirs_to_change(app, slip, made):
    browser = open_with(app, slip, made.pin)
    browser.post("/slip/booking/words", data={"title": "Zumba 65+", "people": "8", "remark": ""})
    browser.post("/slip/booking/time", data={"from": "19:30", "to": "21:00"})
    page = browser.get("/slip/booking").text

    assert "Zumba 65+" in page
    assert made.booking.people == 8
    assert made.booking.period == friday(19.5, 21)


def test_a_longer_time_is_for_the_house_to_give(app, slip, made):
    browser = open_with(app, slip, made.pin)
    answer = browser.post("/slip/booking/time", data={"from": "18:00", "to": "22:00"})

    assert answer.status_code == 422
    assert "Call the house for that." in answer.text


def test_too_many_people_are_told_beside_the_form_and_nothing_typed_is_lost(app, slip, made):
    browser = open_with(app, slip, made.pin)
    answer = browser.post("/slip/booking/words", data={"title": "Zumba 65+", "people": "900"})

    assert answer.status_code == 422
    assert 'value="900"' in answer.text


def test_cancelling_without_e_mail(app, slip, made):
    browser = open_with(app, slip, made.pin)
    assert "Yes, cancel it" in browser.get("/slip/booking/cancel").text
    browser.post("/slip/booking/cancel")
    page = browser.get("/slip/booking").text

    assert "This booking is cancelled." in page
    assert made.booking.status == Status.CANCELLED
    assert made.booking.cancelled_by_id == made.booking.booked_by_id


def test_on_the_day_the_paper_says_that_they_are_here(app, slip, made):
    with time_machine.travel(friday(18.9, 22).start, tick=False):
        browser = open_with(app, slip, made.pin)
        browser.post("/slip/booking/here")
        browser.post("/slip/booking/here", data={"band": "6-10"})
        page = browser.get("/slip/booking").text

    assert "The house knows that you are here." in page


def test_a_paper_stops_a_day_after_its_booking(app, slip, made):
    with time_machine.travel(friday(22, 23).start + timedelta(days=1), tick=False):
        data = {"reference": slip.reference, "pin": made.pin}
        assert app.test_client().post("/slip", data=data).status_code == 422


@pytest.mark.parametrize("typed", ["\0" * 6, "9" * 100_000, "①②③④⑤⑥", "1e999", "١٢٣٤٥٦", "💥"])
def test_odd_input_is_no_pin(app, slip, typed):
    for data in (
        {"reference": slip.reference, "pin": typed},
        {"reference": typed, "pin": "123456"},
    ):
        assert app.test_client().post("/slip", data=data).status_code == 422
