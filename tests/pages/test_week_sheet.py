"""The week as a sheet for the wall: public titles alone, every room, one page."""

import re

import pytest

from buurthuis.rules import wall
from tests.builders import a_closure, a_confirmed_booking, a_person, a_room, a_venue, friday
from tests.pages.reading import in_english, link_called

SHEET = "/venues/de-meevaart/week/2026-W11/sheet"


@pytest.fixture
def browser(client):
    return in_english(client)


@pytest.fixture
def house(app):
    return a_venue("de-meevaart", name="De Meevaart")


def test_the_sheet_names_what_is_public_and_hides_the_rest(browser, house):
    hall = a_room(house, name="Hall")
    a_confirmed_booking(hall, friday(10, 12), title="Open choir", is_public=True)
    a_confirmed_booking(hall, friday(19, 22), title="Secret circle", by=a_person("Bram"))

    page = browser.get(SHEET).text

    assert "<b>10:00–12:00</b> Open choir" in page
    assert "<b>19:00–22:00</b> Taken" in page
    assert "Secret" not in page
    assert "Bram" not in page
    assert "Week 11: Monday 9 March to Sunday 15 March 2026" in page
    assert "localhost/venues/de-meevaart · 020-555 0100" in page


def test_a_night_stands_on_the_day_on_which_it_begins(browser, house):
    for hours in house.opening_hours:
        hours.closes_minute = 26 * 60
    a_confirmed_booking(a_room(house), friday(22, 25))

    assert browser.get(SHEET).text.count("<b>22:00–01:00</b>") == 1


def test_every_room_has_a_row_and_closures_are_told(browser, house):
    rooms = [a_room(house, name=f"Room with a long name, number {number}") for number in range(12)]
    a_closure(house, friday(0, 24), reason="Painting")

    page = browser.get(SHEET).text

    assert page.count('<th scope="row">') == len(rooms)
    assert "Closed: Painting" in page


def test_a_house_without_rooms_has_a_sheet_too(browser, house):
    assert "This house has no rooms to book yet." in browser.get(SHEET).text


@pytest.mark.parametrize("week", ["2026-W54", "next", "2026-W00"])
def test_a_week_that_does_not_exist_is_not_found(browser, house, week):
    assert browser.get(f"/venues/de-meevaart/week/{week}/sheet").status_code == 404


def test_the_week_leads_to_its_sheet(browser, house):
    a_room(house)

    page = browser.get("/venues/de-meevaart/week/2026-W11")

    assert link_called(page, "one sheet for the wall") == SHEET


def test_the_number_of_statements_does_not_grow_with_the_rooms(browser, house, counted):
    other_week = SHEET.replace("W11", "W12")
    a_room(house)
    browser.get(other_week)
    with counted() as few:
        browser.get(SHEET)
    for _ in range(5):
        a_confirmed_booking(a_room(house), friday(9, 10), is_public=True)
    browser.get(other_week)
    with counted() as many:
        browser.get(SHEET)

    assert len(many) <= len(few) + 1
    assert len(few) <= 5


def test_no_letter_size_is_without_a_style(browser, house):
    a_room(house)
    page = browser.get(SHEET).text
    style = browser.get(re.search(r'href="(/assets/wall[^"]+)"', page)[1]).text

    for points in (*wall.POINTS, *wall.SMALL_POINTS):
        assert f".size-{points} " in style
