"""A house answers a series in one step, and whoever booked it stops in one step."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.bookings import changes
from buurthuis.bookings.actions import approve, cancel
from buurthuis.bookings.refusals import ChangedMeanwhile, ReasonMissing
from buurthuis.bookings.series import actions, queries
from buurthuis.bookings.series.deciding import (
    approve_series,
    cancel_all,
    cancel_series,
    refuse_series,
)
from buurthuis.bookings.series.refusals import DaysInTheWay, NothingLeft
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy.models import Occupancy
from buurthuis.rules.states import Status
from tests.builders import (
    FRIDAY,
    a_booking,
    a_person,
    a_room,
    a_series,
    at,
    friday,
)

FRIDAYS = [FRIDAY + timedelta(weeks=week) for week in range(60)]


@pytest.fixture
def asked(place):
    return a_series(a_room(place.venue), **place.us)


def states(series):
    return [str(booking.status) for booking in queries.bookings_of(series)]


def letters_to(person):
    return [
        each.template for each in db.session.query(OutboxLetter) if each.recipient == person.email
    ]


def test_a_yes_is_for_every_day_that_waits(place, asked):
    cancel(queries.bookings_of(asked)[0].id, by=place.bram)

    approve_series(asked.id, by=place.amina)

    assert states(asked) == ["cancelled", "confirmed", "confirmed", "confirmed"]
    assert letters_to(place.bram).count("series_confirmed") == 1
    with pytest.raises(NothingLeft):
        approve_series(asked.id, by=place.amina)


def test_a_no_has_a_reason_and_gives_every_place_back(place, asked):
    approve(queries.bookings_of(asked)[0].id, by=place.amina)
    with pytest.raises(ReasonMissing):
        refuse_series(asked.id, by=place.amina, reason=" ")

    refuse_series(asked.id, by=place.amina, reason="The hall is painted.", kind="closed")

    assert states(asked) == ["confirmed", "refused", "refused", "refused"]
    assert db.session.query(Occupancy).count() == 1
    assert "series_refused" in letters_to(place.bram)
    refused = queries.bookings_of(asked)[1]
    assert (refused.refusal_reason, refused.refusal_kind) == ("The hall is painted.", "closed")


def test_an_answer_to_what_changed_meanwhile_is_refused(place, asked):
    """Line 3."""
    seen = queries.mark_of(queries.waiting(queries.bookings_of(asked), now=clock.now()))
    changes.edit(queries.bookings_of(asked)[1].id, by=place.bram, people=15)

    with pytest.raises(ChangedMeanwhile):
        approve_series(asked.id, by=place.amina, seen=seen)

    assert states(asked) == 4 * ["requested"]


def test_of_two_series_in_one_place_one_gets_a_yes_and_the_other_is_told_which_days(place):
    """Line 3: in a house whose requests hold no place."""
    place.venue.requests_occupy = False
    db.session.commit()
    room, dirk = a_room(place.venue), a_person("Dirk")
    first = a_series(room, **place.us)
    other = a_series(room, "FREQ=WEEKLY;INTERVAL=3;COUNT=2", 20, 22, by=dirk)
    assert db.session.query(Occupancy).count() == 0

    approve_series(first.id, by=place.amina)
    with pytest.raises(DaysInTheWay) as refused:
        approve_series(other.id, by=place.amina)

    assert [each.day for each in refused.value.days] == [FRIDAYS[0], FRIDAYS[3]]
    assert (states(first), states(other)) == (4 * ["confirmed"], 2 * ["requested"])
    assert db.session.query(Occupancy).count() == 4


def test_only_a_manager_answers(place, asked):
    with pytest.raises(NotAllowed):
        approve_series(asked.id, by=place.bram)
    with pytest.raises(NotFound):
        refuse_series(asked.id, by=a_person("Dirk"), reason="No")


def test_one_day_is_cancelled_and_the_others_stay(place):
    """Line 12."""
    choir = a_series(place.hall, **place.us)

    cancel(queries.bookings_of(choir)[1].id, by=place.bram)

    assert states(choir) == ["confirmed", "cancelled", "confirmed", "confirmed"]
    a_booking(place.hall, friday(19, 21, weeks=1))


def test_the_rest_is_cancelled_from_a_day_on(place):
    """Line 12."""
    choir = a_series(place.hall, **place.us)

    ended = cancel_series(choir.id, FRIDAYS[2], by=place.bram, reason="Summer")

    assert states(choir) == ["confirmed", "confirmed", "cancelled", "cancelled"]
    assert [booking.series_day for booking in ended] == FRIDAYS[2:4]
    assert "series_cancelled" in letters_to(place.bram)
    assert "series_cancelled" in letters_to(place.amina)
    assert not any(booking.cancelled_late for booking in ended)
    a_booking(place.hall, friday(19, 21, weeks=2))
    with pytest.raises(NothingLeft):
        cancel_series(choir.id, FRIDAYS[2], by=place.bram)


def test_what_was_changed_by_itself_stays_unless_all_is_cancelled(place):
    """Line 11."""
    choir = a_series(place.hall, **place.us)
    second = queries.bookings_of(choir)[1]
    changes.move(second.id, place.hall, friday(9, 11, weeks=1), by=place.bram)

    cancel_series(choir.id, FRIDAYS[0], by=place.bram)
    assert states(choir) == ["cancelled", "confirmed", "cancelled", "cancelled"]
    cancel_all(choir.id, FRIDAYS[0], by=place.bram)
    assert states(choir) == 4 * ["cancelled"]
    assert db.session.query(Occupancy).count() == 0


def test_what_has_begun_is_not_cancelled_and_the_next_one_is_late(place):
    choir = a_series(place.hall, "FREQ=DAILY;INTERVAL=2;COUNT=3", **place.us)

    with time_machine.travel(at(FRIDAY, 20), tick=False):
        ended = cancel_series(choir.id, FRIDAY, by=place.bram)

    assert states(choir) == ["confirmed", "cancelled", "cancelled"]
    assert [booking.cancelled_late for booking in ended] == [True, False]


def test_a_series_that_stopped_can_begin_again_day_by_day(place):
    choir = a_series(place.hall, **place.us)
    cancel_series(choir.id, FRIDAYS[1], by=place.bram)

    added = actions.add_day(choir.id, FRIDAYS[3], by=place.bram)

    assert added.status == Status.CONFIRMED
    left = queries.days_to_add(choir, queries.bookings_of(choir), now=clock.now())
    assert left == FRIDAYS[1:3]
