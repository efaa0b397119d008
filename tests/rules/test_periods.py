"""Periods: half-open, in UTC, and honest about where they touch."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.periods import (
    EndBeforeStart,
    NaiveMoment,
    Period,
    intersect,
    merge,
    subtract,
)
from tests.rules.moments import at, minutes_of, periods, span


def test_ten_to_eleven_and_eleven_to_twelve_touch_without_overlap():
    assert not span(10, 11).overlaps(span(11, 12))
    assert span(10, 11).touches(span(11, 12))
    assert span(11, 12).touches(span(10, 11))
    assert not span(10, 11).touches(span(12, 13))


def test_a_minute_in_common_is_an_overlap():
    assert span(10, 11).overlaps(span(10.75, 12))


def test_a_period_contains_itself_and_what_lies_inside():
    assert span(10, 12).contains(span(10, 12))
    assert span(10, 12).contains(span(10.5, 11))
    assert not span(10, 12).contains(span(11, 12.5))


def test_a_period_is_kept_in_utc():
    summer = timezone(timedelta(hours=2))
    period = Period(
        datetime(2026, 7, 1, 10, tzinfo=summer), datetime(2026, 7, 1, 11, tzinfo=summer)
    )

    assert period.start == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert period.start.tzinfo is UTC
    assert period.minutes == 60


def test_a_naive_moment_is_refused():
    with pytest.raises(NaiveMoment):
        Period(at(10).replace(tzinfo=None), at(11))


@pytest.mark.parametrize("end", [10, 9])
def test_an_end_that_is_not_after_the_start_is_refused(end):
    with pytest.raises(EndBeforeStart):
        span(10, end)


def test_buffers_widen_a_period_on_both_sides():
    assert span(10, 11).widened(before_minutes=15, after_minutes=30) == span(9.75, 11.5)


def test_a_moved_period_lasts_as_long():
    assert span(10, 11.5).moved_to(at(14)) == span(14, 15.5)


def test_what_touches_has_nothing_in_common():
    assert span(10, 11).intersection(span(11, 12)) is None
    assert span(10, 12).intersection(span(11, 13)) == span(11, 12)


def test_merging_joins_neighbours_that_touch():
    assert merge([span(11, 12), span(10, 11), span(14, 15)]) == [span(10, 12), span(14, 15)]


def test_a_hole_cuts_a_period_in_two():
    assert subtract([span(10, 14)], [span(11, 12)]) == [span(10, 11), span(12, 14)]


@given(st.lists(periods(), max_size=6), st.lists(periods(), max_size=6))
def test_subtracting_leaves_exactly_the_minutes_outside_the_holes(some, holes):
    left = subtract(some, holes)

    assert minutes_of(left) == minutes_of(some) - minutes_of(holes)
    assert left == merge(left)


@given(st.lists(periods(), max_size=6), st.lists(periods(), max_size=6))
def test_intersecting_keeps_exactly_the_minutes_in_both(some, others):
    common = intersect(some, others)

    assert minutes_of(common) == minutes_of(some) & minutes_of(others)
    assert common == merge(common) == intersect(others, some)


@given(st.lists(periods(), max_size=6))
def test_merged_periods_neither_overlap_nor_touch(some):
    merged = merge(some)

    assert minutes_of(merged) == minutes_of(some)
    assert all(earlier.end < later.start for earlier, later in pairwise(merged))


@given(periods(), periods())
def test_overlap_is_mutual_and_means_minutes_in_common(one, other):
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(other) == bool(minutes_of([one]) & minutes_of([other]))
