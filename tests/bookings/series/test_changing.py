"""A change of a series touches what is to come, and neither the past nor what was changed by itself."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.bookings import changes
from buurthuis.bookings.actions import approve, cancel
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import NotBookable
from buurthuis.bookings.series import actions, queries
from buurthuis.bookings.series.changing import change_series
from buurthuis.bookings.series.refusals import DaysInTheWay, NothingLeft, OtherHouse
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy.models import Occupancy
from buurthuis.rules.standing import Purpose
from buurthuis.rules.states import Status
from buurthuis.upkeep import doctor
from buurthuis.venues.models import Approval
from tests.builders import (
    FRIDAY,
    a_booking,
    a_confirmed_booking,
    a_person,
    a_role,
    a_room,
    a_series,
    a_series_wish,
    a_venue,
    at,
    friday,
)

FRIDAYS = [FRIDAY + timedelta(weeks=week) for week in range(60)]
EIGHT = {"starts_minute": 20 * 60, "ends_minute": 22 * 60}


@pytest.fixture
def choir(place):
    return a_series(place.hall, **place.us)


def periods(series):
    return [booking.period for booking in queries.bookings_of(series)]


def in_order(weeks, start, end):
    return [friday(start, end, weeks=week) for week in weeks]


def test_a_change_from_a_day_on_leaves_the_days_before_it(place, choir):
    """Line 11."""
    done = change_series(choir.id, FRIDAYS[2], by=place.bram, **EIGHT)

    assert periods(choir) == in_order([0, 1], 19, 21) + in_order([2, 3], 20, 22)
    assert [booking.series_day for booking in done.changed] == FRIDAYS[2:4]
    assert {booking.status for booking in done.changed} == {Status.CONFIRMED}
    assert [booking.sequence for booking in queries.bookings_of(choir)] == [0, 0, 1, 1]
    held = {row.from_at for row in db.session.query(Occupancy)}
    assert held == {each.start for each in periods(choir)}


def test_the_past_is_never_touched(place, choir):
    """Line 11: also when somebody asks for a day long ago."""
    with time_machine.travel(at(FRIDAYS[1], 20), tick=False):
        change_series(choir.id, FRIDAYS[0], by=place.bram, title="Big choir", **EIGHT)

    assert periods(choir) == in_order([0, 1], 19, 21) + in_order([2, 3], 20, 22)
    titles = [booking.title for booking in queries.bookings_of(choir)]
    assert titles == ["Choir", "Choir", "Big choir", "Big choir"]


def test_what_was_changed_by_itself_stays_as_it_is(place, choir):
    """Line 11: exceptions."""
    second, third = queries.bookings_of(choir)[1:3]
    changes.move(second.id, place.hall, friday(15, 17, weeks=1), by=place.bram)
    changes.edit(third.id, by=place.bram, title="With guests")

    done = change_series(choir.id, FRIDAYS[0], by=place.bram, **EIGHT)

    assert [booking.id for booking in done.kept] == [second.id, third.id]
    assert periods(choir) == [
        friday(20, 22),
        friday(15, 17, weeks=1),
        friday(19, 21, weeks=2),
        friday(20, 22, weeks=3),
    ]


def test_an_exception_stays_one_through_every_later_change(place, choir):
    second = queries.bookings_of(choir)[1]
    changes.move(second.id, place.hall, friday(15, 17, weeks=1), by=place.bram)
    change_series(choir.id, FRIDAYS[2], by=place.bram, title="Spring choir")
    change_series(choir.id, FRIDAYS[0], by=place.bram, **EIGHT)

    told = [(each.period, each.title) for each in queries.bookings_of(choir)]
    assert told == [
        (friday(20, 22), "Choir"),
        (friday(15, 17, weeks=1), "Choir"),
        (friday(20, 22, weeks=2), "Spring choir"),
        (friday(20, 22, weeks=3), "Spring choir"),
    ]
    exceptions = [queries.is_exception(choir, each) for each in queries.bookings_of(choir)]
    assert exceptions == [False, True, False, False]


def test_a_day_that_was_cancelled_or_left_out_stays_so_and_comes_back_as_planned(place):
    """Line 11: deletions."""
    in_the_way = a_confirmed_booking(place.hall, friday(19, 20, weeks=1))
    choir = actions.book_what_is_free(place.hall, a_series_wish(), **place.us)
    cancel(queries.bookings_of(choir)[1].id, by=place.bram)

    change_series(choir.id, FRIDAYS[0], by=place.bram, **EIGHT)

    live = [each.series_day for each in queries.bookings_of(choir) if each.is_live]
    assert live == [FRIDAYS[0], FRIDAYS[3]]
    added = [actions.add_day(choir.id, day, by=place.bram) for day in FRIDAYS[1:3]]
    assert [booking.period for booking in added] == in_order([1, 2], 20, 22)
    assert in_the_way.status == Status.CONFIRMED


def test_editing_never_conflicts_with_itself(place, choir):
    """Line 7: the new time lies over the old one, and later over itself again."""
    earlier = {"starts_minute": 18 * 60, "ends_minute": 20 * 60}

    change_series(choir.id, FRIDAYS[0], by=place.bram, **earlier)
    change_series(choir.id, FRIDAYS[0], by=place.bram, **earlier)

    assert periods(choir) == in_order(range(4), 18, 20)
    held = sorted((row.from_at, row.to_at) for row in db.session.query(Occupancy))
    assert held == [(each.start, each.end) for each in periods(choir)]


def test_one_day_in_the_way_means_that_nothing_changes(place, choir):
    """Line 10."""
    a_confirmed_booking(place.hall, friday(21, 23, weeks=2))

    with pytest.raises(DaysInTheWay) as refused:
        change_series(choir.id, FRIDAYS[0], by=place.bram, title="Later", **EIGHT)

    assert [each.day for each in refused.value.days] == [FRIDAYS[2]]
    assert periods(choir) == in_order(range(4), 19, 21)
    assert len(choir.plans) == 1
    assert {each.title for each in queries.bookings_of(choir)} == {"Choir"}


def test_a_series_moves_to_another_room_at_the_price_of_that_room(place, choir):
    change_series(choir.id, FRIDAYS[1], by=place.bram, room=place.small)

    told = [(each.room.slug, each.total_cents) for each in queries.bookings_of(choir)]
    assert told == [("hall", 2000)] + 3 * [("small", 1000)]


def test_a_series_does_not_move_to_a_room_that_is_too_small_or_elsewhere(place, choir):
    with pytest.raises(NotBookable):
        change_series(choir.id, FRIDAYS[0], by=place.bram, room=place.small, people=13)
    with pytest.raises(OtherHouse):
        change_series(choir.id, FRIDAYS[0], by=place.bram, room=a_room(a_venue()))


def test_other_words_change_no_price_and_ask_nothing_of_the_house(place):
    asking = a_room(place.venue)
    series = a_series(asking, **place.us)
    for booking in queries.bookings_of(series):
        approve(booking.id, by=place.amina)

    words = {"title": "Big choir", "people": 15, "is_public": True, "remark": "Hello"}
    change_series(series.id, FRIDAYS[1], by=place.bram, **words)

    told = [(each.title, each.people, each.status) for each in queries.bookings_of(series)]
    yes = Status.CONFIRMED
    assert told == [("Choir", 10, yes)] + 3 * [("Big choir", 15, yes)]


def test_a_confirmed_series_never_falls_back(place):
    """Line 4: another time has to be asked of the house, and all stays as it was."""
    asking = a_room(place.venue)
    series = a_series(asking, **place.us)
    for booking in queries.bookings_of(series):
        approve(booking.id, by=place.amina)

    assert change_series(series.id, FRIDAYS[0], by=place.bram, **EIGHT).question.is_open

    assert {each.status for each in queries.bookings_of(series)} == {Status.CONFIRMED}
    assert periods(series) == in_order(range(4), 19, 21)
    change_series(series.id, FRIDAYS[0], by=place.bram, starts_minute=20 * 60)  # Shorter.
    change_series(series.id, FRIDAYS[0], by=place.amina, ends_minute=22 * 60)  # The house itself.
    assert periods(series) == in_order(range(4), 20, 22)


def test_a_series_that_waits_changes_and_goes_on_waiting(place):
    series = a_series(a_room(place.venue), **place.us)

    change_series(series.id, FRIDAYS[0], by=place.bram, purpose=Purpose.MEETING, **EIGHT)

    assert {each.status for each in queries.bookings_of(series)} == {Status.REQUESTED}
    assert periods(series) == in_order(range(4), 20, 22)


def test_one_letter_tells_what_changed_and_what_stayed_and_nobody_else_hears(place, choir):
    """Line 11: never mails third parties."""
    a_confirmed_booking(place.small, friday(19, 21), by=a_person("Dirk"))
    changes.move(
        queries.bookings_of(choir)[1].id, place.hall, friday(9, 11, weeks=1), by=place.bram
    )
    db.session.query(OutboxLetter).delete()

    change_series(choir.id, FRIDAYS[0], by=place.bram, **EIGHT)

    letters = {letter.recipient: letter for letter in db.session.query(OutboxLetter)}
    assert set(letters) == {place.bram.email, place.amina.email}
    told = letters[place.bram.email]
    assert (told.template, len(told.facts["days"]), len(told.facts["kept"])) == (
        "series_changed",
        3,
        1,
    )
    [line] = db.session.query(LogEntry).filter_by(verb="series.changed")
    assert line.detail == {"count": 3, "fields": ["ends_minute", "starts_minute"]}


def test_when_no_day_is_left_there_is_nothing_to_change(place, choir):
    with pytest.raises(NothingLeft):
        change_series(choir.id, FRIDAYS[4], by=place.bram, **EIGHT)


def test_a_stranger_changes_nothing(place, choir):
    host = a_person("Amina")
    a_role(host, "key_holder", place.venue)

    with pytest.raises(NotFound):
        change_series(choir.id, FRIDAYS[0], by=a_person("Dirk"), title="Mine")
    with pytest.raises(NotAllowed):
        change_series(choir.id, FRIDAYS[0], by=host, title="Mine")
    assert db.session.query(Booking).filter_by(title="Mine").count() == 0


def test_a_groups_own_turnover_never_stands_in_its_way_and_that_of_others_does(place):
    """Every day from morning to noon, and the group's own evening close behind it."""
    room = a_room(place.venue, slug="tea", approval=Approval.ALWAYS, turnover_minutes=60)
    tea = a_series(room, "FREQ=WEEKLY;COUNT=2", 10, 12, **place.us)
    a_booking(room, friday(13, 15), **place.us)
    evening = a_series(room, "FREQ=WEEKLY;COUNT=2", 16, 18, **place.us)

    later = {"starts_minute": 10 * 60, "ends_minute": 13 * 60}
    change_series(tea.id, FRIDAYS[0], by=place.bram, **later)  # It touches the own booking.
    change_series(evening.id, FRIDAYS[0], by=place.bram, starts_minute=15 * 60)
    a_confirmed_booking(room, friday(8, 9, weeks=2))
    a_confirmed_booking(room, friday(12, 14, weeks=3))
    a_booking(room, friday(13, 15, weeks=2), **place.us)

    assert periods(tea) == in_order([0, 1], 10, 13)
    assert periods(evening) == in_order([0, 1], 15, 18)
    new = actions.extend_series(tea.id, FRIDAYS[2], by=place.bram)
    assert [each.period for each in new] == [friday(10, 13, weeks=2)]
    assert len(actions.extend_series(evening.id, FRIDAYS[2], by=place.bram)) == 1
    with pytest.raises(DaysInTheWay) as refused:  # 13:00 is within the hour of somebody else.
        actions.extend_series(tea.id, FRIDAYS[3], by=place.bram)
    assert [each.day for each in refused.value.days] == [FRIDAYS[3]]
    a_confirmed_booking(room, friday(19.5, 21))
    with pytest.raises(DaysInTheWay):
        change_series(evening.id, FRIDAYS[0], by=place.bram, ends_minute=19 * 60)
    assert doctor.shares() == []
