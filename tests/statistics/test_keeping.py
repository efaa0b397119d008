"""What is kept of the figures is always what folding the bookings again would give."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import func, select, update

from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.figures.sheet import together
from buurthuis.rules.figures.spans import Span
from buurthuis.statistics import sheets
from buurthuis.statistics.gathering import folded
from buurthuis.statistics.houses_read import houses_of
from buurthuis.statistics.keeping import keep
from buurthuis.statistics.models import FigureChange, FigureSheet
from tests.builders import a_confirmed_booking, a_room, a_venue, friday

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
