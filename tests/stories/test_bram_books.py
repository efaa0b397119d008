"""The story on which everything hangs: Bram finds a room, books it, gets an answer, sees it in his calendar."""

from email import message_from_bytes, policy
from html import unescape
from pathlib import Path

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.answers import TIME_TO_THINK
from buurthuis.rules.states import Status
from buurthuis.venues.models import Approval
from tests.builders import a_manager, a_room, a_venue, friday
from tests.pages.reading import filled_in, in_english, link_called


def letters_to(app, address):
    """What the worker carried to an address, each letter by its subject."""
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert result.exit_code == 0, result.output
    db.session.expire_all()
    files = Path(app.instance_path, "mail").glob("*.eml")
    mail = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    return {letter["Subject"]: letter for letter in mail if address in letter["To"]}


def titles(calendar):
    """The titles in a calendar file."""
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(calendar).walk("VEVENT")]


@pytest.fixture
def hall(app):
    venue = a_venue("meevaart", name="De Meevaart", email="huis@meevaart.example")
    return a_room(venue, slug="grote-zaal", name="Grote zaal", capacity=60, approval=Approval.ASK)


@pytest.fixture(autouse=True)
def empty_mailbox(app):
    for letter in Path(app.instance_path, "mail").glob("*.eml"):
        letter.unlink()


def test_bram_finds_books_hears_yes_and_sees_it_in_his_calendar(app, client, sign_in, hall):
    manager = a_manager(hall.venue)
    bram = in_english(client)

    # He finds a room for a Friday evening, and sees what it costs.
    found = bram.get("/?day=2026-03-13&part=18:00-22:00&people=25&purpose=culture")
    assert "€40.00" in unescape(found.text)

    # He says what for, and who he is: a code from his mail is all he needs.
    form = bram.get(link_called(found, "Choose this room"))
    answer = bram.post(
        "/rooms/grote-zaal/book", data=filled_in(form, title="Repair café", public="y")
    )
    way_in = bram.get(answer.location)
    answer = bram.post("/sign-in", data=filled_in(way_in, email="bram@repair.example"))
    code_page = bram.get(answer.location)
    (subject,) = letters_to(app, "bram@repair.example")
    code = subject.split()[-1]
    answer = bram.post("/sign-in/code", data=filled_in(code_page, code=code, name="Bram"))

    # He looks once more, names his group, and sends.
    review = bram.get(answer.location)
    assert "Repair café" in review.text
    answer = bram.post(
        "/rooms/grote-zaal/book/review",
        data=filled_in(review, name="Repair Café Oost", kind="resident_initiative"),
    )
    thanks = bram.get(answer.location)
    assert "Your request is sent" in thanks.text
    booking = db.session.scalars(select(Booking)).one()
    assert (booking.status, booking.period) == (Status.REQUESTED, friday(18, 22))

    # The manager reads about it and says yes.
    assert letters_to(app, manager.email)
    desk = sign_in(manager)
    assert "Repair café" in desk.get("/houses/meevaart/requests").text
    desk.post(f"/houses/meevaart/bookings/{booking.id}/approve")
    db.session.expire_all()
    assert booking.status == Status.CONFIRMED

    # Two minutes later Bram gets a letter that puts it in his calendar.
    with time_machine.travel(clock.now() + TIME_TO_THINK, tick=False):
        letter = letters_to(app, "bram@repair.example")["Your booking is certain: Repair café"]
    attached = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert titles(attached[0].get_payload(decode=True)) == ["Repair café"]

    # The neighbourhood reads it in the agenda and in the calendar of the house.
    assert "Repair café" in bram.get("/agenda").text
    assert "Repair café" in titles(bram.get("/ical/venues/meevaart.ics").data)
    assert "Repair café" in titles(bram.get("/ical/agenda.ics").data)

    # His own subscription shows it too, and stops when he withdraws it.
    made = bram.post("/me/feeds", data={"what": "mine"})
    private = "/ical/p/" + unescape(made.text).split("/ical/p/")[1].split(".ics")[0] + ".ics"
    assert "Repair café" in titles(bram.get(private).data)

    # He cancels; the house is told, and the room is free again.
    bram.post(f"/me/bookings/{booking.id}/cancel")
    assert "Repair café" not in bram.get("/agenda").text
    assert len(letters_to(app, manager.email)) == 2
    again = bram.get("/?day=2026-03-13&part=18:00-22:00&people=25")
    assert link_called(again, "Choose this room")
