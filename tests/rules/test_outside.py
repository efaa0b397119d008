"""Calendars of others: nothing that others hold is taken, and one knows in time when to worry."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.outside import has_stopped, looks_broken, next_look, time_to_take
from buurthuis.rules.periods import Period, intersect, merge

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def hours(start, end):
    return Period(NOW + start * HOUR, NOW + end * HOUR)


periods = st.lists(
    st.builds(
        lambda start, length: hours(start, start + length), st.integers(0, 40), st.integers(1, 9)
    ),
    max_size=8,
)


@given(periods, st.dictionaries(st.integers(1, 3), periods))
def test_every_space_is_taken_for_all_that_is_wanted_and_nobody_holds(wanted, held):
    plan = time_to_take(wanted, held, [1, 2, 3])

    for space in (1, 2, 3):
        taken = [period for period, spaces in plan.items() if space in spaces]
        others = held.get(space, [])
        assert merge(taken) == sorted(taken), "its own times do not meet"
        assert not intersect(taken, others)
        assert merge([*taken, *intersect(wanted, others)]) == merge(wanted)


def test_spaces_taken_for_the_same_stretch_stand_together():
    plan = time_to_take([hours(9, 10), hours(10, 12)], {2: [hours(11, 12)]}, [1, 2, 3])

    assert plan == {hours(9, 12): frozenset({1, 3}), hours(9, 11): frozenset({2})}


def test_one_looks_every_half_hour_and_less_often_the_longer_nobody_answers():
    def minutes(failures):
        return (next_look(NOW, failures, 0.5) - NOW) / timedelta(minutes=1)

    assert [minutes(failures) for failures in (0, 1, 2, 3, 6, 7, 500)] == [
        *(30, 10, 20, 40, 320, 360, 360)
    ]


@given(st.integers(0, 99), st.floats(0, 1, exclude_max=True))
def test_chance_moves_the_next_look_by_a_fifth_at_most(failures, chance):
    wait, middle = (next_look(NOW, failures, each) - NOW for each in (chance, 0.5))

    assert timedelta(0) < wait
    assert abs(wait - middle) <= middle * 0.2 + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("failures", "read_before", "expected"),
    [
        *((0, 50 * HOUR, False), (4, HOUR, False), (5, HOUR, True), (1, 24 * HOUR, False)),
        *((1, 25 * HOUR, True), (4, None, False), (5, None, True)),
    ],
)
def test_a_calendar_has_stopped_after_five_failures_or_a_day(failures, read_before, expected):
    read_at = None if read_before is None else NOW - read_before

    assert has_stopped(NOW, failures=failures, read_at=read_at) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        *((0, 0, False), (1, 0, True), (9, 1, False), (10, 5, False), (10, 4, True)),
        *((0, 90, False), (90, 91, False)),
    ],
)
def test_a_calendar_that_is_suddenly_empty_or_half_is_not_believed(before, after, expected):
    assert looks_broken(before, after) is expected
