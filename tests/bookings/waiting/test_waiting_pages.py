"""The pages of the waiting list: from "taken" to a yes, without losing what was typed."""

import pytest
import time_machine

from buurthuis.bookings import actions
from buurthuis.bookings.waiting import queries
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.states import Status
from buurthuis.rules.waiting import Turn
from buurthuis.venues.models import Approval
from tests.bookings.waiting.test_waiting import EVENING, Group
from tests.builders import a_manager, a_person, a_room, friday

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

TIME = {"from": rfc3339(EVENING.start), "to": rfc3339(EVENING.end)}


@pytest.fixture
def hall(app):
    return a_room(slug="hall", name="Hall", approval=Approval.ALWAYS)


@pytest.fixture
def taken(hall):
    return Group("Dirk").books(hall)


@pytest.fixture
def bram(app):
    return Group("Bram")


@pytest.fixture
def browser(bram, sign_in):
    return sign_in(bram.person)


def answer(group, **facts):
    typed = {"where": "room", "people": "10", "title": "Singing", "purpose": "culture"}
    return {**typed, "for": str(group.initiative.id), **facts}


def once_more(number, period):
    """The form for another booking like one that was."""
    return "/rooms/hall/book", {
        "again": number,
        "from": rfc3339(period.start),
        "to": rfc3339(period.end),
    }


def test_from_a_taken_room_to_a_yes(hall, taken, bram, browser):
    found = browser.get("/rooms/hall/book", query_string={**TIME, "people": 10})
    assert "Put me on the waiting list" in found.text
    form = browser.get("/rooms/hall/wait", query_string={**TIME, "people": 12})
    assert 'value="12"' in form.text

    sent = browser.post(
        "/rooms/hall/wait", query_string=TIME, data=answer(bram), follow_redirects=True
    )
    assert "You are on the list" in sent.text
    assert "You are the first in line." in sent.text
    assert "You are the first in line." in browser.get("/me").text

    actions.cancel(taken.id, by=taken.booked_by)
    offer = bram.offer()
    assert "This place is kept for you." in browser.get("/me").text
    page = browser.get(f"/me/bookings/{offer.id}/offer")
    assert "We keep it for you until Tuesday 3 March, 09:00." in page.text
    assert "€20.00" in page.text

    said = browser.post(f"/me/bookings/{offer.id}/accept", follow_redirects=True)
    assert "You booked the room" in said.text
    assert bram.offers() == []


def test_a_no_goes_to_my_page_and_leaving_too(hall, taken, bram, browser):
    wish = bram.waits_for(hall)
    left = browser.post(f"/me/waiting/{wish.id}/leave", follow_redirects=True)
    assert "You are off the list." in left.text
    assert "You left this list." in browser.get(f"/me/waiting/{wish.id}").text
    bram.waits_for(hall)
    actions.cancel(taken.id, by=taken.booked_by)

    said = browser.post(f"/me/bookings/{bram.offer().id}/pass", follow_redirects=True)

    assert "The next one on the list gets the place." in said.text
    assert bram.offers() == []


def test_a_late_yes_is_explained_and_one_can_wait_again(hall, taken, bram, browser):
    bram.waits_for(hall)
    actions.cancel(taken.id, by=taken.booked_by)
    offer = bram.offer()
    with time_machine.travel(offer.expires_at, tick=False):
        actions.expire_holds()
        Group("Chandra").books(hall)
        assert "You missed an offer." in browser.get("/me").text

        late = browser.post(f"/me/bookings/{offer.id}/accept", follow_redirects=True)
        assert "You were too late." in late.text
        assert "Wait again" in late.text

        again = browser.post(f"/me/bookings/{offer.id}/again", follow_redirects=True)
        assert "You are on the list" in again.text
        turns = [each.turn for each in queries.of_person(bram.person, clock.now())]
        assert turns == [Turn.MISSED, Turn.WAITING]


def test_what_is_free_again_leads_to_the_form(hall, taken, bram, browser):
    bram.waits_for(hall)
    actions.cancel(taken.id, by=taken.booked_by)
    offer = bram.offer()
    with time_machine.travel(offer.expires_at, tick=False):
        actions.expire_holds()
        again = browser.post(f"/me/bookings/{offer.id}/again")
        assert again.location.startswith("/rooms/hall/book?people=10")
        assert browser.get("/rooms/hall/wait", query_string=TIME).location.startswith(
            "/rooms/hall/book"
        )


def test_what_is_wrong_is_told_and_what_was_typed_stays(hall, taken, bram, browser):
    wrong = browser.post("/rooms/hall/wait", query_string=TIME, data=answer(bram, people="many"))
    assert wrong.status_code == 422
    assert "Singing" in wrong.text
    early = {"from": rfc3339(friday(3, 5).start), "to": rfc3339(friday(3, 5).end)}
    refused = browser.post("/rooms/hall/wait", query_string=early, data=answer(bram))
    assert refused.status_code == 422
    assert "Look at the opening hours." in refused.text
    assert browser.post("/rooms/hall/wait", data=answer(bram)).location == "/rooms/hall/book"
    nul = browser.post("/rooms/hall/wait", query_string={"from": "\0", "to": "x" * 9999})
    assert nul.status_code == 404
    long = browser.post("/rooms/hall/wait", query_string={"from": "1e999", "to": "x" * 9999})
    assert long.location == "/rooms/hall/book"
    assert browser.get("/rooms/hall/wait?from=yes").location == "/rooms/hall/book"


def test_outsiders_find_neither_the_wish_nor_the_offer(hall, taken, bram, sign_in):
    wish = bram.waits_for(hall)
    actions.cancel(taken.id, by=taken.booked_by)
    dirk, manager = sign_in(a_person("Dirk")), sign_in(a_manager(hall.venue))
    offer = bram.offer()

    assert dirk.get(f"/me/waiting/{wish.id}").status_code == 404
    assert dirk.post(f"/me/bookings/{offer.id}/accept").status_code == 404
    assert manager.post(f"/me/bookings/{offer.id}/accept").status_code == 403
    assert bram.offer().status == Status.HELD


def test_a_booking_that_was_never_offered_has_no_offer(hall, bram, browser):
    booking = bram.books(hall)

    its_page = f"/me/bookings/{booking.id}"
    assert browser.get(f"{its_page}/offer").location == its_page
    assert browser.post(f"{its_page}/again").location == its_page
    told = browser.post(f"/me/bookings/{booking.id}/accept", follow_redirects=True)
    assert "This has changed meanwhile." in told.text
    db.session.refresh(booking)
    assert booking.status == Status.CONFIRMED


def test_the_house_sees_who_waits_and_what_is_offered(hall, taken, bram, sign_in):
    desk = sign_in(a_manager(hall.venue))
    url = f"/houses/{hall.venue.slug}"
    assert "Nobody waits" in desk.get(f"{url}/waiting").text
    bram.waits_for(hall)

    assert "1 group waits for a place that is taken" in desk.get(f"{url}/").text
    assert "Number 1 in line" in desk.get(f"{url}/waiting").text
    actions.cancel(taken.id, by=taken.booked_by)
    assert "Kept until Tuesday 3 March, 09:00" in desk.get(f"{url}/waiting").text


def test_what_was_cancelled_can_be_booked_again_with_the_same_wish(hall, bram, browser):
    booking = bram.books(hall)
    actions.cancel(booking.id, by=bram.person)

    page = browser.get(f"/me/bookings/{booking.id}")
    assert f"/rooms/hall/book?again={booking.id}&amp;from=2026-03-13T19:00" in page.text
    form, query = once_more(booking.id, EVENING)
    filled_in = browser.get(form, query_string=query)
    assert "Repair evening" in filled_in.text
    assert 'value="10"' in filled_in.text


def test_nobody_fills_a_form_with_the_booking_of_others(hall, taken, browser):
    form, query = once_more(taken.id, friday(12, 13))
    nothing = {**query, "again": 10**12}

    assert "Repair evening" not in browser.get(form, query_string=query).text
    assert browser.get(form, query_string=nothing).status_code == 200
