"""Who keeps figures misses no change, however late it is committed and however early it was made."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, text, update

from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.columns import Counts
from buurthuis.rules.figures.sheet import Table, together
from buurthuis.rules.figures.spans import Span
from buurthuis.statistics import making, sheets
from buurthuis.statistics.gathering import folded
from buurthuis.statistics.houses_read import houses_of
from buurthuis.statistics.keeping import bites, keep
from buurthuis.statistics.made import Bite
from buurthuis.statistics.models import FigureSheet
from buurthuis.venues.models import Approval
from tests.builders import a_booking, a_room, a_venue, on

pytestmark = pytest.mark.race


@pytest.fixture
def past(real):
    """A house with a booking some days ago, and the days around it."""
    room = a_room(a_venue(), approval=Approval.ALWAYS)
    today = day_of(clock.now())
    booking = a_booking(room, on(today + timedelta(days=10), 19, 21))
    day = today - timedelta(days=30)
    period = on(day, 19, 21)
    values = {"from_at": period.start, "to_at": period.end}
    db.session.execute(update(Booking).where(Booking.id == booking.id).values(**values))
    db.session.commit()
    number, venue = booking.id, room.venue_id
    db.session.remove()
    return number, venue, Span(day - timedelta(days=2), day + timedelta(days=3))


def kept(venue, span):
    db.session.rollback()
    return sheets.sheet_of([venue], span, clock.now())


def fresh(venue, span):
    db.session.rollback()
    found = folded({venue: list(span)}, clock.now(), houses_of([venue]))
    return together(found[venue].values())


def change(link: Connection, booking: int, cents: int) -> None:
    link.execute(
        text("UPDATE booking SET given_cents = :c WHERE id = :b"), {"c": cents, "b": booking}
    )


def test_a_change_made_before_the_days_were_marked_and_committed_later_is_in_the_figures(
    real, past
):
    """The keeper waits for whoever looked whether these days are kept before they were."""
    booking, venue, span = past
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one write at a time, so nobody can be in between.")
    with db.engine.connect() as other:
        begun = other.begin()
        change(other, booking, 777)
        taking = threading.Thread(target=_take, args=(real, venue, span))
        taking.start()
        time.sleep(0.5)
        assert taking.is_alive(), "it waits for the one who has not committed"
        begun.commit()
        taking.join(10)
    assert kept(venue, span) == fresh(venue, span)
    assert _given(kept(venue, span)) == 777


def test_a_change_made_while_a_bite_is_folded_still_waits_when_it_is_stored(past, monkeypatch):
    booking, venue, span = past
    folding = making.folded

    def slow(*args):
        found = folding(*args)
        with db.engine.begin() as other:
            change(other, booking, 888)
        return found

    monkeypatch.setattr(making, "folded", slow)
    assert making.take(Bite(venue, tuple(span)), clock.now())
    monkeypatch.undo()

    assert _given(kept(venue, span)) == 888
    assert kept(venue, span) == fresh(venue, span)
    assert any(bite.venue_id == venue for bite in bites(clock.now()))
    keep(clock.now())
    assert _given(kept(venue, span)) == 888


def test_of_two_who_fold_the_same_days_the_later_reader_counts(real, past, monkeypatch):
    booking, venue, span = past
    bite = Bite(venue, tuple(span))
    folding, turns = making.folded, []

    def overtaken(*args):
        found = folding(*args)
        if not turns:
            turns.append(True)
            with db.engine.begin() as other:
                change(other, booking, 999)
            thread = threading.Thread(target=_take, args=(real, venue, span))
            thread.start()
            thread.join(20)
        return found

    monkeypatch.setattr(making, "folded", overtaken)
    assert not making.take(bite, clock.now()), "somebody else was quicker"

    assert _given(kept(venue, span)) == 999
    assert db.session.scalar(select(FigureSheet.id).where(FigureSheet.body != "")) is not None


def test_who_writes_for_long_makes_nobody_wait_and_the_bite_is_for_the_next_round(
    past, monkeypatch
):
    booking, venue, span = past
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one write at a time.")
    monkeypatch.setattr(making, "TRIES", 3)
    with db.engine.connect() as other:
        begun = other.begin()
        change(other, booking, 555)
        assert not making.take(Bite(venue, tuple(span)), clock.now())
        assert kept(venue, span) == fresh(venue, span)
        begun.commit()
    db.session.rollback()
    assert making.take(Bite(venue, tuple(span)), clock.now())
    assert _given(kept(venue, span)) == 555


def _given(sheet) -> int:
    return sum(row[Counts.GIVEN] for row in sheet.tables[Table.COUNTS].values())


def _take(program, venue: int, span: Span) -> None:
    with program.app_context():
        making.take(Bite(venue, tuple(span)), clock.now())
