"""The pages on which somebody changes a booking: what it means is shown before anything is sent."""

import pytest

from buurthuis.bookings import actions, changes, queries
from buurthuis.bookings.changes.queries import change, open_change_of
from buurthuis.rules.changes import ChangeStatus
from buurthuis.venues.models import Approval
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_room,
    a_venue,
    an_initiative,
    friday,
)
from tests.pages.reading import filled_in

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def room(app):
    return a_room(a_venue("de-meevaart", name="De Meevaart"), name="Zaal", slug="zaal")


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def amina(room):
    return a_manager(room.venue, "Amina")


@pytest.fixture
def booking(room, bram, amina):
    asked = a_booking(room, friday(10, 12), by=bram, for_=an_initiative(bram))
    return actions.approve(asked.id, by=amina)


def change_page(browser, booking, **typed):
    """Open the form, change some of it, and look what it means."""
    address = f"/me/bookings/{booking.id}/change"
    return browser.post(address, data=filled_in(browser.get(address), **typed))


def send(browser, booking, review):
    address = f"/me/bookings/{booking.id}/change/send"
    return browser.post(address, data=filled_in(review), follow_redirects=True)


def test_the_form_tells_how_the_booking_is(booking, bram, sign_in):
    page = sign_in(bram).get(f"/me/bookings/{booking.id}/change").text

    assert 'value="Repair evening"' in page
    assert '<option value="10:00" selected>' in page
    assert '<option value="zaal" selected>' in page


def test_longer_shows_the_price_and_asks_the_house(booking, bram, sign_in):
    browser = sign_in(bram)

    review = change_page(browser, booking, to="14:00")

    assert "The house says yes or no. Until then your booking stays as it is." in review.text
    assert "€40.00" in review.text
    assert "That is €20.00 more." in review.text
    assert "10:00 to 14:00" in review.text
    assert open_change_of(booking) is None
    shown = send(browser, booking, review)
    assert "You asked for a change" in shown.text
    assert open_change_of(queries.booking(booking.id)).period == friday(10, 14)


def test_shorter_happens_at_once(booking, bram, sign_in):
    browser = sign_in(bram)

    review = change_page(browser, booking, to="11:00", title="Lamps")

    assert "This changes at once." in review.text
    assert "That is €10.00 less." in review.text
    shown = send(browser, booking, review)
    assert "Your booking is changed." in shown.text
    assert queries.booking(booking.id).period == friday(10, 11)


def test_another_house_is_named_with_its_own_price(booking, bram, sign_in):
    a_room(a_venue("blauwe-huis", name="Blauwe Huis"), slug="zolder", hourly_cents=2500)
    browser = sign_in(bram)

    review = change_page(browser, booking, room="zolder")

    assert "Blauwe Huis is another house." in review.text
    assert "€50.00" in review.text


def test_what_is_taken_is_told_with_other_times(booking, bram, room, sign_in):
    a_confirmed_booking(room, friday(13, 15))

    page = change_page(sign_in(bram), booking, to="14:00")

    assert page.status_code == 422
    assert "Zaal is taken at that time." in page.text
    assert f"/me/bookings/{booking.id}/change?room=zaal" in page.text


def test_changing_nothing_sends_nothing(booking, bram, sign_in):
    browser = sign_in(bram)

    answer = change_page(browser, booking)

    assert answer.status_code == 303
    assert "You changed nothing." in browser.get(answer.location).text


def test_a_change_is_taken_back(booking, bram, sign_in):
    browser = sign_in(bram)
    asked = changes.send(booking.id, changes.Wanted(booking.room, friday(14, 16)), by=bram).change

    page = browser.post(f"/me/bookings/{booking.id}/change/withdraw", follow_redirects=True)

    assert "Your booking stays as it is." in page.text
    assert change(asked.id).status == ChangeStatus.WITHDRAWN


def test_a_price_that_changed_meanwhile_is_shown_again(booking, bram, room, sign_in):
    room.approval = Approval.ALWAYS
    browser = sign_in(bram)
    review = change_page(browser, booking, to="14:00")
    typed = filled_in(review) | {"total": "1"}

    again = browser.post(f"/me/bookings/{booking.id}/change/send", data=typed)

    assert again.status_code == 409
    assert "The price is now €40.00." in again.text


@pytest.mark.parametrize("typed", [{"room": "\0"}, {"total": "9" * 50}, {"to": "1e999"}, {}])
def test_what_our_page_never_sends_gets_a_sentence(booking, bram, sign_in, typed):
    browser = sign_in(bram)

    for page in ("change", "change/send"):
        answer = browser.post(f"/me/bookings/{booking.id}/{page}", data=typed)
        assert answer.status_code == 422


def test_a_manager_changes_it_at_once_and_comes_back_to_the_desk(booking, amina, sign_in):
    browser = sign_in(amina)

    review = change_page(browser, booking, to="14:00")

    assert "This changes at once." in review.text
    assert "/houses/de-meevaart/bookings/" in send(browser, booking, review).request.path
