"""Twenty people want the same series at one moment: one gets all of it, and the others nothing."""

from collections import Counter
from datetime import timedelta

import pytest

from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.models import Series
from buurthuis.extras.models import BookingExtra
from buurthuis.foundation.db import db
from buurthuis.occupancy.models import Occupancy
from buurthuis.rules.calendar import rfc3339
from buurthuis.upkeep import doctor
from buurthuis.upkeep.doctor_of_houses import extras_promised_twice
from buurthuis.venues.models import Approval
from tests.builders import a_room, a_venue, an_extra
from tests.race.test_race import Knock, a_crowd, all_at_once, ten_days_ahead

ROOMS = ("north", "east", "south", "west")

pytestmark = pytest.mark.race


def a_series_of(room, group, token, *, days_later=0, rrule="FREQ=WEEKLY;COUNT=12"):
    """One wish for a series, in the evening."""
    starts, ends = (ten_days_ahead(hour) + timedelta(days=days_later) for hour in (19, 21))
    body = {"from": rfc3339(starts), "to": rfc3339(ends), "room": room, "rrule": rrule}
    facts = {"title": "Race", "initiative": str(group), "people": 5}
    return Knock(token, "/api/v1/series", {**body, **facts})


def test_twenty_wishes_for_one_series_make_one(real, server):
    """Lines 1 and 10: some of them cross it on one day only."""
    a_room(a_venue("blue"), slug="hall", approval=Approval.ALWAYS)
    crowd = a_crowd()[:20]
    knocks = [
        a_series_of("hall", group, token, days_later=7 * (number % 4))
        for number, (_person, group, token) in enumerate(crowd)
    ]

    answers = all_at_once(server, knocks)

    assert Counter(status for status, _ in answers) == {201: 1, 409: 19}
    assert db.session.query(Series).count() == 1
    assert db.session.query(Booking).count() == db.session.query(Occupancy).count() == 12
    assert all(body["conflicts"] for status, body in answers if status == 409)
    assert doctor.overlaps() == []
    assert doctor.claims_and_bookings() == []


def test_series_and_single_rooms_do_not_wait_for_each_other_in_a_circle(real, server):
    """Line 1: what is free is booked, and no day twice."""
    venue = a_venue("blue")
    for slug in ("east", "west"):
        a_room(venue, slug=slug, approval=Approval.ALWAYS)
    crowd = a_crowd()[:20]
    knocks = [
        a_series_of(("east", "west")[number % 2], group, token, days_later=number % 3)
        for number, (_person, group, token) in enumerate(crowd)
    ]
    for number, knock in enumerate(knocks):
        knock.body["rrule"] = f"FREQ=DAILY;INTERVAL={1 + number % 3};COUNT=8"
        knock.body["skip_conflicts"] = True

    answers = all_at_once(server, knocks)

    assert {status for status, _ in answers} <= {201, 409}
    assert db.session.query(Booking).count() == db.session.query(Occupancy).count() > 16
    assert doctor.overlaps() == []
    assert doctor.claims_and_bookings() == []


def test_series_in_four_rooms_share_one_beamer(real, server):
    """The thing is lent once, whoever asks in what order, and nobody waits in a circle."""
    venue = a_venue("blue")
    for slug in ROOMS:
        a_room(venue, slug=slug, approval=Approval.ALWAYS)
    for name, stock in (("beamer", 1), ("chairs", 50)):
        an_extra(venue, name, stock=stock, slug=name)
    both = [{"slug": "beamer", "quantity": 1}, {"slug": "chairs", "quantity": 10}]
    knocks = [
        a_series_of(ROOMS[number % 4], group, token)
        for number, (_person, group, token) in enumerate(a_crowd()[:12])
    ]
    for number, knock in enumerate(knocks):
        knock.body["extras"] = both[:: 1 if number % 2 else -1]

    answers = all_at_once(server, knocks)

    assert Counter(status for status, _ in answers) == {201: 1, 409: 11}
    assert db.session.query(BookingExtra).count() == 2 * 12
    assert extras_promised_twice() == []
