"""The pages of activities: from the agenda to a seat and back, for people without an account."""

import re
from io import BytesIO

import pytest
import time_machine

from buurthuis.activities import queries
from buurthuis.activities.codes import link_of
from buurthuis.bookings import actions as bookings
from buurthuis.bookings.changes import edit as bookings_edit
from buurthuis.bookings.changes import move as bookings_move
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.venues.models import Approval
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_fresh_picture,
    a_manager,
    a_person,
    a_role,
    a_room,
    a_seat,
    an_activity,
    friday,
)

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def booking(app):
    return a_confirmed_booking(a_room(approval=Approval.ALWAYS), friday(19, 21), title="Members")


@pytest.fixture
def soup(booking):
    return an_activity(booking, title="Soup", seats=2)


def page_of(activity):
    return f"/activities/{activity.id}"


def sent(client, activity, **typed):
    form = client.get(page_of(activity)).text
    mark = re.search(r'name="submission"[^>]*value="([^"]+)"', form)[1]
    facts = {"name": "Truus", "people": "1", "email": "", "submission": mark, **typed}
    return client.post(page_of(activity), data=facts)


def test_the_organiser_tells_and_the_agenda_leads_there(booking, sign_in, client):
    browser = sign_in(booking.booked_by)
    assert "Show it in the agenda" in browser.get(f"/me/bookings/{booking.id}").text
    told = {"title": "Soup for all", "text": "Bring a spoon.", "for_whom": "older", "seats": "20"}

    browser.post(f"/me/bookings/{booking.id}/activity", data=told)

    activity = queries.of_booking(booking)
    agenda = client.get("/agenda").text
    assert "Soup for all" in agenda
    assert "Members" not in agenda
    venue = booking.venue
    for address in (f"/venues/{venue.slug}", f"/venues/{venue.slug}/week/2026-W11"):
        assert "Soup for all" in client.get(address).text
        assert "Members" not in client.get(address).text
    assert f'href="{page_of(activity)}"' in agenda
    page = client.get(page_of(activity)).text
    for words in ("Bring a spoon.", "People over 55", "20 seats are free.", "Put it in your"):
        assert words in page
    assert booking.initiative.name not in page


def test_a_visitor_without_e_mail_gets_a_page_of_their_own(soup, client):
    answer = sent(client, soup)

    assert answer.status_code == 303
    own = client.get(answer.location).text
    assert "You have a seat" in own
    assert "Write this link down" in own
    assert "Truus" not in client.get(page_of(soup)).text
    back = client.post(answer.location, follow_redirects=True).text
    assert "You gave your seat back" in back
    assert "2 seats are free." in client.get(page_of(soup)).text
    assert "You gave your seat back" in client.post(answer.location, follow_redirects=True).text


def test_when_it_is_full_one_waits(soup, client):
    a_seat(soup, 2)

    assert "Everything is full" in client.get(page_of(soup)).text
    assert "Full: you can wait" in client.get("/agenda").text
    own = client.get(sent(client, soup).location).text
    assert "You are on the waiting list" in own


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Write your name"),
        ({"people": "5"}, "4 seats at most"),
        ({"people": "1e999"}, "Write a number"),
        ({"email": "nobody"}, "e-mail address"),
        ({"name": "x" * 500}, "too long"),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_stays(soup, client, typed, words):
    answer = sent(client, soup, **{"email": "truus@example.org", **typed})

    assert answer.status_code == 422
    assert words in answer.text
    assert db.session.get(type(soup), soup.id).taken == 0


def test_a_wrong_code_opens_nothing_and_a_typed_one_does(soup, client):
    path = link_of(a_seat(soup)).removeprefix("http://localhost")
    path = "/seats/" + path.split("/seats/")[1]

    assert client.get(path).status_code == 200
    assert client.get(path.lower()).status_code == 200
    assert client.get(path[:-4]).status_code == 404
    assert client.get(path[:-12] + "0" * 12).status_code == 404
    assert client.post(path[:-12] + "0" * 12).status_code == 404


def test_without_seats_one_just_comes(booking, client):
    activity = an_activity(booking)

    assert "You can just come" in client.get(page_of(activity)).text
    assert sent_anyway(client, activity).status_code == 409


def sent_anyway(client, activity):
    return client.post(page_of(activity), data={"name": "Truus", "people": "1"})


def test_a_cancelled_activity_says_so(soup, client):
    own = "/seats/" + link_of(a_seat(soup)).split("/seats/")[1]
    bookings.cancel(soup.booking_id, by=soup.booking.booked_by)

    assert "This does not go on" in client.get(page_of(soup)).text
    assert "This does not go on" in client.get(own).text
    assert sent_anyway(client, soup).status_code == 409
    assert "Soup" not in client.get("/agenda").text


def test_a_request_is_not_shown_before_the_yes(app, client, sign_in):
    asked = a_booking(a_room(), friday(10, 12))
    activity = an_activity(asked)

    assert client.get(page_of(activity)).status_code == 404
    page = sign_in(asked.booked_by).get(f"/me/bookings/{asked.id}/activity").text
    assert page_of(activity) not in page


def test_the_house_takes_it_out_with_a_reason(soup, sign_in, client):
    out = f"/me/bookings/{soup.booking_id}/activity/out"
    manager = sign_in(a_manager(soup.booking.venue))

    refused = manager.post(out, data={"reason": ""})
    assert refused.status_code == 422
    assert "Write why" in refused.text
    manager.post(out, data={"reason": "Only for members."})

    assert client.get(page_of(soup)).status_code == 404
    assert "Soup" not in client.get("/agenda").text
    letter = db.session.query(OutboxLetter).filter_by(template="activity_taken_out").one()
    assert letter.facts["reason"] == "Only for members."
    browser = sign_in(soup.booking.booked_by)
    again = browser.post(f"/me/bookings/{soup.booking_id}/activity", data=STORY)
    assert again.status_code == 422
    assert "Write a few words to the house." in again.text
    asked = {**STORY, "title": "Soup for all", "word": "It is for everybody now."}
    done = browser.post(f"/me/bookings/{soup.booking_id}/activity", data=asked)
    assert done.status_code == 303
    assert client.get(page_of(soup)).status_code == 404
    assert "It is for everybody now." in browser.get(f"/me/bookings/{soup.booking_id}").text
    manager.post(f"/me/bookings/{soup.booking_id}/activity", data=asked)
    assert "Soup for all" in client.get(page_of(soup)).text


STORY = {"title": "Soup", "for_whom": "everybody", "seats": "2"}


def test_fewer_seats_than_are_taken_is_refused(soup, sign_in):
    a_seat(soup, 2)
    path = f"/me/bookings/{soup.booking_id}/activity"

    answer = sign_in(soup.booking.booked_by).post(path, data={**STORY, "seats": "1"})

    assert answer.status_code == 409
    assert "People have reserved 2 seats" in answer.text


def test_the_organiser_sees_who_comes_and_takes_one_off(soup, sign_in):
    first, second = a_seat(soup, 2, name="Truus"), a_seat(soup, name="Ahmed")
    path = f"/me/bookings/{soup.booking_id}/visitors"
    browser = sign_in(soup.booking.booked_by)

    page = browser.get(path).text
    assert page.index("They have a seat") < page.index("Truus")
    assert page.index("They wait") < page.index("Ahmed")
    assert first.email not in page
    after = browser.post(f"/me/seats/{first.id}/remove", follow_redirects=True).text
    assert "Truus" not in after
    assert "They wait" not in after
    assert second.name in after


def test_nobody_else_sees_who_comes(soup, sign_in):
    a_seat(soup, name="Truus")
    path = f"/me/bookings/{soup.booking_id}/visitors"

    assert sign_in(a_person("Dirk")).get(path).status_code == 404


def test_it_goes_into_a_calendar_without_names(soup, client):
    a_seat(soup)
    calendar = client.get(page_of(soup) + ".ics")

    assert calendar.mimetype == "text/calendar"
    assert "SUMMARY:Soup" in calendar.text
    assert "Truus" not in calendar.text
    assert soup.booking.booked_by.name not in calendar.text


def with_picture(content, **typed):
    return {**STORY, "picture": (BytesIO(content), "soup.png"), "picture_alt": "A pan", **typed}


def test_a_picture_stands_in_the_agenda_and_on_the_page_and_goes_away(soup, sign_in, client):
    path, browser = f"/me/bookings/{soup.booking_id}/activity", sign_in(soup.booking.booked_by)
    picture = a_fresh_picture()

    browser.post(path, data=with_picture(picture.large, languages=["nl", "tr"], is_free="y"))

    for address in ("/agenda", page_of(soup)):
        page = client.get(address).text
        assert "/photos/" in page
        assert 'alt="A pan"' in page
        assert "Dutch, Turkish" in page
    small = re.search(r'src="(/photos/[^"]+)"', client.get("/agenda").text)[1]
    assert client.get(small).mimetype == "image/jpeg"

    browser.post(path, data={**STORY, "without_picture": "y"})
    assert "/photos/" not in client.get(page_of(soup)).text
    assert client.get(small).status_code == 404


def test_the_group_sees_its_picture_while_nobody_else_does(soup, sign_in, client):
    path, booker = f"/me/bookings/{soup.booking_id}/activity", soup.booking.booked_by
    browser = sign_in(booker)
    browser.post(path, data=with_picture(a_fresh_picture().large))
    public = re.search(r'src="(/photos/[^"]+)"', client.get("/agenda").text)[1]
    bookings_edit(soup.booking_id, by=booker, is_public=False)

    own = re.search(r'src="(/me/[^"]+)"', browser.get(path).text)[1]
    shown = browser.get(own)

    assert (shown.mimetype, shown.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert client.get(public).status_code == 404
    assert sign_in(a_person("Dirk")).get(own).status_code == 404


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (with_picture(b"MZ no picture"), "We cannot read this as a photo"),
        (with_picture(b"MZ", picture_alt=" "), "Write what is on the picture"),
        ({**STORY, "languages": "klingon"}, "Choose one from the list"),
        ({**STORY, "picture": "just text"}, None),
        ({**STORY, "picture_alt": "\0"}, None),
    ],
)
def test_what_is_no_picture_gets_a_sentence(soup, sign_in, typed, words):
    typed = {
        name: (BytesIO(value[0].getvalue()), value[1]) if isinstance(value, tuple) else value
        for name, value in typed.items()
    }
    answer = sign_in(soup.booking.booked_by).post(
        f"/me/bookings/{soup.booking_id}/activity", data=typed
    )

    assert answer.status_code == (422 if words else 303)
    assert not words or words in answer.text
    assert soup.picture_id is None


def test_whoever_comes_by_sees_that_it_was_moved_or_is_over(soup, client):
    own = "/seats/" + link_of(a_seat(soup)).split("/seats/")[1]
    booking = soup.booking
    bookings_move(booking.id, booking.room, friday(20, 22), by=booking.booked_by)

    for address in (page_of(soup), own):
        page = client.get(address).text
        assert "First it was on Friday 13 March, 19:00." in page
        assert "20:00" in page

    with time_machine.travel(friday(22, 23).start):
        page = client.get(page_of(soup)).text
        assert "This is over." in page
        assert "First it was" not in page
        assert 'name="people"' not in page


def test_who_moves_up_reads_it_on_the_same_page(soup, client):
    holder, waits = a_seat(soup, 2), a_seat(soup)
    own = "/seats/" + link_of(waits).split("/seats/")[1]
    assert "You are on the waiting list" in client.get(own).text

    client.post("/seats/" + link_of(holder).split("/seats/")[1])

    assert "You have a seat" in client.get(own).text


def test_the_host_has_the_names_for_the_door_and_changes_nothing(soup, sign_in):
    seat = a_seat(soup, name="Truus")
    host = a_person("Amina")
    a_role(host, "host", soup.booking.venue)
    browser = sign_in(host)

    page = browser.get(f"/me/bookings/{soup.booking_id}/visitors").text

    assert "Truus" in page
    assert "Take off the list" not in page
    assert seat.email not in page
    assert browser.post(f"/me/seats/{seat.id}/remove").status_code in {403, 404}
    assert browser.get(f"/me/bookings/{soup.booking_id}/activity").status_code in {403, 404}
