"""The pages of activities: from the agenda to a seat and back, for people without an account."""

import re

import pytest

from buurthuis.activities import queries
from buurthuis.activities.codes import link_of
from buurthuis.bookings import actions as bookings
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.venues.models import Approval
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
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
    assert again.status_code == 409
    assert "The house took this out" in again.text


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
