"""Offered means bookable: what /free offers can be booked, and what it does not offer cannot."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurthuis.foundation.db import db
from buurthuis.rules.calendar import rfc3339
from buurthuis.venues.models import Approval
from tests.api.asking import wish
from tests.builders import (
    a_closure,
    a_confirmed_booking,
    a_person,
    a_room,
    a_venue,
    an_initiative,
    friday,
)

QUARTERS = st.integers(min_value=28, max_value=96)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(start=QUARTERS, length=st.integers(min_value=1, max_value=24), people=st.integers(1, 30))
def test_what_is_offered_can_be_booked_and_nothing_else(program, start, length, people):
    rooms = houses()
    bram = a_person("Bram")
    cafe = an_initiative(bram)
    asking = program(bram)
    day = friday(0, 1).start
    span = {
        "from": rfc3339(day + timedelta(minutes=15 * start)),
        "to": rfc3339(day + timedelta(minutes=15 * (start + length))),
    }
    offered = {room["slug"] for room in asking.get("/free", **span, people=people).items}

    for room in rooms:
        body = {**wish(room, cafe, 10, 12), **span, "people": people}
        answer = asking.post("/bookings", body)
        assert answer.status in ({201} if room.slug in offered else {409, 422})
        if answer.status == 201:
            asking.post(f"/bookings/{answer.body['id']}/cancel")


def houses():
    """A divided hall with buffers, a room that was booked, and one in a house that closes at noon."""
    db.session.rollback()
    blue, red = a_venue(), a_venue()
    buffers = {"setup_minutes": 15, "turnover_minutes": 30, "approval": Approval.ALWAYS}
    left, right = a_room(blue, **buffers), a_room(blue, **buffers)
    hall = a_room(blue, parts=[left, right], capacity=30, **buffers)
    nook = a_room(red, capacity=4, approval=Approval.ALWAYS)
    a_confirmed_booking(left, friday(12, 14))
    a_confirmed_booking(nook, friday(9, 11), people=2)
    a_closure(red, friday(12, 24))
    return [left, right, hall, nook]
