"""Groups of the demo that come every week are series, as one that is booked on its page."""

from itertools import pairwise

import pytest
from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.bookings.series import queries
from buurthuis.bookings.series.models import Series
from buurthuis.evidence.tags.models import ActivityTag
from buurthuis.foundation.db import db
from buurthuis.rules import recurrence
from tests.demo.test_demo import run, two_houses


@pytest.fixture
def found(app):
    two_houses()
    run(app, "--bookings", "200")
    return list(db.session.scalars(select(Series).order_by(Series.id)))


def test_most_of_who_come_back_are_series_and_each_once(app, found):
    of_series = db.session.scalars(select(Booking).where(Booking.series_id.is_not(None))).all()

    assert len(found) > 5
    assert 80 < len(of_series) < 200
    assert all(len(queries.bookings_of(each)) > 1 for each in found)
    run(app, "--bookings", "200")
    assert db.session.query(Series).count() == len(found)


def test_every_day_of_the_rule_has_its_booking_or_says_why_not(found):
    for series in found:
        booked = [queries.day_in_series(each) for each in queries.bookings_of(series)]
        left_out = [each.day for each in series.left_out]

        assert sorted(booked + left_out) == recurrence.days(series.rule, series.first_on)
        assert (booked[0], booked[-1]) == (series.first_on, series.last_on)
        assert all(one < then for one, then in pairwise(booked))


def test_no_day_of_a_series_is_an_exception(found):
    for series in found:
        for booking in queries.bookings_of(series):
            assert booking.initiative_id == series.initiative_id
            assert not queries.is_exception(series, booking)


def test_what_a_series_is_for_is_said_of_the_whole(found):
    said = db.session.scalars(select(ActivityTag)).all()
    ours = {each.series_id for each in said if each.series_id is not None}

    assert ours
    assert ours <= {each.id for each in found}
    of_series = select(Booking.id).where(Booking.series_id.is_not(None))
    assert not set(db.session.scalars(of_series)) & {each.booking_id for each in said}


def test_the_pages_of_a_series_open(found, sign_in):
    series = max(found, key=lambda each: each.last_on)
    visitor = sign_in(series.booked_by)

    for page in (f"/me/series/{series.id}", f"/me/series/{series.id}.ics"):
        assert visitor.get(page).status_code == 200
