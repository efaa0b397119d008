"""The form asks what the room gives cause to ask: time around it, extras, more rooms at once."""

from html import unescape

import pytest
from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.extras.queries import extras_with
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation.db import db
from buurthuis.venues.models import Approval
from tests.bookings.test_booking_form import WISH
from tests.builders import (
    a_booking,
    a_manager,
    a_person,
    a_room,
    a_venue,
    an_extra,
    an_initiative,
    friday,
)
from tests.pages.reading import error_beside, filled_in

FORM, REVIEW = "/rooms/hall/book", "/rooms/hall/book/review"


@pytest.fixture
def venue(app):
    return a_venue()


@pytest.fixture
def hall(venue):
    return a_room(venue, slug="hall", name="Hall", approval=Approval.ALWAYS, own_buffer_minutes=60)


@pytest.fixture
def bram(app):
    bram = a_person("Bram")
    an_initiative(bram)
    return bram


@pytest.fixture
def browser(bram, sign_in):
    return sign_in(bram)


def booked(browser, **typed):
    """Fill in the form, look, and send; gives the bookings that were made."""
    assert browser.post(FORM, data={**WISH, **typed}).status_code == 303
    page = browser.get(REVIEW)
    assert browser.post(REVIEW, data=filled_in(page)).status_code == 303
    return page, db.session.scalars(select(Booking).order_by(Booking.id)).all()


def test_a_plain_room_asks_nothing_more(venue, client):
    a_room(venue, slug="hall")

    page = client.get(FORM).text

    assert "prepare" not in page
    assert "anything else" not in page
    assert "more rooms" not in page


def test_time_to_prepare_is_kept_free_and_costs_nothing(hall, browser):
    page, [booking] = booked(browser, prepare="30", **{"clear-up": "15"})

    assert "from 18:30" in page.text
    assert "until 21:15" in page.text
    assert (booking.own_setup_minutes, booking.own_teardown_minutes) == (30, 15)
    assert booking.starts_setting_up_at == friday(18.5, 19).start
    assert booking.total_cents == 2000


def test_time_to_prepare_has_a_most(hall, client):
    answer = client.post(FORM, data={**WISH, "prepare": "61"})

    assert "at most" in error_beside(answer, "prepare")


@pytest.mark.parametrize("typed", ["half an hour", "-5", "1e999", "9" * 400, "\0"])
def test_what_is_no_number_of_minutes_is_explained(hall, client, typed):
    answer = client.post(FORM, data={**WISH, "prepare": typed})

    assert answer.status_code == 422
    assert "such as 30" in error_beside(answer, "prepare")


def test_extras_go_with_the_booking(hall, browser):
    beamer = an_extra(hall.venue, "Beamer", slug="beamer", stock=2)
    an_extra(hall.venue, "Coffee", slug="coffee", stock=None, unit="jugs")

    page, [booking] = booked(browser, **{"extra-beamer": "1", "extra-coffee": "3"})

    assert "1 × Beamer, 3 jugs Coffee" in page.text
    found = extras_with([booking.id])[booking.id]
    assert [(each.extra.name, each.quantity) for each in found] == [("Beamer", 1), ("Coffee", 3)]
    assert found[0].extra == beamer


def test_an_extra_that_is_away_is_told_beside_its_field(hall, client):
    other = a_room(hall.venue, approval=Approval.ALWAYS)
    beamer = an_extra(hall.venue, "Beamer", slug="beamer")
    a_booking(other, friday(18, 20), extras=(Wanted(beamer.id, 1),))

    answer = client.post(FORM, data={**WISH, "extra-beamer": "1"})

    assert answer.status_code == 422
    assert "none left" in error_beside(answer, "extra-beamer")
    assert 'value="Repair café"' in answer.text


def test_rooms_are_booked_together(hall, browser):
    a_room(hall.venue, slug="kitchen", name="Kitchen", capacity=8, approval=Approval.ALWAYS)

    page, bookings = booked(browser, **{"also-kitchen": "y"})

    assert "Hall, Kitchen" in page.text
    assert "40.00" in page.text
    assert [each.room.name for each in bookings] == ["Hall", "Kitchen"]
    assert len({each.bundle_id for each in bookings}) == 1


def test_a_room_that_is_taken_is_named(hall, client):
    kitchen = a_room(hall.venue, slug="kitchen", name="Kitchen", approval=Approval.ALWAYS)
    a_booking(kitchen, friday(18, 20))

    answer = client.post(FORM, data={**WISH, "also-kitchen": "y"})

    assert answer.status_code == 422
    assert "Kitchen is taken at that time." in unescape(answer.text)


def test_the_form_of_a_garden_offers_its_hall(hall, browser):
    a_room(hall.venue, slug="garden", name="Garden", only_with=[hall], approval=Approval.ALWAYS)
    a_room(hall.venue, slug="attic", name="Attic")
    address = "/rooms/garden/book"
    page = browser.get(address).text
    assert "This room goes only together with Hall." in page
    assert page.index("also-hall") < page.index("also-attic")

    alone = browser.post(address, data=WISH)
    assert alone.status_code == 422
    assert "goes only together with Hall" in error_beside(alone, "also-hall")
    assert browser.post(address, data={**WISH, "also-hall": "y"}).status_code == 303


def test_a_hall_does_not_offer_its_own_parts(venue, client):
    part = a_room(venue, slug="part")
    a_room(venue, slug="hall", parts=[part])

    assert "also-part" not in client.get(FORM).text


def test_more_or_less_goes_with_a_booking_that_was_made(hall, bram, browser):
    beamer = an_extra(hall.venue, "Beamer", slug="beamer", stock=2)
    chairs = an_extra(hall.venue, "Chairs", slug="chairs", stock=10, notice_hours=1000)
    group = bram.memberships[0].initiative
    booking = a_booking(hall, friday(10, 12), by=bram, for_=group, extras=(Wanted(beamer.id, 1),))
    address = f"/me/bookings/{booking.id}/extras"
    assert filled_in(browser.get(address))["extra-beamer"] == "1"

    late = browser.post(address, data={"extra-beamer": "1", "extra-chairs": "4"})
    assert "ask at least 1000 hours ahead" in error_beside(late, f"extra-{chairs.slug}")
    many = browser.post(address, data={"extra-beamer": "3"})
    assert "only 2 left" in error_beside(many, "extra-beamer")
    page = browser.post(address, data={"extra-beamer": "2"}, follow_redirects=True)

    assert "The house knows what you need now." in page.text
    assert "2 × Beamer" in page.text
    assert "0 left" not in browser.post(address, data={}, follow_redirects=True).text
    assert extras_with([booking.id]) == {}


def test_all_rooms_are_cancelled_with_one_press(hall, browser):
    a_room(hall.venue, slug="kitchen", name="Kitchen", approval=Approval.ALWAYS)
    _, [first, second] = booked(browser, **{"also-kitchen": "y"})
    page = browser.get(f"/me/bookings/{first.id}/cancel").text
    assert "Do you cancel all of them?" in unescape(page)
    assert "Kitchen" in browser.get(f"/me/bookings/{first.id}").text

    browser.post(f"/me/bookings/{first.id}/cancel-all")

    assert (first.is_live, second.is_live) == (False, False)


def test_the_day_list_says_what_goes_where(hall, browser, sign_in):
    beamer = an_extra(hall.venue, "Beamer", slug="beamer")
    a_booking(hall, friday(10, 12), extras=(Wanted(beamer.id, 1),))
    amina = sign_in(a_manager(hall.venue, "Amina"))

    page = amina.get(f"/houses/{hall.venue.slug}/bookings?day=2026-03-13").text

    assert "1 × Beamer to Hall" in page


def test_a_manager_says_yes_to_all_rooms_with_one_press(hall, bram, browser, sign_in):
    a_room(hall.venue, slug="kitchen", name="Kitchen")
    _, [first, second] = booked(browser, **{"also-kitchen": "y"})
    amina = sign_in(a_manager(hall.venue, "Amina"))
    desk = f"/houses/{hall.venue.slug}"
    assert "these rooms together" in amina.get(f"{desk}/requests").text
    assert "Say yes to all 2 rooms" in amina.get(f"{desk}/bookings/{first.id}").text

    page = amina.post(f"{desk}/bookings/{first.id}/approve-all", follow_redirects=True)

    assert "You said yes to all rooms." in page.text
    assert (first.status, second.status) == ("confirmed", "confirmed")
