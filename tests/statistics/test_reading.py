"""Facts are gathered from rows, and figures answer any question."""

from datetime import date, timedelta

import pytest
import time_machine

from buurthuis.bookings.today import actions as today
from buurthuis.evidence.work.models import VolunteerWork, WorkKind
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.roster.tonight.marking import mark_done
from buurthuis.rules.attendance import Band, HeadCount
from buurthuis.rules.figures.spans import Span, year_span
from buurthuis.statistics import figures
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.houses_read import houses_of
from buurthuis.statistics.keeping import keep
from buurthuis.statistics.rows import rows_behind
from buurthuis.venues.models import Closure
from tests.builders import (
    FRIDAY,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_room,
    a_venue,
    an_initiative,
    at,
    friday,
    on,
)
from tests.roster.evening import an_evening
from tests.roster.evening import at as at_hour
from tests.venues.counting import counted

MARCH = Span(date(2026, 3, 1), date(2026, 4, 1))
A_DAY = 15 * 60
"""The minutes of a day from eight to eleven."""
LATER = "2026-04-02 10:00Z"


def asked(*venues, span=MARCH, **more):
    return Asked(frozenset(venue.id for venue in venues), span, **more)


def answer(*venues, **more):
    return figures.answer(asked(*venues, **more), clock.now()).figures


def opened(venue, day):
    frame = houses_of([venue.id])[venue.id].frame([day])
    return {space.id: sum(window.minutes for window in space.windows) for space in frame.spaces}


def test_a_booking_that_is_over_is_use(app):
    room = a_room(a_venue())
    a_confirmed_booking(room, friday(19, 21))
    with time_machine.travel(LATER, tick=False):
        found = answer(room.venue)

    assert found["BENUT"].numerator == 120
    assert found["OPEN"].value == 31 * A_DAY
    assert found["AANTAL"].value == 1


def test_a_booking_of_a_hall_uses_the_rooms_it_is_made_of(app):
    venue = a_venue()
    halves = [a_room(venue), a_room(venue)]
    hall = a_room(venue, parts=halves)
    a_confirmed_booking(hall, friday(19, 21))
    with time_machine.travel(LATER, tick=False):
        assert answer(venue)["OPEN"].value == 2 * 31 * A_DAY
        assert answer(venue)["BENUT"].numerator == 2 * 120
        assert answer(venue, room_id=halves[0].id)["BENUT"].numerator == 120
        assert answer(venue)["GEB"].numerator == 120


def test_a_room_counts_from_when_it_came_or_was_first_booked(app):
    venue = a_venue()
    old, new = a_room(venue), a_room(venue, made_at=at(FRIDAY, 12))
    before = FRIDAY - timedelta(days=1)
    assert opened(venue, before) == {old.id: A_DAY}
    assert opened(venue, FRIDAY) == {old.id: A_DAY, new.id: A_DAY}

    a_confirmed_booking(new, on(FRIDAY - timedelta(days=4), 10, 11))
    assert opened(venue, before) == {old.id: A_DAY, new.id: A_DAY}
    assert opened(venue, FRIDAY - timedelta(days=5)) == {old.id: A_DAY}


def test_a_room_that_is_retired_counts_until_then(app):
    venue = a_venue()
    old, gone = a_room(venue), a_room(venue, retired_at=at(FRIDAY, 12))

    assert set(opened(venue, FRIDAY - timedelta(days=1))) == {old.id, gone.id}
    assert set(opened(venue, FRIDAY)) == {old.id}


def test_a_night_after_the_last_day_of_a_room_is_not_open(app):
    """Days folded together say the same as each by itself; a random life found that they did not."""
    venue = a_venue()
    room = a_room(venue, retired_at=at(FRIDAY, 12))
    for hours in venue.opening_hours:
        hours.closes_minute = 25 * 60
    db.session.commit()
    before = FRIDAY - timedelta(days=1)
    house = houses_of([venue.id])[venue.id]

    together = house.frame([before, FRIDAY]).spaces
    assert [each.id for each in together] == [room.id]
    assert together == house.frame([before]).spaces
    assert house.frame([FRIDAY]).spaces == ()


def test_closures_and_holidays_are_no_hours(app):
    venue = a_venue(closed_on_holidays=True)
    one, other = a_room(venue), a_room(venue)
    period = friday(10, 12)
    db.session.add(Closure(venue_id=venue.id, from_at=period.start, to_at=period.end, rooms=[one]))
    db.session.commit()
    frame = houses_of([venue.id])[venue.id].frame([FRIDAY, date(2026, 4, 6)])  # with Easter Monday

    assert {each.id: sum(w.minutes for w in each.windows) for each in frame.spaces} == {
        one.id: A_DAY - 120,
        other.id: A_DAY,
    }
    assert sum(window.minutes for window in frame.windows) == A_DAY


def test_a_band_counts_by_its_middle_and_who_did_not_come_not_at_all(app):
    room = a_room(a_venue())
    manager = a_manager(room.venue)
    came = a_confirmed_booking(room, friday(13, 15))
    absent = a_confirmed_booking(room, friday(19, 21))
    with time_machine.travel(friday(20, 21).start, tick=False):
        today.check_in(came.id, by=manager, count=HeadCount(None, Band.MIDDLE))
        today.no_show(absent.id, by=manager)
    with time_machine.travel(LATER, tick=False):
        found = answer(room.venue)

    assert [found[code].value for code in ("BEZOEK.LOW", "BEZOEK.HIGH")] == [11, 20]
    assert found["BEZOEK"].numerator == 31
    assert found["VERL"].value == 120


def test_work_that_was_done_and_written_down_counts(app):
    evening = an_evening()
    with at_hour(18, minutes=30):
        db.session.add(
            VolunteerWork(
                venue_id=evening.house.id,
                day=FRIDAY,
                minutes=45,
                kind=WorkKind.BOARD,
                said_at=clock.now(),
            )
        )
        db.session.commit()
    with time_machine.travel(LATER, tick=False):
        mark_done()
        found = answer(evening.house)

    assert found["VRIJ_U.BOARD"].value == 45
    assert found["VRIJ_U.HOST"].value == 30
    assert (found["ROOSTER"].numerator, found["ROOSTER"].denominator) == (2, 2)


def test_of_a_year_that_goes_on_as_many_days_are_compared(app):
    venue = a_room(a_venue()).venue
    with time_machine.travel("2026-03-11 10:00Z", tick=False):
        this, before = figures.compared(asked(venue, span=year_span(2026)), clock.now())

    assert this.span == Span(date(2026, 1, 1), date(2026, 3, 11))
    assert before.span == Span(date(2025, 1, 1), date(2025, 3, 11))


def test_of_what_is_to_come_nothing_is_known(app):
    found = figures.answer(asked(a_venue(), span=year_span(2027)), clock.now())

    assert found.span is None
    assert found.figures["BENUT"].value is None
    assert found.figures["AANTAL"].value == 0


def test_months_and_houses_add_up_to_the_whole(app):
    rooms = [a_room(a_venue()), a_room(a_venue())]
    for weeks in range(6):
        a_confirmed_booking(rooms[weeks % 2], friday(19, 21, weeks=weeks))
    with time_machine.travel("2026-05-02 10:00Z", tick=False):
        wanted = asked(
            *(room.venue for room in rooms), span=Span(date(2026, 3, 9), date(2026, 5, 1))
        )
        whole = figures.answer(wanted, clock.now()).figures["AANTAL"].value
        months = figures.by_month(wanted, clock.now())
        quarters = figures.by_quarter(wanted, clock.now())
        houses = figures.by_house(wanted, clock.now())

    assert whole == 6
    assert [span.first for span, _ in months] == [date(2026, 3, 9), date(2026, 4, 1)]
    assert [each.figures["AANTAL"].value for _, each in months] == [3, 3]
    assert sum(each.figures["AANTAL"].value for _, each in quarters) == 6
    assert [houses[room.venue_id].figures["AANTAL"].value for room in rooms] == [3, 3]


def test_a_group_is_new_in_a_house_where_it_never_was(app):
    rooms = [a_room(a_venue()), a_room(a_venue())]
    bram = a_person("Bram")
    repair = an_initiative(bram)
    a_confirmed_booking(rooms[0], friday(19, 21), for_=repair, by=bram)
    a_confirmed_booking(rooms[1], friday(19, 21))
    with time_machine.travel("2027-04-01 10:00Z", tick=False):
        for room in rooms:
            a_confirmed_booking(room, on(date(2027, 4, 9), 19, 21), for_=repair, by=bram)
    with time_machine.travel("2027-05-02 10:00Z", tick=False):
        april = Span(date(2027, 4, 1), date(2027, 5, 1))
        wanted = asked(*(room.venue for room in rooms), span=april)
        whole = figures.answer(wanted, clock.now()).figures
        houses = figures.by_house(wanted, clock.now())

    assert (whole["GROEP"].value, whole["NIEUW"].value) == (1, 0)
    new = [houses[room.venue_id].figures["NIEUW"].value for room in rooms]
    assert new == [0, 1]


def test_who_comes_from_another_house_of_the_question_is_not_new(app):
    rooms = [a_room(a_venue()), a_room(a_venue())]
    bram = a_person("Bram")
    repair = an_initiative(bram)
    a_confirmed_booking(rooms[0], friday(19, 21), for_=repair, by=bram)
    a_confirmed_booking(rooms[1], friday(19, 21))
    with time_machine.travel("2027-04-01 10:00Z", tick=False):
        a_confirmed_booking(rooms[1], on(date(2027, 4, 9), 19, 21), for_=repair, by=bram)
    with time_machine.travel("2027-05-02 10:00Z", tick=False):
        april = Span(date(2027, 4, 1), date(2027, 5, 1))
        wanted = asked(*(room.venue for room in rooms), span=april)
        whole = figures.answer(wanted, clock.now()).figures
        rows = rows_behind("NIEUW", wanted, clock.now())

    assert (whole["GROEP"].value, whole["NIEUW"].value, rows.total) == (1, 0, 0)


@pytest.mark.parametrize("is_kept", [True, False])
def test_more_houses_and_more_days_take_no_more_statements(app, is_kept):
    rooms = [a_room(a_venue()) for _ in range(3)]
    for room in rooms:
        a_confirmed_booking(room, friday(19, 21))
    with time_machine.travel("2026-06-02 10:00Z", tick=False):
        if is_kept:
            keep(clock.now())
        short = asked(rooms[0].venue, span=Span(date(2026, 3, 2), date(2026, 6, 2)))
        long = asked(*(room.venue for room in rooms), span=Span(date(2025, 1, 2), date(2026, 6, 2)))
        figures.compared(long, clock.now())
        with counted() as few:
            figures.compared(short, clock.now())
        with counted() as many:
            figures.compared(long, clock.now())

    assert len(many) <= len(few) <= 35
