"""The door of a room on an old tablet: free or taken, until when, and nothing private."""

import re
from datetime import timedelta

import pytest
import time_machine

from buurthuis.foundation.settings import CHECKOUT
from tests.builders import (
    FRIDAY,
    a_booking,
    a_closure,
    a_confirmed_booking,
    a_person,
    a_room,
    a_venue,
    at,
    friday,
    on,
)
from tests.pages.reading import in_english


@pytest.fixture
def browser(client):
    return in_english(client)


@pytest.fixture
def hall(app):
    return a_room(a_venue(name="De Meevaart"), slug="hall", name="Hall")


def seen(browser, hour, slug="hall", day=FRIDAY):
    with time_machine.travel(at(day, hour), tick=False):
        page = browser.get(f"/rooms/{slug}/door").text
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main>")[1]).split())


def test_a_free_room_says_until_when_and_who_comes_next(browser, hall):
    a_confirmed_booking(hall, friday(19, 22), title="Open choir", is_public=True)

    words = seen(browser, 16)

    assert "Free until 19:00" in words
    assert "Next 19:00–22:00 Open choir" in words
    assert "Book: localhost/rooms/hall" in words
    assert "16:00" in words


def test_what_is_private_is_taken_and_nothing_more(browser, hall):
    bram = a_person("Bram", phone="06 1234 5678")
    a_confirmed_booking(hall, friday(19, 22), by=bram, title="Secret circle", remark="Hush")

    for hour in (16, 20):
        words = seen(browser, hour)
        for private in ("Secret", "Bram", "06 1234", "Hush", "Repair Café", "30"):
            assert private not in words
    assert "Taken until 22:00" in words


def test_bookings_that_touch_are_one_stretch_and_a_public_one_is_named(browser, hall):
    a_confirmed_booking(hall, friday(18, 19), title="Private")
    a_confirmed_booking(hall, friday(19, 20), title="Private too")
    a_confirmed_booking(hall, friday(20, 22), title="Open choir", is_public=True)

    assert "Taken until 22:00" in seen(browser, 18.5)
    assert "Taken until 22:00 Open choir" in seen(browser, 21)
    assert "18:00–20:00 Taken 20:00–22:00 Open choir" in seen(browser, 17)


def test_half_open_at_the_end_the_room_is_free(browser, hall):
    a_confirmed_booking(hall, friday(19, 22))

    assert "Taken" in seen(browser, 21.99)
    assert "Free until 23:00" in seen(browser, 22)
    assert "Nobody comes after this today." in seen(browser, 22)


def test_a_hall_is_taken_when_a_part_is_and_a_part_when_its_hall_is(browser, hall):
    whole = a_room(hall.venue, slug="whole", parts=[hall])
    a_confirmed_booking(hall, friday(10, 12))
    a_confirmed_booking(whole, friday(14, 16))

    assert "Taken until 12:00" in seen(browser, 11, "whole")
    assert "Taken until 16:00" in seen(browser, 15)


def test_a_closed_house_says_when_it_opens(browser, hall):
    a_closure(hall.venue, friday(12, 14), reason="Cleaning")

    assert "Closed open at 08:00" in seen(browser, 6)
    assert "Closed open at 14:00" in seen(browser, 13)
    assert "Closed open on Saturday 14 March, 08:00" in seen(browser, 23.5)
    assert "Free until 12:00" in seen(browser, 9)


def test_an_evening_that_ends_after_midnight_is_still_on(browser, hall):
    for hours in hall.venue.opening_hours:
        hours.closes_minute = 26 * 60
    a_confirmed_booking(hall, friday(22, 25))

    assert "Taken until 01:00" in seen(browser, 0.5, day=FRIDAY + timedelta(days=1))


def test_the_door_asks_again_by_itself_and_only_loads_what_changed(browser, hall):
    answer = browser.get("/rooms/hall/door")

    assert '<meta http-equiv="refresh" content="60">' in answer.text
    assert "<script" not in answer.text
    assert len(answer.data) < 3000
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in answer.headers
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert browser.get("/rooms/hall/door", headers=tag).status_code == 304
    a_booking(hall, on(FRIDAY - timedelta(days=11), 9, 12))
    assert browser.get("/rooms/hall/door", headers=tag).status_code == 200


def test_an_old_tablet_understands_the_style(browser, hall):
    address = re.search(r'href="(/assets/door[^"]+)"', browser.get("/rooms/hall/door").text)[1]
    style = browser.get(address).text

    for new in ("var(", "@layer", "grid", ":has(", ":is("):
        assert new not in style
    assert (CHECKOUT / "static/alone/door.css").is_file()


def test_a_room_that_is_gone_has_no_door(browser, hall):
    hall.retired_at = at(FRIDAY - timedelta(days=300), 12)

    for slug in ("hall", "nowhere"):
        assert browser.get(f"/rooms/{slug}/door").status_code == 404
