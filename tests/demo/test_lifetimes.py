"""Groups of the demo begin and stop over the years, so that figures tell of new ones."""

from datetime import timedelta

from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.demo.lifetimes import KNOWN_BEFORE
from buurthuis.demo.making import BY_HAND
from buurthuis.demo.neighbours import neighbours
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of
from tests.demo.test_demo import TODAY, run, two_houses

A_YEAR = timedelta(days=365)


def test_groups_begin_and_stop_over_the_years_and_book_only_in_between(app):
    two_houses()
    run(app, "--bookings", "300", "--years", "2")
    found = neighbours(BY_HAND, seed=1)
    bookings = db.session.scalars(select(Booking)).all()
    comes = {each.initiative.id: each.comes for each in found}

    assert all(day_of(each.from_at) in comes[each.initiative_id] for each in bookings)
    for year in (1, 2):
        years = TODAY - year * A_YEAR, TODAY - (year - 1) * A_YEAR
        assert sum(years[0] <= each.begins <= years[1] for each in comes.values()) > 3
    assert sum(each.begins < TODAY - 2 * A_YEAR for each in comes.values()) > 8
    assert 3 < sum(each.ends < TODAY for each in comes.values()) < BY_HAND // 2


def test_a_house_knows_a_group_before_it_first_comes(app):
    two_houses()
    run(app, "--bookings", "100", "--years", "2")

    for who in neighbours(BY_HAND, seed=1):
        known = day_of(who.initiative.created_at)
        assert who.comes.begins <= TODAY
        if who.comes.begins > TODAY - 2 * A_YEAR:
            assert known == who.comes.begins - KNOWN_BEFORE
