"""The week of a house: free cells lead to the form, taken ones tell no more than they may."""

from html import unescape

import pytest
import time_machine
from sqlalchemy import event

from buurthuis.bookings import actions
from buurthuis.foundation.db import db
from buurthuis.venues.models import DayPart, Venue
from tests.builders import (
    FRIDAY,
    a_booking,
    a_closure,
    a_confirmed_booking,
    a_person,
    a_room,
    a_venue,
    an_initiative,
    at,
    friday,
)
from tests.forgetting import forget_pages
from tests.pages.reading import Reader, error_beside, field_value, in_english, links

WEEK = "/venues/garden/week/2026-W11"


@pytest.fixture
def client(client):
    return in_english(client)


@pytest.fixture
def garden(app):
    return a_venue("garden")


def free_cells(page, day="2026-03-13"):
    """The links of free cells of one day."""
    return [url for url in links(page) if "/book?" in url and f"from={day}" in url]


def test_a_free_cell_leads_to_the_form_with_the_time_filled_in(client, garden):
    a_room(garden, slug="hall")

    page = client.get(WEEK)
    cells = free_cells(page)
    form = client.get(cells[2])

    assert len(cells) == 3
    assert (field_value(form, "from"), field_value(form, "to")) == ("18:00", "23:00")
    assert field_value(form, "day") == "2026-03-13"
    assert not error_beside(form, "from")


def test_every_free_cell_can_be_booked(client, garden):
    room = a_room(garden, slug="hall", setup_minutes=30, turnover_minutes=30)
    a_booking(room, friday(10, 14))
    a_booking(room, friday(20, 21))

    cells = free_cells(client.get(WEEK))

    assert cells
    for url in cells:
        assert not error_beside(client.get(url), "from")


def test_a_taken_room_says_taken_and_nothing_else(client, garden):
    bram = a_person("Bram")
    room = a_room(garden, slug="hall")
    a_confirmed_booking(
        room, friday(18, 23), by=bram, for_=an_initiative(bram), title="Support group"
    )

    page = client.get(WEEK)

    assert len(free_cells(page)) == 2
    assert "Taken" in page.text
    assert "Support group" not in page.text
    assert "Repair Café" not in page.text


def test_a_public_activity_shows_its_title_in_every_part_of_its_hall(client, garden):
    left, right = a_room(garden, slug="left"), a_room(garden, slug="right")
    hall = a_room(garden, slug="hall", parts=[left, right])
    a_confirmed_booking(hall, friday(18, 23), title="Street choir", is_public=True)

    page = client.get(WEEK)

    assert page.text.count("Street choir") == 3
    assert len(free_cells(page)) == 6


def test_a_public_request_is_no_activity_yet(client, garden):
    a_booking(a_room(garden), friday(18, 23), title="Street choir", is_public=True)

    assert "Street choir" not in client.get(WEEK).text


def test_my_own_booking_is_mine_and_leads_to_it(sign_in, garden):
    bram = a_person("Bram")
    booking = a_booking(a_room(garden), friday(18, 23), by=bram, for_=an_initiative(bram))

    page = sign_in(bram).get(WEEK)

    assert f"/me/bookings/{booking.id}" in links(page)
    assert "Repair evening" in page.text


def test_a_cancelled_booking_frees_its_cell(client, garden):
    bram = a_person("Bram")
    booking = a_booking(a_room(garden), friday(18, 23), by=bram, for_=an_initiative(bram))
    actions.cancel(booking.id, by=bram)

    assert len(free_cells(client.get(WEEK))) == 3


def test_a_closure_and_a_holiday_say_why(client, app):
    venue = a_venue("garden", closed_on_holidays=True)
    a_room(venue, slug="hall")
    a_closure(venue, friday(0, 24), reason="Painting")

    assert "Closed: Painting" in client.get(WEEK).text
    assert not free_cells(client.get(WEEK))
    assert "Closed: King’s Day" in client.get("/venues/garden/week/2026-W18").text


def test_the_night_belongs_to_its_evening(client, garden):
    for hours in garden.opening_hours:
        hours.closes_minute = 25 * 60
    evening = db.session.query(DayPart).filter_by(name="evening").one()
    evening.ends_minute = 25 * 60
    a_room(garden, slug="hall")
    db.session.commit()

    page = client.get(WEEK)
    form = client.get(free_cells(page)[-1])

    assert len(free_cells(page)) == 3
    assert (field_value(form, "from"), field_value(form, "to")) == ("18:00", "25:00")


def test_the_hours_between_two_parts_show_only_when_they_are_left_over(client, garden):
    for part in db.session.query(DayPart):
        part.starts_minute, part.ends_minute = {
            "morning": (480, 720),
            "afternoon": (780, 1020),
            "evening": (1080, 1380),
        }[part.name]
    room = a_room(garden, slug="hall")
    db.session.commit()
    assert "12:00–13:00" not in unescape(client.get(WEEK).text)

    a_booking(room, friday(8, 12))
    a_booking(room, friday(13, 17))

    assert "12:00–13:00" in unescape(client.get(WEEK).text)


def test_a_house_without_parts_of_the_day_has_the_common_ones(client, garden):
    db.session.query(DayPart).delete()
    db.session.commit()
    a_room(db.session.get(Venue, garden.id), slug="hall")

    page = client.get(WEEK)

    assert len(free_cells(page)) == 3
    assert "Afternoon" in page.text


def test_what_is_past_cannot_be_chosen(client, garden):
    a_room(garden, slug="hall")
    with time_machine.travel(at(FRIDAY, 15), tick=False):
        page = client.get(WEEK)

        assert not free_cells(page, "2026-03-12")
        assert len(free_cells(page)) == 2
        assert "Over" in page.text


def test_the_way_to_this_week_and_to_the_weeks_around_it(client, garden):
    a_room(garden, slug="hall")

    assert client.get("/venues/garden/week/").location == "/venues/garden/week/2026-W10"
    around = [url for url in links(client.get(WEEK)) if "/week/" in url]
    assert "/venues/garden/week/2026-W10" in around
    assert "/venues/garden/week/2026-W12" in around


@pytest.mark.parametrize(
    "week", ["2026-W54", "2025-W53", "2026-W00", "2026-11", "W11", "9999-W99", "x", "2026-W1"]
)
def test_a_week_that_is_none_is_not_found(client, garden, week):
    assert client.get(f"/venues/garden/week/{week}").status_code == 404


@pytest.mark.parametrize("week", ["1970-W01", "2199-W52", "2020-W53"])
def test_a_week_far_away_is_empty_and_whole(client, garden, week):
    a_room(garden, slug="hall")

    page = client.get(f"/venues/garden/week/{week}")

    assert page.status_code == 200
    assert not [url for url in links(page) if "/book?" in url]


def test_many_rooms_come_in_pages(client, garden):
    for number in range(8):
        a_room(garden, name=f"Room {number}")

    first, second = client.get(WEEK), client.get(WEEK + "?rooms=2")

    assert len(free_cells(first)) == 18
    assert len(free_cells(second)) == 6
    for odd in ("0", "-1", "99", "x", "²"):
        assert client.get(WEEK + "?rooms=" + odd).status_code == 200


def test_a_house_without_rooms_says_so(client, garden):
    assert "No rooms yet" in client.get(WEEK).text


def test_the_week_stays_light(client, garden):
    for number in range(6):
        a_room(garden, name=f"Room {number} with a rather long name")

    assert len(client.get(WEEK).data) < 45_000


def test_the_number_of_statements_does_not_grow(client, app, garden):
    statements = []
    event.listen(db.engine, "before_cursor_execute", lambda *facts: statements.append(facts[2]))
    a_booking(a_room(garden), friday(10, 12), is_public=True)
    client.get(WEEK)
    forget_pages(app)
    statements.clear()
    client.get(WEEK)
    with_one = len(statements)

    for hour in range(5):
        a_confirmed_booking(a_room(garden), friday(10 + hour, 16), is_public=True)
    client.get(WEEK)
    forget_pages(app)
    statements.clear()
    page = client.get(WEEK)

    assert len(Reader(page.text).links) > 50
    assert len(statements) == with_one
    assert with_one <= 6
