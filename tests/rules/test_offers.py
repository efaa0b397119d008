"""Offers: what is offered can be booked, and what can be booked is offered."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.availability import (
    Ask,
    Limits,
    Problem,
    RoomFacts,
    alternatives,
    free_spans,
    problems,
)
from buurthuis.rules.calendar import clock_minutes
from buurthuis.rules.overlap import with_buffers
from buurthuis.rules.periods import Period, subtract
from tests.rules.moments import at, minutes_of, periods

# Random rooms on the first day of a year, seen from the day before.
_EVE = datetime(2025, 12, 31, 9, tzinfo=UTC)
rooms = st.builds(
    lambda windows, busy, own, closures, setup, turnover: RoomFacts(
        capacity=20,
        windows=subtract(windows, closures),
        closures=closures,
        busy=busy,
        setup_minutes=setup,
        turnover_minutes=turnover,
        own=own,
    ),
    st.lists(periods(2000), max_size=3),
    st.lists(periods(), max_size=3),
    st.lists(periods(), max_size=2),
    st.lists(periods(), max_size=1),
    st.sampled_from([0, 10, 30]),
    st.sampled_from([0, 15, 40]),
)
house_limits = st.builds(
    Limits,
    step_minutes=st.sampled_from([1, 5, 15, 30, 60]),
    min_minutes=st.sampled_from([0, 15, 60]),
    max_minutes=st.sampled_from([60, 240, 1440]),
    notice_minutes=st.sampled_from([0, 600, 1000]),
    horizon_days=st.sampled_from([0, 1, 30]),
)


@given(rooms, house_limits, periods())
def test_offered_means_bookable(room, limits, wanted):
    for other in alternatives(Ask(wanted), room, limits, now=_EVE):
        assert other.start != wanted.start
        assert other.minutes == wanted.minutes
        assert problems(Ask(other), room, limits, now=_EVE) == []


@given(rooms, house_limits, periods())
def test_the_nearest_is_offered_first(room, limits, wanted):
    offered = alternatives(Ask(wanted), room, limits, now=_EVE)
    distances = [abs(other.start - wanted.start) for other in offered]

    assert distances == sorted(distances)
    assert len(set(offered)) == len(offered)


@given(rooms, house_limits)
def test_whatever_is_on_the_step_inside_a_free_span_is_bookable(room, limits):
    for free in free_spans(room, limits, now=_EVE):
        step = timedelta(minutes=limits.step_minutes)
        count = (free.end - free.start) // step
        for edge in (Period(free.start, free.start + step), Period(free.end - step, free.end)):
            if limits.min_minutes <= clock_minutes(edge) <= limits.max_minutes:
                assert problems(Ask(edge), room, limits, now=_EVE) == []
        assert free.start + count * step == free.end


@given(rooms, house_limits, periods())
def test_whatever_is_bookable_lies_inside_a_free_span(room, limits, wanted):
    if problems(Ask(wanted), room, limits, now=_EVE):
        return
    last_midnight = at(24, date(2025, 12, 31) + timedelta(days=limits.horizon_days))
    if wanted.end > last_midnight:
        return
    assert any(free.contains(wanted) for free in free_spans(room, limits, now=_EVE))


@given(rooms, periods())
def test_taken_means_that_some_minute_is_held_twice(room, wanted):
    limits = Limits(1, 0, 10_000, 0, 365)
    claimed = with_buffers(
        wanted,
        setup_minutes=room.setup_minutes,
        teardown_minutes=room.teardown_minutes,
        turnover_minutes=room.turnover_minutes,
    )
    twice = minutes_of([claimed]) & minutes_of(list(room.busy))
    own_twice = minutes_of([wanted]) & minutes_of(list(room.own))

    taken = Problem.TAKEN in problems(Ask(wanted), room, limits, now=_EVE)
    assert taken == bool(twice or own_twice)
