"""Opening: when a house and its rooms are open."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.calendar import day_period, moment
from buurthuis.rules.opening import (
    DayPart,
    Hours,
    NoSuchHours,
    bookable,
    day_part_period,
    windows,
)
from buurthuis.rules.periods import Period, merge
from tests.rules.moments import AUTUMN, FRIDAY, SPRING, at, minutes_of, span

SATURDAY = FRIDAY + timedelta(days=1)
OFFICE_FRIDAY = Hours(4, 9 * 60, 22 * 60)
LATE_FRIDAY = Hours(4, 18 * 60, 25 * 60)


def test_a_house_is_open_during_the_hours_of_its_weekday():
    assert windows([OFFICE_FRIDAY], FRIDAY, SATURDAY) == [span(9, 22)]


def test_an_evening_past_midnight_belongs_to_the_day_it_opened():
    assert windows([LATE_FRIDAY], FRIDAY, FRIDAY) == [span(18, 25)]
    assert windows([LATE_FRIDAY], SATURDAY, SATURDAY) == []


def test_a_room_can_still_be_booked_in_the_night_that_began_yesterday():
    assert bookable([LATE_FRIDAY], [], [], SATURDAY, SATURDAY) == [span(18, 25)]


def test_what_closed_before_the_first_day_is_left_out():
    assert bookable([OFFICE_FRIDAY], [], [], SATURDAY, SATURDAY) == []


def test_hours_that_touch_at_midnight_become_one_window():
    round_the_clock = [Hours(weekday, 0, 1440) for weekday in range(7)]

    assert windows(round_the_clock, FRIDAY, SATURDAY) == [span(0, 48)]


def test_a_holiday_has_no_hours():
    assert windows([OFFICE_FRIDAY], FRIDAY, FRIDAY, holidays={FRIDAY}) == []


def test_hours_hold_on_their_first_and_their_last_day():
    next_friday = FRIDAY + timedelta(days=7)
    hours = [Hours(4, 540, 600, valid_from=FRIDAY, valid_to=next_friday)]
    around = windows(hours, FRIDAY - timedelta(days=14), next_friday + timedelta(days=14))

    assert around == [span(9, 10), span(9, 10, next_friday)]


def test_a_room_with_hours_of_its_own_narrows_the_house():
    room = [Hours(4, 8 * 60, 12 * 60)]

    assert bookable([OFFICE_FRIDAY], room, [], FRIDAY, FRIDAY) == [span(9, 12)]


def test_a_room_follows_the_house_on_days_it_has_no_hours_for():
    thursday_room = [Hours(3, 8 * 60, 12 * 60)]

    assert bookable([OFFICE_FRIDAY], thursday_room, [], FRIDAY, FRIDAY) == [span(9, 22)]


def test_a_room_without_hours_on_its_only_day_keeps_them_to_their_dates():
    winter_room = [Hours(4, 600, 660, valid_from=SATURDAY)]

    assert bookable([OFFICE_FRIDAY], winter_room, [], FRIDAY, FRIDAY) == [span(9, 22)]


def test_a_closure_cuts_a_hole():
    assert bookable([OFFICE_FRIDAY], [], [span(12, 13)], FRIDAY, FRIDAY) == [
        span(9, 12),
        span(13, 22),
    ]


def test_a_house_opens_at_its_usual_time_on_the_days_of_a_clock_change():
    sunday = [Hours(6, 9 * 60, 17 * 60)]

    for day in (SPRING, AUTUMN):
        assert windows(sunday, day, day) == [span(9, 17, day)]


def test_a_house_that_closes_in_the_missing_hour_closes_when_it_begins():
    assert windows([Hours(5, 1320, 1590)], SPRING - timedelta(days=1), SPRING) == [
        Period(moment(SPRING, -120), moment(SPRING, 180))
    ]


def test_hours_wholly_in_the_missing_hour_are_no_time_at_all():
    assert windows([Hours(6, 120, 180)], SPRING, SPRING) == []


@pytest.mark.parametrize(
    ("weekday", "opens", "closes"),
    [(7, 540, 600), (-1, 540, 600), (0, 600, 600), (0, 0, 2161), (0, -1, 5)],
)
def test_hours_no_clock_can_keep_are_refused(weekday, opens, closes):
    with pytest.raises(NoSuchHours):
        Hours(weekday, opens, closes)


def test_a_part_of_the_day_is_a_period_on_a_day():
    assert day_part_period(DayPart("evening", 18 * 60, 24 * 60), FRIDAY) == Period(at(18), at(24))


hours = st.builds(
    lambda weekday, opens, length: Hours(weekday, opens, min(opens + length, 2160)),
    st.integers(0, 6),
    st.integers(0, 1439),
    st.integers(1, 900),
)
somewhere = st.sampled_from([FRIDAY, SPRING, AUTUMN, date(2026, 12, 31)])


@given(st.lists(hours, max_size=6), somewhere, st.integers(0, 8))
def test_days_asked_one_by_one_give_the_same_time_as_all_at_once(some, first, more):
    days = [first + timedelta(days=ahead) for ahead in range(more + 1)]
    one_by_one = [window for day in days for window in windows(some, day, day)]

    assert windows(some, first, days[-1]) == merge(one_by_one)


@given(st.lists(hours, max_size=4), st.lists(hours, max_size=3), somewhere)
def test_a_room_is_never_open_while_its_house_is_not(house, room, day):
    whole = bookable(house, [], [], day, day)

    assert minutes_of(bookable(house, room, [], day, day)) <= minutes_of(whole)


@given(st.lists(hours, max_size=4), somewhere)
def test_a_closure_of_the_day_leaves_nothing_of_that_day(some, day):
    left = bookable(some, [], [day_period(day)], day, day)

    assert not any(window.overlaps(day_period(day)) for window in left)
