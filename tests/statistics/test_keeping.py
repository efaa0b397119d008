"""What is kept of the figures is always what folding the bookings again would give."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.handover.actions import leave
from buurthuis.roster.tonight.marking import mark_done
from buurthuis.rules.figures.sheet import together
from buurthuis.rules.figures.spans import Span
from buurthuis.statistics import sheets
from buurthuis.statistics.gathering import folded
from buurthuis.statistics.houses_read import houses_of
from buurthuis.statistics.keeping import bites, keep
from buurthuis.statistics.models import FigureChange, FigureSheet, Grain, number_of
from buurthuis.statistics.recounting import strays
from buurthuis.venues.models import OpeningHours
from tests.builders import (
    FRIDAY,
    a_confirmed_booking,
    a_person,
    a_room,
    a_venue,
    an_initiative,
    friday,
)
from tests.roster.evening import an_evening
from tests.venues.counting import counted

SPRING = Span(date(2026, 2, 20), date(2026, 5, 5))
MAY = "2026-05-10 10:00Z"


def fresh(venue_ids, span):
    """The same answer from the rows alone."""
    found = folded({each: list(span) for each in venue_ids}, clock.now(), houses_of(venue_ids))
    return together(sheet for days in found.values() for sheet in days.values())


def answer(venue_ids, span=SPRING):
    return sheets.sheet_of(venue_ids, span, clock.now())


@pytest.fixture
def later():
    with time_machine.travel(MAY, tick=False):
        yield


def test_what_is_kept_says_what_the_bookings_say(app):
    room = a_room(a_venue())
    a_confirmed_booking(room, friday(19, 21))
    with time_machine.travel(MAY, tick=False):
        made = keep(clock.now())

        assert made > 0
        assert db.session.scalar(select(func.count(FigureSheet.id))) > 60
        assert answer([room.venue_id]) == fresh([room.venue_id], SPRING)
        assert keep(clock.now()) == 0


def test_where_all_is_kept_no_booking_and_no_shift_is_read(app):
    room = a_room(a_venue())
    a_confirmed_booking(room, friday(19, 21))
    with time_machine.travel(MAY, tick=False):
        keep(clock.now())
        with counted() as asked:
            answer([room.venue_id])

    assert any("FROM figure_sheet" in each for each in asked)
    assert not [each for each in asked if "JOIN attendance" in each or "JOIN presence" in each]


def test_a_late_change_is_seen_at_once_and_logged_when_it_is_kept(app):
    room = a_room(a_venue())
    booking = a_confirmed_booking(room, friday(19, 21))
    with time_machine.travel(MAY, tick=False):
        keep(clock.now())
        before = answer([room.venue_id])
        db.session.execute(update(Booking).where(Booking.id == booking.id).values(given_cents=7))
        db.session.commit()

        assert answer([room.venue_id]) != before
        assert answer([room.venue_id]) == fresh([room.venue_id], SPRING)
        assert db.session.scalar(select(func.count(FigureChange.id))) == 1
        assert keep(clock.now()) == 1
        assert answer([room.venue_id]) == fresh([room.venue_id], SPRING)
        line = db.session.scalars(select(FigureChange)).one()
        assert (line.what, line.row_id, line.first_day) == ("booking", booking.id, 20525)
        assert line.applied_at == clock.now()
        assert keep(clock.now()) == 0


def test_a_room_that_comes_later_leaves_what_is_kept_as_it_is(app):
    room = a_room(a_venue())
    a_confirmed_booking(room, friday(19, 21))
    with time_machine.travel(MAY, tick=False):
        keep(clock.now())
        before = answer([room.venue_id])
        new = a_room(room.venue, made_at=clock.now())
        db.session.add(
            OpeningHours(
                venue_id=room.venue_id,
                room_id=new.id,
                weekday=4,
                opens_minute=600,
                closes_minute=900,
            )
        )
        db.session.commit()

        assert bites(clock.now()) == []
        assert answer([room.venue_id]) == before


def test_hours_that_end_today_leave_what_is_kept_as_it_is(app):
    room = a_room(a_venue())
    a_confirmed_booking(room, friday(19, 21))
    with time_machine.travel(MAY, tick=False):
        keep(clock.now())
        before = answer([room.venue_id])
        for hours in room.venue.opening_hours:
            hours.valid_to = date(2026, 5, 10)
        db.session.commit()

        assert bites(clock.now()) == []
        assert answer([room.venue_id]) == before


def test_what_is_kept_grows_by_a_day_each_day(app):
    room = a_room(a_venue())
    a_confirmed_booking(room, friday(19, 21))
    with time_machine.travel(MAY, tick=False):
        keep(clock.now())
    with time_machine.travel("2026-05-11 10:00Z", tick=False):
        [bite] = bites(clock.now())
        assert bite.days == (date(2026, 5, 9),)
    with time_machine.travel("2026-06-02 10:00Z", tick=False):
        keep(clock.now())
        whole = select(FigureSheet.first_day).where(FigureSheet.grain == Grain.MONTH)
        assert number_of(date(2026, 5, 1)) in db.session.scalars(whole).all()


def test_a_keeper_stops_in_time_and_goes_on_the_next_round(app):
    room = a_room(a_venue())
    a_confirmed_booking(room, friday(19, 21))
    with time_machine.travel(MAY, tick=False):
        left = len(bites(clock.now()))
        assert keep(clock.now(), within=timedelta(0)) == 1
        assert len(bites(clock.now())) == left - 1


def test_the_doctor_finds_a_sheet_that_is_not_what_bookings_give(app):
    room = a_room(a_venue())
    a_confirmed_booking(room, friday(19, 21))
    with time_machine.travel(MAY, tick=False):
        keep(clock.now())
        assert strays(clock.now()) == strays(clock.now(), most=None) == []
        one = select(FigureSheet.id).where(FigureSheet.first_day == number_of(FRIDAY))
        db.session.execute(update(FigureSheet).where(FigureSheet.id.in_(one)).values(body="{}\n{}"))
        db.session.commit()

        [complaint] = strays(clock.now(), most=None)
        assert "2026-03-13" in complaint


def test_the_command_folds_everything_and_again(app):
    room = a_room(a_venue())
    a_confirmed_booking(room, friday(19, 21))
    with time_machine.travel(MAY, tick=False):
        runner = app.test_cli_runner()
        first = runner.invoke(args=["figures", "keep"], catch_exceptions=False).output
        assert "15 months kept." in first
        again = runner.invoke(args=["figures", "keep"], catch_exceptions=False).output
        assert "0 months kept." in again
        anew = runner.invoke(args=["figures", "keep", "--again"], catch_exceptions=False).output
        assert "15 months kept." in anew


def test_who_leaves_takes_no_hours_and_no_bookings_along(app):
    evening = an_evening()
    bram, chandra = a_person("Bram"), a_person("Chandra")
    group = an_initiative(bram, chandra)
    a_confirmed_booking(evening.booking.room, friday(13, 15), for_=group, by=bram)
    house = [evening.house.id]
    with time_machine.travel(MAY, tick=False):
        mark_done()
        keep(clock.now())
        before = answer(house)
        for person in (evening.amina, bram):
            leave(person)

        assert answer(house) == fresh(house, SPRING) == before
        keep(clock.now())
        assert answer(house) == fresh(house, SPRING) == before
