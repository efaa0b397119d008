"""A weekly choir through a year: holidays, a leak, two clock changes, a taken evening and an early end."""

from datetime import date, timedelta

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.models import Series
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of, moment, on_the_clock
from buurthuis.rules.states import Status
from buurthuis.upkeep import doctor
from buurthuis.venues.models import Approval
from tests.bookings.series.test_pages import all_of, hidden, ticked
from tests.builders import (
    a_confirmed_booking,
    a_manager,
    a_person,
    a_room,
    a_venue,
    an_initiative,
    on,
)
from tests.conftest import MONDAY_MORNING

FIRST = MONDAY_MORNING.date() + timedelta(days=7)
WEEKS = [FIRST + timedelta(weeks=ahead) for ahead in range(43)]
TAKEN, LEAK = WEEKS[9], WEEKS[20]
HOLIDAYS = {date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 25)}  # Easter, the King, Pentecost


@pytest.fixture
def house(app):
    venue = a_venue("meevaart", closed_on_holidays=True, horizon_days=400)
    hall = a_room(venue, slug="hall", name="Hall", approval=Approval.ALWAYS, capacity=60)
    a_room(venue, slug="attic", name="Attic", approval=Approval.ALWAYS, capacity=40)
    return hall


def evenings():
    """The bookings of the choir in the order of the clock."""
    found = db.session.scalars(select(Booking).where(Booking.series_id.is_not(None)))
    return sorted(found, key=lambda each: each.from_at)


def on_day(day):
    return next(each for each in evenings() if each.series_day == day)


def clocks(bookings):
    return {f"{on_the_clock(each.from_at):%H:%M}" for each in bookings}


def test_a_weekly_choir_through_a_year(app, house, sign_in, client):
    bram, amina = a_person("Bram"), a_manager(house.venue)
    an_initiative(bram, name="Choir")
    choir, desk = sign_in(bram), sign_in(amina)
    a_confirmed_booking(house, on(TAKEN, 20, 22))

    # He asks for every Monday of the year, and sees what is in the way before anything is booked.
    asked = {
        "day": FIRST.isoformat(),
        "from": "19:30",
        "to": "21:30",
        "often": "week",
        "step": "1",
        "times": "43",
        "people": "30",
        "title": "Choir",
        "purpose": "culture",
    }
    page = choir.post("/rooms/hall/series", data=asked).text
    assert len(ticked(page)) == 43 - 4
    assert evenings() == []

    # The taken evening goes to the attic; the holidays are left out. Exactly that is booked.
    attic = {f"at-{TAKEN}": "attic"}
    look = choir.post("/rooms/hall/series/days", data=all_of(page, *attic.items(), ("look", "1")))
    fields = all_of(look.text, *attic.items(), ("send", "1"))
    assert choir.post("/rooms/hall/series/days", data=fields).status_code == 303
    series = db.session.scalars(select(Series)).one()
    assert len(evenings()) == 40
    assert HOLIDAYS.isdisjoint(each.series_day for each in evenings())
    assert on_day(TAKEN).room.name == "Attic"

    # Half past seven stays half past seven, in winter and in summer.
    assert clocks(evenings()) == {"19:30"}
    assert len({each.from_at.hour for each in evenings()}) == 2

    # In July the hall leaks: the house closes it for a day, and the choir moves to the attic.
    leak = {"room": "attic", "day": LEAK.isoformat(), "from": "19:30", "to": "21:30"}
    first_look = desk.get(f"/me/bookings/{on_day(LEAK).id}/change")
    typed = {"people": "30", "title": "Choir", "purpose": "culture", **leak}
    review = desk.post(f"/me/bookings/{on_day(LEAK).id}/change", data=typed)
    assert first_look.status_code == review.status_code == 200
    sent = {**typed, **dict(hidden(review.text))}
    desk.post(f"/me/bookings/{on_day(LEAK).id}/change/send", data=sent)
    assert on_day(LEAK).room.name == "Attic"

    # From September on they begin half an hour later; what was changed apart stays as it is.
    september = next(day for day in WEEKS if day.month == 9)
    uids = {each.series_day: each.uid for each in evenings()}
    change = {
        "from_day": september.isoformat(),
        "from": "20:00",
        "to": "22:00",
        "room": "hall",
        "people": "30",
        "title": "Choir",
    }
    means = choir.post(f"/me/series/{series.id}/change", data=change)
    seen = {**change, **dict(hidden(means.text)), "send": "1"}
    choir.post(f"/me/series/{series.id}/change", data=seen)
    assert clocks(each for each in evenings() if each.series_day < september) == {"19:30"}
    assert clocks(each for each in evenings() if each.series_day >= september) == {"20:00"}
    assert {each.series_day: each.uid for each in evenings()} == uids

    # In October nobody can come once; later they find that they can after all.
    autumn = next(day for day in WEEKS if day.month == 10)
    choir.post(f"/me/bookings/{on_day(autumn).id}/cancel")
    choir.post(f"/me/series/{series.id}/add", data={"day": autumn.isoformat()})
    again = [each for each in evenings() if each.series_day == autumn]
    assert sorted(each.status for each in again) == [Status.CANCELLED, Status.CONFIRMED]
    assert clocks(again) == {"20:00"}

    # In November they stop from December on. The past is never touched.
    with time_machine.travel(moment(WEEKS[38], 12 * 60), tick=False):
        past = [
            (each.uid, each.sequence)
            for each in evenings()
            if each.from_at < on(WEEKS[38], 12, 13).start
        ]
        december = next(day for day in WEEKS if day.month == 12)
        path = f"/me/series/{series.id}/cancel"
        late_choir = sign_in(bram)
        shown = late_choir.get(path, query_string={"from_day": december.isoformat()}).text
        late_choir.post(path, data=dict(hidden(shown)))
        ended = [each for each in evenings() if each.series_day >= december]
        assert {each.status for each in ended} == {Status.CANCELLED}
        assert past == [(each.uid, each.sequence) for each in evenings()][: len(past)]

        # The public calendar shows each evening once, at its own time, and no name.
        feed = Calendar.from_ical(client.get("/ical/rooms/hall.ics").data)
        shown_days = [day_of(event["DTSTART"].dt) for event in feed.walk("VEVENT")]
        assert len(shown_days) == len(set(shown_days))

    assert doctor.overlaps() == []
    assert doctor.claims_and_bookings() == []
