"""The story of the treasurer who leaves: she hands over, goes, and nothing is lost."""

import json
import re

import pytest
from icalendar import Calendar

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.rules.standing import Kind
from buurthuis.rules.states import Status
from buurthuis.venues.models import Approval
from tests.accounts.mailbox import letters_to
from tests.builders import (
    a_manager,
    a_person,
    a_recognition,
    a_role,
    a_room,
    a_session,
    a_venue,
    an_initiative,
    friday,
)
from tests.pages.reading import filled_in, in_english, link_called


@pytest.fixture
def hall(app):
    venue = a_venue("meevaart", name="De Meevaart", email="huis@meevaart.example")
    return a_room(venue, slug="grote-zaal", name="Grote zaal", capacity=60, approval=Approval.ASK)


@pytest.fixture
def manager(hall):
    return a_manager(hall.venue, "Nadia")


@pytest.fixture
def chandra(hall):
    person = a_person("Chandra", "chandra@board.example", phone="020-555 0199")
    a_role(person, "treasurer", hall.venue)
    return person


@pytest.fixture
def choir(chandra):
    group = an_initiative(chandra, name="Buurtkoor")
    a_recognition(group, Kind.RESIDENT_INITIATIVE)
    return group


def titles(answer):
    """The titles in a calendar file."""
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")]


def templates(email):
    return [letter.template for letter in letters_to(email)]


def book(browser, choir, period):
    """Ask for the hall on a Friday, by the pages."""
    day = period.start.date().isoformat()
    found = browser.get(f"/?day={day}&from=19:00&to=22:00&people=25&purpose=culture")
    form = browser.get(link_called(found, "Choose this room"))
    answer = browser.post("/rooms/grote-zaal/book", data=filled_in(form, title="Koorzang"))
    review = browser.get(answer.location)
    data = filled_in(review, initiative=str(choir.id))
    assert browser.post("/rooms/grote-zaal/book/review", data=data).status_code == 303


def private_feed(browser, what):
    made = browser.post("/me/feeds", data={"what": what})
    return "/ical/p/" + re.search(r"/ical/p/([\w-]+)\.ics", made.text)[1] + ".ics"


def test_the_treasurer_leaves_and_nothing_is_lost(
    app, client, sign_in, hall, manager, chandra, choir
):
    # Chandra books twice for her choir; the house says yes to the first.
    mine = in_english(sign_in(chandra))
    book(mine, choir, friday(19, 22))
    book(mine, choir, friday(19, 22, weeks=1))
    first, second = db.session.query(Booking).order_by(Booking.id)
    desk = sign_in(manager)
    desk.post(f"/houses/meevaart/bookings/{first.id}/approve")
    assert (first.total_cents, first.standing) == (0, Kind.RESIDENT_INITIATIVE)
    her_feed = private_feed(mine, f"initiative:{choir.id}")
    assert titles(client.get(her_feed)) == ["Koorzang", "Koorzang"]

    # She cannot just go: the choir has bookings, and nobody else speaks for it.
    blocked = mine.post("/me/leave", data={"sure": "yes"})
    assert blocked.status_code == 409
    assert "Only you book for Buurtkoor" in blocked.text

    # She asks Amina, who has no address here yet, and who says yes with the letter.
    guest = {"name": "Amina", "email": "amina@key.example"}
    mine.post(f"/me/initiatives/{choir.id}/people", data=guest)
    link = letters_to("amina@key.example")[0].facts["link"].removeprefix("http://localhost")
    hers = in_english(app.test_client())
    assert "Chandra asks you to book for this group too." in hers.get(link).text
    hers.post(link, data={"name": "Amina"})
    amina = db.session.query(Person).filter_by(name="Amina").one()

    # The manager makes Amina a host, on paper, so that a colleague stands ready.
    paper = desk.post("/houses/meevaart/people", data={"name": "Amina", "role": "host"})
    code = re.search(r'done__reference">([0-9A-Z-]+)<', paper.text)[1]
    way = hers.post("/invitation", data={"code": code})
    hers.post(way.location)

    # Chandra takes all that is stored about her along.
    told = json.loads(mine.get("/me/data.json").text)
    assert told["you"]["phone"] == "020-555 0199"
    kept = told["stored"]
    assert [row["title"] for row in kept["booking.booked_by_id"]["rows"]] == ["Koorzang"] * 2
    assert kept["membership.person_id"]["rows"][0]["initiative"] == "Buurtkoor"
    assert kept["role.person_id"]["rows"][0]["name"] == "treasurer"

    # She hands over the house and the choir to Amina; both get a letter each time.
    assert "treasurer" in mine.get("/houses/meevaart/hand-over").text
    mine.post("/houses/meevaart/hand-over", data={"to": amina.id})
    mine.post(f"/me/initiatives/{choir.id}/hand-over", data={"to": amina.id})
    for person in (chandra, amina):
        assert templates(person.email).count("handed_over") == 2

    # She leaves, and the last letter says goodbye.
    gone = mine.post("/me/leave", data={"sure": "yes"}, follow_redirects=True)
    assert "You have left" in gone.text
    assert templates("chandra@board.example")[-1] == "farewell"

    # She can no longer come in: not with her browser, nor as who she was.
    assert mine.get("/me").location.startswith("/sign-in")
    assert client.get(her_feed).status_code == 404
    db.session.expire_all()
    assert (chandra.email, chandra.phone, chandra.roles) == (None, "", [])
    assert chandra.name == "Iemand die weg is"

    # What was booked stands as it was, and who did what stays told.
    assert [each.status for each in (first, second)] == [Status.CONFIRMED, Status.REQUESTED]
    assert {each.booked_by_id for each in (first, second)} == {chandra.id}
    page = desk.get(f"/houses/meevaart/bookings/{first.id}").text
    assert "Iemand die weg is" in page
    assert "Chandra" not in page
    assert "handed over their work" in desk.get("/houses/meevaart/logbook").text

    # The house answers the second request, and now Amina hears it.
    before = len(letters_to("chandra@board.example"))
    desk.post(f"/houses/meevaart/bookings/{second.id}/approve")
    assert templates("amina@key.example")[-1] == "booking_confirmed"
    assert len(letters_to("chandra@board.example")) == before

    # Amina sees both bookings, has a calendar of them, cancels one, and books at the same price.
    assert "Koorzang" in hers.get("/me").text
    assert titles(client.get(private_feed(hers, f"initiative:{choir.id}"))) == ["Koorzang"] * 2
    hers.post(f"/me/bookings/{second.id}/cancel")
    book(hers, choir, friday(19, 22, weeks=2))
    third = db.session.query(Booking).order_by(Booking.id.desc()).first()
    assert (third.total_cents, third.booked_by_id) == (0, amina.id)
    assert "treasurer" in hers.get("/me/hand-over").text.lower()

    # The address of Chandra is free: whoever comes with it is somebody new.
    a_session(a_person("Chandra", "chandra@board.example"), client)
    assert "Koorzang" not in client.get("/me").text
