"""Availability: one answer to "may this be booked?"."""

from dataclasses import replace
from datetime import timedelta

import pytest

from buurthuis.rules.availability import (
    Ask,
    Limits,
    Problem,
    RoomFacts,
    alternatives,
    free_spans,
    problems,
)
from buurthuis.rules.periods import Period, subtract
from tests.rules.moments import AUTUMN, FRIDAY, SPRING, at, span

NOW = at(8)
SATURDAY, SUNDAY = FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2)
ROOM = RoomFacts(capacity=20, windows=[span(9, 22), span(9, 22, SATURDAY)])
LIMITS = Limits(
    step_minutes=15, min_minutes=30, max_minutes=480, notice_minutes=0, horizon_days=365
)


def asked(start, end, *, people=None, facts=ROOM, limits=LIMITS, now=NOW, day=FRIDAY):
    return problems(Ask(span(start, end, day), people), facts, limits, now=now)


def test_a_free_room_may_be_booked():
    assert asked(10, 12, people=20) == []


def test_a_whole_window_may_be_booked():
    assert asked(9, 22, limits=replace(LIMITS, max_minutes=780)) == []


def test_yesterday_cannot_be_booked():
    assert asked(10, 12, now=at(10.25)) == [Problem.IN_THE_PAST]
    assert asked(10, 12, now=at(10)) == []


def test_notice_at_the_boundary_is_notice_enough():
    a_day_ahead = replace(LIMITS, notice_minutes=1440)

    assert asked(8, 10, day=SATURDAY, limits=a_day_ahead) == [Problem.OUTSIDE_HOURS]
    assert asked(10, 12, limits=a_day_ahead) == [Problem.TOO_SOON]


def test_notice_is_counted_on_the_clock():
    day_before = SPRING - timedelta(days=1)
    room = replace(ROOM, windows=[span(9, 22, SPRING)])
    a_day_ahead = replace(LIMITS, notice_minutes=1440)

    assert asked(10, 12, day=SPRING, facts=room, limits=a_day_ahead, now=at(10, day_before)) == []


def test_the_last_day_of_the_horizon_can_be_booked_and_the_next_cannot():
    today_only = replace(LIMITS, horizon_days=0)

    assert asked(20, 22, limits=today_only) == []
    assert asked(10, 12, day=SATURDAY, limits=today_only) == [Problem.TOO_FAR_AHEAD]


def test_the_clock_must_stand_on_the_step_at_start_and_end():
    off = Problem.OFF_THE_STEP

    assert asked(10.1, 12) == [off]
    assert asked(10, 12.1) == [off]
    assert asked(10.5, 12, limits=replace(LIMITS, step_minutes=60)) == [off]


def test_seconds_are_off_the_step():
    late = Period(at(10) + timedelta(seconds=30), at(12))

    assert problems(Ask(late), ROOM, LIMITS, now=NOW) == [Problem.OFF_THE_STEP]


def test_a_booking_is_neither_too_short_nor_too_long():
    assert asked(10, 10.25) == [Problem.TOO_SHORT]
    assert asked(10, 18.25) == [Problem.TOO_LONG]
    assert asked(10, 10.5) == asked(10, 18) == []


def test_a_room_holds_no_more_people_than_fit():
    assert asked(10, 12, people=21) == [Problem.TOO_MANY_PEOPLE]


def test_a_closure_is_named_as_such():
    closed = replace(ROOM, windows=subtract(ROOM.windows, [span(11, 13)]), closures=[span(11, 13)])

    assert asked(10, 12, facts=closed) == [Problem.CLOSED]
    assert asked(10, 11, facts=closed) == []


def test_outside_opening_hours_nothing_can_be_booked():
    assert asked(21, 22.5) == [Problem.OUTSIDE_HOURS]


def test_ten_to_eleven_and_eleven_to_twelve_touch_without_conflict():
    taken = replace(ROOM, busy=[span(10, 11)])

    assert asked(11, 12, facts=taken) == asked(9, 10, facts=taken) == []
    assert asked(10.5, 11.5, facts=taken) == [Problem.TAKEN]


def test_the_buffers_of_a_booking_may_not_meet_what_others_hold():
    room = replace(
        ROOM, busy=[span(14, 16)], setup_minutes=30, teardown_minutes=15, turnover_minutes=15
    )

    assert asked(12, 13.75, facts=room) == [Problem.TAKEN]
    assert asked(12, 13.5, facts=room) == []
    assert asked(16.25, 17, facts=room) == [Problem.TAKEN]
    assert asked(16.5, 17, facts=room) == []


def test_buffers_need_not_lie_inside_opening_hours():
    room = replace(ROOM, setup_minutes=60, teardown_minutes=60)

    assert asked(9, 10, facts=room) == asked(20, 22, facts=room) == []


def test_a_group_extends_its_own_booking_inside_its_own_turnover():
    own = replace(ROOM, own=[span(10, 12)], turnover_minutes=30)

    assert asked(12, 13, facts=own) == []
    assert asked(11, 13, facts=own) == [Problem.TAKEN]


def test_all_problems_are_told_at_once_and_in_order():
    found = asked(7.1, 23, people=99, now=at(8, SATURDAY))

    assert found == [
        Problem.IN_THE_PAST,
        Problem.OFF_THE_STEP,
        Problem.TOO_LONG,
        Problem.TOO_MANY_PEOPLE,
        Problem.OUTSIDE_HOURS,
    ]


def test_a_taken_room_offers_the_nearest_other_times():
    taken = replace(ROOM, busy=[span(12, 14)])

    offered = alternatives(Ask(span(12, 13)), taken, LIMITS, now=NOW)

    assert offered == [span(11, 12), span(14, 15), span(12, 13, SATURDAY)]


def test_fewer_alternatives_can_be_asked_for():
    taken = replace(ROOM, busy=[span(12, 14)])

    assert alternatives(Ask(span(12, 13)), taken, LIMITS, now=NOW, count=1) == [span(11, 12)]


def test_a_time_off_the_step_offers_the_steps_around_it():
    offered = alternatives(Ask(span(10.1, 11.1)), ROOM, LIMITS, now=NOW)

    assert offered[0] != span(10.1, 11.1)
    assert all(not problems(Ask(each), ROOM, LIMITS, now=NOW) for each in offered)


def test_no_other_time_makes_a_room_larger():
    assert alternatives(Ask(span(12, 13), people=21), ROOM, LIMITS, now=NOW) == []


def test_what_is_too_long_has_no_other_time():
    assert alternatives(Ask(span(9, 20)), ROOM, LIMITS, now=NOW) == []


def test_nothing_is_offered_more_than_a_week_later():
    far = replace(ROOM, windows=[span(9, 22, FRIDAY + timedelta(days=8))])

    assert alternatives(Ask(span(12, 13)), far, LIMITS, now=NOW) == []


def test_beyond_the_horizon_nothing_is_free():
    assert free_spans(ROOM, replace(LIMITS, horizon_days=0), now=at(23)) == []
    assert free_spans(ROOM, replace(LIMITS, horizon_days=-1), now=NOW) == []


def test_free_spans_leave_out_what_others_hold_with_the_buffers_of_a_booking():
    room = replace(ROOM, busy=[span(12, 14)], setup_minutes=15, turnover_minutes=30)

    assert free_spans(room, LIMITS, now=NOW) == [
        span(9, 11.5),
        span(14.25, 22),
        span(9, 22, SATURDAY),
    ]


def test_a_free_span_begins_and_ends_on_the_step():
    ragged = replace(ROOM, windows=[span(9.1, 11.9), span(12, 12.4)])

    assert free_spans(ragged, LIMITS, now=NOW) == [span(9.25, 11.75)]


def test_today_a_free_span_begins_after_the_notice():
    half_past_nine = at(9.5) + timedelta(seconds=1)
    with_notice = replace(LIMITS, notice_minutes=60)

    assert free_spans(ROOM, with_notice, now=half_past_nine)[0] == span(10.75, 22)


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_the_night_of_a_clock_change_can_be_offered(day):
    room = replace(ROOM, windows=[span(0, 24, day)])
    by_the_two_hours = replace(LIMITS, step_minutes=120)

    assert free_spans(room, by_the_two_hours, now=at(0, day)) == [span(0, 24, day)]
    assert free_spans(replace(room, busy=[span(0, 1, day)]), by_the_two_hours, now=at(0, day)) == [
        Period(at(4, day) if day == SPRING else at(2, day), at(24, day))
    ]


GARDEN = replace(ROOM, only_with=frozenset({7}))


def test_a_garden_alone_cannot_be_booked():
    assert asked(10, 12, facts=GARDEN) == [Problem.ALONE]


def test_a_garden_goes_with_the_room_that_its_group_has():
    beside = replace(GARDEN, company=[span(9, 11), span(11, 12)])

    assert asked(10, 12, facts=beside) == []
    assert asked(10, 12.25, facts=beside) == [Problem.ALONE]


def test_a_garden_goes_with_the_room_that_is_asked_for_in_the_same_go():
    ask = Ask(span(10, 12), along=frozenset({7}))

    assert problems(ask, GARDEN, LIMITS, now=NOW) == []
    assert problems(replace(ask, along=frozenset({8})), GARDEN, LIMITS, now=NOW) == [Problem.ALONE]
    assert alternatives(ask, GARDEN, LIMITS, now=NOW)


def test_time_to_prepare_keeps_the_room_from_others():
    room = replace(ROOM, own_buffer_minutes=60, setup_minutes=15, busy=[span(9, 10)])
    ask = Ask(span(11, 12), setup_minutes=45)

    assert problems(ask, room, LIMITS, now=NOW) == []
    assert problems(replace(ask, setup_minutes=46), room, LIMITS, now=NOW) == [Problem.TAKEN]


def test_time_to_clear_up_is_as_long_as_the_house_allows():
    ask = Ask(span(11, 12), teardown_minutes=30)

    assert problems(ask, ROOM, LIMITS, now=NOW) == [Problem.BUFFER_TOO_LONG]
    assert problems(ask, replace(ROOM, own_buffer_minutes=30), LIMITS, now=NOW) == []
