"""The pages of paying: the last look with its ways, the page of a kept place, my page, the desk."""

import pytest
from sqlalchemy import select

from buurthuis.accounts.models import RoleName
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.standing import Kind
from buurthuis.rules.states import Status
from buurthuis.venues.models import Approval
from tests.bookings.paying.offering import after_the_hold, kept, kept_together, offers
from tests.bookings.paying.test_holds import confirm_paid, let_go
from tests.bookings.test_booking_form import WISH
from tests.builders import (
    a_person,
    a_recognition,
    a_role,
    a_room,
    an_initiative,
    friday,
)
from tests.pages.reading import field_value, filled_in

REVIEW = "/rooms/garden-room/book/review"


@pytest.fixture
def browser(sign_in, bram, repair_cafe):
    return sign_in(bram)


def look(browser, **changes):
    """Fill in the form and come to the last look."""
    browser.post("/rooms/garden-room/book", data={**WISH, **changes})
    return browser.get(REVIEW)


def the_booking():
    return db.session.scalars(select(Booking)).one()


def choices(page):
    return [way for way in ("online", "invoice", "desk") if f'value="{way}"' in page.text]


def test_the_last_look_offers_the_ways_of_the_house(online, browser, room):
    page = look(browser)

    assert choices(page) == ["online", "invoice", "desk"]
    assert field_value(page, "pays_by") == "online"
    for words in ("How do you want to pay?", "Now, online", "Later, on an invoice", "At the desk"):
        assert words in page.text
    assert "Then your place is certain." in page.text


def test_who_pays_online_goes_on_to_pay(online, browser, room):
    answer = browser.post(REVIEW, data={**filled_in(look(browser)), "pays_by": "online"})

    booking = the_booking()
    assert (answer.status_code, answer.location) == (303, f"/bookings/{booking.id}/pay")
    assert booking.is_pay_hold


def test_who_pays_later_is_done(online, browser, room):
    answer = browser.post(REVIEW, data={**filled_in(look(browser)), "pays_by": "invoice"})

    booking = the_booking()
    assert answer.location == f"/me/bookings/{booking.id}?sent=yes"
    assert (booking.status, booking.pays_by) == (Status.CONFIRMED, Way.INVOICE)
    page = browser.get(answer.location).text
    assert "You get an invoice. You pay it later, through your bank." in page


def test_without_an_account_nobody_reads_of_online(browser, room):
    page = look(browser)

    assert choices(page) == ["invoice", "desk"]
    assert "nline" not in page.text


def test_one_way_is_told_and_not_asked(online, browser, room, repair_cafe):
    offers(room.venue, Way.ONLINE, to="commercial")
    repair_cafe.kind = Kind.COMMERCIAL
    db.session.commit()
    a_recognition(repair_cafe, Kind.COMMERCIAL, venue=room.venue)
    offers(room.venue, Way.ONLINE, to="private")

    page = look(browser)
    answer = browser.post(REVIEW, data={**filled_in(page), "pays_by": "desk"})

    assert answer.status_code == 422
    assert "Choose: Now, online." in answer.text
    browser.post(REVIEW, data={**filled_in(page), "pays_by": "online"})
    assert the_booking().is_pay_hold


def test_only_one_way_for_everybody_is_a_sentence(browser, venue, sign_in, app):
    other = a_room(slug="study", approval=Approval.ALWAYS)
    offers(other.venue, Way.DESK)
    browser.post("/rooms/study/book", data=WISH)

    page = browser.get("/rooms/study/book/review")

    assert "You pay in the house, with cash or a card." in page.text
    assert "How do you want to pay?" not in page.text
    browser.post("/rooms/study/book/review", data=filled_in(page))
    assert the_booking().pays_by == Way.DESK


def test_what_costs_nothing_says_nothing_about_paying(online, browser, venue):
    a_room(venue, slug="garden", hourly_cents=0, approval=Approval.ALWAYS)
    browser.post("/rooms/garden/book", data=WISH)

    page = browser.get("/rooms/garden/book/review")

    assert choices(page) == []
    assert "want to pay" not in page.text
    browser.post("/rooms/garden/book/review", data=filled_in(page))
    assert the_booking().pays_by == Way.NONE


def test_where_the_house_answers_first_one_pays_after_that(online, browser, room):
    room.approval = Approval.ASK
    db.session.commit()

    page = look(browser)
    assert "once the house says yes" in page.text
    answer = browser.post(REVIEW, data={**filled_in(page), "pays_by": "online"})

    booking = the_booking()
    assert answer.location == f"/me/bookings/{booking.id}?sent=yes"
    assert booking.status == Status.REQUESTED


def test_a_way_that_does_not_exist_is_refused_in_place(online, browser, room):
    answer = browser.post(REVIEW, data={**filled_in(look(browser)), "pays_by": "shells"})

    assert answer.status_code == 422
    assert db.session.scalar(select(Booking.id)) is None


def test_the_page_of_a_kept_place_says_until_when_and_how(online, browser, room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)

    page = browser.get(f"/me/bookings/{booking.id}").text

    assert "This place is yours until 09:40. Pay to make it certain." in page
    assert f'href="/bookings/{booking.id}/pay"' in page
    assert "Say yes or no" not in page
    assert "Change this booking" not in page
    assert "Cancel this booking" in page
    mine = browser.get("/me").text
    assert "This place is yours until 09:40." in mine
    assert "Say yes or no" not in mine


def test_another_way_is_a_tap_away(online, browser, room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)
    page = browser.get(f"/me/bookings/{booking.id}").text
    assert page.count(f'action="/me/bookings/{booking.id}/way"') == 2

    answer = browser.post(f"/me/bookings/{booking.id}/way", data={"way": "desk"})

    assert answer.location == f"/me/bookings/{booking.id}"
    assert (booking.status, booking.pays_by) == (Status.CONFIRMED, Way.DESK)
    assert "Your place is certain." in browser.get(answer.location).text


@pytest.mark.parametrize("way", ["online", "none", "shells", ""])
def test_only_a_way_that_the_house_offers(online, browser, room, repair_cafe, way):
    booking = kept(room, friday(19, 21), repair_cafe)

    answer = browser.post(f"/me/bookings/{booking.id}/way", data={"way": way})

    assert "Choose: Later, on an invoice, At the desk." in browser.get(answer.location).text
    assert booking.is_pay_hold


def test_what_was_not_paid_says_so_and_can_be_booked_again(online, browser, room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)
    let_go(booking.id)

    page = browser.get(f"/me/bookings/{booking.id}").text

    assert "This place was not paid for in time. Others can have it now." in page
    assert "Book again" in page
    assert "/pay" not in page


def test_of_several_rooms_only_all_can_be_cancelled(online, browser, room, repair_cafe):
    kitchen = a_room(room.venue, slug="kitchen", approval=Approval.ALWAYS)
    both = kept_together([room, kitchen], friday(19, 21), repair_cafe)
    address = f"/me/bookings/{both[0].id}/cancel"

    page = browser.get(address).text
    assert "Cancel all rooms" in page
    assert "Cancel only this room" not in page

    answer = browser.post(address)
    assert both[0].is_pay_hold
    assert "Pay first, or cancel all rooms." in browser.get(answer.location).text


def test_a_change_of_a_kept_place_is_refused_with_a_sentence(online, browser, room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)

    answer = browser.get(f"/me/bookings/{booking.id}/change")

    assert answer.status_code == 303


def test_the_desk_sees_that_it_is_being_paid(online, sign_in, room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)
    amina = a_person("Amina")
    a_role(amina, RoleName.MANAGER, room.venue)
    desk = sign_in(amina)
    address = f"/houses/de-meevaart/bookings/{booking.id}"

    page = desk.get(address).text
    assert "The group pays online. The place is kept until 09:40." in page
    assert "booked a room, to be paid online" in page

    confirm_paid(booking.id)
    page = desk.get(address).text
    assert "How the group pays: Online" in page
    assert "paid online, so it is certain" in page


def test_after_the_hour_the_page_still_says_how_it_stands(online, browser, room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)

    with after_the_hold():
        assert browser.get(f"/me/bookings/{booking.id}").status_code == 200


def test_outsiders_find_no_place_to_pay_for(online, sign_in, room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)
    dirk = a_person("Dirk")
    an_initiative(dirk, name="Firm")

    assert (
        sign_in(dirk).post(f"/me/bookings/{booking.id}/way", data={"way": "desk"}).status_code
        == 404
    )
    assert booking.is_pay_hold
