"""The other pages of a desk: today, a day, one booking, the groups that come, the logbook."""

import ast
from datetime import date, timedelta

import pytest
import time_machine

from buurthuis.accounts.models import RoleName
from buurthuis.bookings import actions
from buurthuis.foundation.db import db
from buurthuis.foundation.settings import CHECKOUT
from buurthuis.pages.desk_words import VERBS
from buurthuis.rules.standing import Kind
from buurthuis.rules.states import Status
from tests.builders import (
    a_booking,
    a_closure,
    a_confirmed_booking,
    a_person,
    a_recognition,
    a_role,
    a_room,
    a_venue,
    an_initiative,
    at,
    friday,
    on,
)

HOUSE = "/houses/de-meevaart"
MONDAY = date(2026, 3, 2)


@pytest.fixture
def amina(venue, sign_in):
    person = a_person("Amina")
    a_role(person, RoleName.KEY_HOLDER, venue)
    return sign_in(person)


def test_the_morning_shows_who_comes_and_what_waits(desk, room):
    a_confirmed_booking(room, on(MONDAY, 19, 22), title="Repair evening")
    a_confirmed_booking(room, on(MONDAY + timedelta(days=1), 10, 12), title="Language class")
    a_booking(room, friday(10, 12), title="Not today")

    page = desk.get(f"{HOUSE}/").text

    assert "1 request waits for you" in page
    assert page.index("Repair evening") < page.index("Tomorrow") < page.index("Language class")
    assert "Not today" not in page


def test_a_quiet_house_says_so(desk):
    page = desk.get(f"{HOUSE}/").text

    assert "Nobody has booked. The house is quiet." in page
    assert "No request waits." in page


def test_a_busy_desk_asks_little_of_the_database(desk, room, counted):
    desk.get(f"{HOUSE}/")
    for day in (MONDAY, MONDAY + timedelta(days=1)):
        a_confirmed_booking(room, on(day, 20, 22), title="Soup")
        a_closure(room.venue, on(day, 8, 9), room)
    a_booking(room, friday(10, 12))
    desk.get("/")  # The house is known by then.

    with counted() as statements:
        page = desk.get(f"{HOUSE}/").text

    assert page.index("Soup") < page.index("Tomorrow") < page.rindex("Soup")
    # What waits too long takes two more; the budget is read once after a house has changed.
    assert len(statements) <= 9, statements


def test_a_day_lists_its_bookings_by_the_clock(desk, room):
    a_confirmed_booking(room, friday(19, 22), title="Evening")
    a_confirmed_booking(room, friday(9, 12), title="Morning")
    gone = a_confirmed_booking(room, friday(13, 14), title="Gone")
    actions.cancel(gone.id, by=gone.booked_by)

    page = desk.get(f"{HOUSE}/bookings?day=2026-03-13").text

    assert page.index("Morning") < page.index("Evening")
    assert "Gone" not in page
    assert f"{HOUSE}/bookings?day=2026-03-12" in page
    assert f"{HOUSE}/bookings?day=2026-03-14" in page


def test_a_day_tells_what_is_closed(venue, desk, room):
    a_closure(venue, friday(8, 12), room, reason="Painting")
    venue.closed_on_holidays = True
    db.session.commit()

    assert "Closed: Lesruimte 1" in desk.get(f"{HOUSE}/bookings?day=2026-03-13").text
    assert "Public holiday" in desk.get(f"{HOUSE}/bookings?day=2026-04-27").text


@pytest.mark.parametrize("day", ["2026-02-31", "yesterday", "0001-01-01", "9999-12-31", "\x00"])
def test_a_day_that_does_not_exist_is_not_found(desk, day):
    assert desk.get(f"{HOUSE}/bookings", query_string={"day": day}).status_code == 404


def test_a_booking_shows_its_frozen_price_its_talk_and_what_happened(desk, room, manager):
    bram = a_person("Bram", phone="06 1234 5678")
    repair = an_initiative(bram)
    a_recognition(repair, Kind.SOCIAL_ENTERPRISE, venue=room.venue)
    booking = a_booking(room, friday(19, 22), by=bram, for_=repair, remark="We bring a kettle")
    actions.ask(booking.id, by=manager, text="How loud is it?")
    actions.approve(booking.id, by=manager)

    page = desk.get(f"{HOUSE}/bookings/{booking.id}").text

    for words in (
        "3 hours",
        "€30.00",
        "€10.50",
        "A social enterprise",
        "We bring a kettle",
        "How loud is it?",
        "06 1234 5678",
        bram.email,
        "<strong>Bram</strong> asked for a room",
        "<strong>Nadia</strong> said yes",
    ):
        assert words in page


def test_a_key_holder_sees_who_comes_but_not_what_was_written(amina, room, manager):
    booking = a_booking(room, friday(19, 22), by=a_person("Bram"), remark="We bring a kettle")
    actions.ask(booking.id, by=manager, text="How loud is it?")

    day = amina.get(f"{HOUSE}/bookings?day=2026-03-13").text
    page = amina.get(f"{HOUSE}/bookings/{booking.id}").text

    assert "Bram" in day
    assert "Bram" in page
    for words in ("We bring a kettle", "How loud is it?", "Approve", "What happened", "@"):
        assert words not in page
    for address in ("requests", "recognitions", "logbook"):
        assert amina.get(f"{HOUSE}/{address}").status_code == 403
        assert address not in page


def test_the_board_has_no_business_at_the_desk(venue, room, sign_in):
    chandra = a_person("Chandra")
    a_role(chandra, RoleName.BOARD)
    booking = a_booking(room, friday(19, 22))
    board = sign_in(chandra)

    for address in ("/", "/bookings", f"/bookings/{booking.id}"):
        assert board.get(HOUSE + address).status_code == 404


def test_the_house_takes_its_yes_back_with_a_reason(desk, room):
    bram = a_person("Bram")
    booking = a_confirmed_booking(room, friday(19, 22), by=bram)
    address = f"{HOUSE}/bookings/{booking.id}"

    assert desk.post(f"{address}/cancel").status_code == 422
    answer = desk.post(
        f"{address}/cancel", data={"reason": "The roof leaks."}, follow_redirects=True
    )

    assert (
        "Repair evening is cancelled. The room is free again. Bram gets an e-mail." in answer.text
    )
    assert booking.status == Status.CANCELLED
    assert not booking.cancelled_late
    again = desk.post(f"{address}/cancel", data={"reason": "The roof leaks."})
    assert again.status_code == 409
    assert "This booking is already cancelled." in again.text


def test_the_logbook_tells_who_did_what_latest_first(desk, room, manager):
    booking = a_booking(room, friday(19, 22), by=a_person("Bram"))
    actions.approve(booking.id, by=manager)

    page = desk.get(f"{HOUSE}/logbook").text

    assert page.index("<strong>Nadia</strong> said yes") < page.index("<strong>Bram</strong> asked")
    assert f"{HOUSE}/bookings/{booking.id}" in page


def test_the_logbook_of_another_house_is_not_shown(desk, room):
    a_booking(a_room(a_venue()), friday(19, 22), by=a_person("Elsewhere"))

    assert "Elsewhere" not in desk.get(f"{HOUSE}/logbook").text


def test_the_logbook_turns_its_pages(desk, room):
    bram = a_person("Bram")
    repair = an_initiative(bram)
    for number in range(51):
        start = 8 + number % 12
        a_booking(room, friday(start, start + 1, weeks=number // 12), by=bram, for_=repair)

    first = desk.get(f"{HOUSE}/logbook").text
    earlier = first.split("/logbook?before=")[1].split('"')[0]
    second = desk.get(f"{HOUSE}/logbook?before={earlier}").text

    assert first.count("asked for a room") == 50
    assert second.count("asked for a room") == 1
    assert desk.get(f"{HOUSE}/logbook?before=999999999999").status_code == 200


def deeds_in_a_house():
    """The verbs that the program writes in the logbook of a house."""
    for path in CHECKOUT.glob("buurthuis/**/*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call) or not ast.unparse(call.func).endswith("note"):
                continue
            is_of_a_house = "venue_id" in {keyword.arg for keyword in call.keywords}
            if is_of_a_house and isinstance(call.args[0], ast.Constant):
                yield call.args[0].value


def test_every_deed_in_a_house_has_words():
    deeds = set(deeds_in_a_house())

    assert "booking.approved" in deeds
    assert deeds <= set(VERBS)


def test_the_day_tells_from_when_to_when_somebody_must_be_there(venue, desk):
    hall = a_room(venue, setup_minutes=30, teardown_minutes=15)
    a_confirmed_booking(hall, on(MONDAY, 19, 22), remark="Ten tables")

    for address in ("/", "/bookings"):
        page = desk.get(HOUSE + address).text
        assert "The house is in use from 18:30 to 22:15." in page
        assert "Set up from 18:30. Cleared at 22:15." in page
        assert "Costs €30.00." in page
        assert "Ten tables" in page


def test_what_goes_on_now_is_marked_and_tomorrow_is_one_step_away(desk, room):
    a_confirmed_booking(room, on(MONDAY, 10, 12))
    with time_machine.travel(at(MONDAY, 11), tick=False):
        page = desk.get(f"{HOUSE}/bookings").text

    assert "Now in the house" in page
    assert f'{HOUSE}/bookings?day=2026-03-03">Tomorrow' in page


def test_tomorrow_tells_what_is_closed_too(venue, desk, room):
    a_closure(venue, on(MONDAY + timedelta(days=1), 8, 12), room, reason="Painting")

    page = desk.get(f"{HOUSE}/").text

    assert page.index("Tomorrow") < page.index("Closed: Lesruimte 1")


def test_a_confirmed_booking_has_a_text_to_send(desk, room):
    booking = a_confirmed_booking(room, friday(19, 22))

    page = desk.get(f"{HOUSE}/bookings/{booking.id}").text

    assert "A text to send" in page
    assert "Friday 13 March, 19:00 to 22:00\nLesruimte 1, De Meevaart" in page
