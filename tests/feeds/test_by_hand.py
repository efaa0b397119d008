"""What somebody puts in a calendar by hand is the event that the feed of the same person shows."""

import pytest
from icalendar import Calendar

from buurthuis.activities import actions as activities
from buurthuis.activities.codes import code_of
from buurthuis.activities.upkeep import tell_visitors
from buurthuis.bookings import actions, changes
from buurthuis.bookings.series.queries import bookings_of
from buurthuis.feeds.models import FeedKind
from buurthuis.foundation import ical
from buurthuis.roster.duties import actions as duties
from buurthuis.venues.models import Approval
from tests.accounts.mailbox import letters_to
from tests.builders import (
    a_booking,
    a_person,
    a_room,
    a_seat,
    a_series,
    a_venue,
    an_activity,
    an_initiative,
    friday,
)
from tests.calendar_app import entry_of, feed_of
from tests.roster.key_people import a_key_holder
from tests.roster.shifts import the


@pytest.fixture
def house(app):
    return a_venue("meevaart", name="De Meevaart", email="meevaart@buurthuis.example")


@pytest.fixture
def hall(house):
    return a_room(house, name="Zaal", approval=Approval.ALWAYS)


@pytest.fixture
def bram(app):
    return a_person("Bram")


def kept(browser, address):
    """What a calendar keeps of a file, by UID."""
    answer = browser.get(address)
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"] == "attachment; filename=buurthuis.ics"
    return told(answer.data)


def told(file):
    calendar = Calendar.from_ical(file)
    assert calendar["METHOD"] == "PUBLISH"
    assert not any({"ATTENDEE", "ORGANIZER"} & set(each) for each in calendar.events)
    return {each["UID"]: entry_of(each) for each in calendar.events}


def test_a_booking_and_the_days_of_a_series(hall, bram, sign_in):
    group = an_initiative(bram)
    booking = a_booking(hall, friday(10, 12), by=bram, for_=group)
    choir = a_series(hall, by=bram, for_=group)
    actions.cancel(bookings_of(choir)[1].id, by=bram)
    browser = sign_in(bram)

    one = kept(browser, f"/me/bookings/{booking.id}.ics")
    days = kept(browser, f"/me/series/{choir.id}.ics")

    feed = feed_of(bram, FeedKind.MINE)
    assert one | days == {uid: each for uid, each in feed.items() if not each.is_off}
    assert f"/me/series/{choir.id}.ics" in browser.get(f"/me/series/{choir.id}").text
    for address in (f"/me/bookings/{booking.id}.ics", f"/me/series/{choir.id}.ics"):
        assert sign_in(a_person("Dirk")).get(address).status_code == 404


def test_a_shift_until_it_is_given_up(house, hall, bram, sign_in):
    a_booking(hall, friday(19, 21))
    amina = a_key_holder(house, "Amina")
    duty = duties.take(the("open", house).id, by=amina)
    browser, address = sign_in(amina), f"/me/duties/{duty.id}.ics"

    assert kept(browser, address) == feed_of(amina, FeedKind.SHIFTS)
    assert address in browser.get(f"/me/duties/{duty.id}").text
    assert sign_in(bram).get(address).status_code == 404
    duties.drop(duty.id, by=amina)
    assert sign_in(amina).get(address).status_code == 404


def test_an_activity_for_everybody_and_for_who_has_a_seat(hall, bram, client):
    booking = a_booking(hall, friday(19, 21), by=bram, for_=an_initiative(bram))
    soup = an_activity(booking, title="Soep", text="Neem een lepel mee.", seats=2)
    seat = a_seat(soup)
    page = f"/seats/{seat.id}/{code_of(seat)}"

    [for_all] = told(client.get("/ical/agenda.ics").data.replace(b"NAME:", b"METHOD:PUBLISH\r\nX:"))
    everybody = kept(client, f"/activities/{soup.id}.ics")
    assert list(everybody) == [for_all]
    assert f"{page}/calendar.ics" in client.get(page).text
    assert kept(client, f"{page}/calendar.ics") == everybody
    assert client.get(f"/seats/{seat.id}/nonsense/calendar.ics").status_code == 404

    activities.take_out(booking.id, by=bram)
    assert client.get(f"/activities/{soup.id}.ics").status_code == 404
    assert list(kept(client, f"{page}/calendar.ics")) == [for_all]
    activities.give_up(seat.id)
    assert client.get(f"{page}/calendar.ics").status_code == 404


def test_visitors_get_a_file_with_each_letter_that_says_when_to_come(hall, bram):
    booking = a_booking(hall, friday(19, 21), by=bram, for_=an_initiative(bram))
    soup = an_activity(booking, seats=2)
    seat = a_seat(soup, 2)
    a_seat(soup, name="Ahmed", email="ahmed@people.example")
    changes.move(booking.id, hall, friday(18, 20), by=bram)
    tell_visitors()
    activities.give_up(seat.id)

    calendars = [ical.as_written(each.calendar) for each in letters_to("truus@example.org")[:2]]
    first, then = (told(each)[booking.uid] for each in calendars)
    assert (first.starts_at, then.starts_at) == (friday(19, 21).start, friday(18, 20).start)
    assert then.sequence > first.sequence
    waits, moved, free = letters_to("ahmed@people.example")
    assert (waits.calendar, moved.calendar) == (None, None)
    assert told(ical.as_written(free.calendar))[booking.uid].shown == then.shown
