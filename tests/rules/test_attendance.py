"""Who came: bands and numbers, the grace of a house, and how long what was said can be undone."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules import attendance
from buurthuis.rules.attendance import UNCOUNTED, Band, CountsDiffer, HeadCount, counted
from buurthuis.rules.calendar import moment
from buurthuis.rules.periods import Period
from tests.rules.moments import FRIDAY

EVENING = Period(moment(FRIDAY, 19 * 60), moment(FRIDAY, 22 * 60))
A_SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("people", "band"),
    [(1, "1-5"), (5, "1-5"), (6, "6-10"), (11, "11-20"), (20, "11-20"), (21, "21-40"),
     (40, "21-40"), (41, "41+"), (900, "41+")],
)  # fmt: skip
def test_each_number_lies_in_one_band(people, band):
    assert attendance.band_of(people) == band


@given(st.integers(1, 10_000))
def test_more_people_never_lie_in_a_lower_band(people):
    bands = list(Band)

    here, more = attendance.band_of(people), attendance.band_of(people + 1)

    assert 0 <= bands.index(more) - bands.index(here) <= 1
    assert here.least <= people


@pytest.mark.parametrize("people", [0, -3])
def test_nobody_is_no_head_count(people):
    with pytest.raises(ValueError):
        counted(people=people)


def test_a_count_is_a_number_or_a_band_or_nothing():
    assert counted() == UNCOUNTED
    assert counted(band=Band.SMALL) == HeadCount(None, Band.SMALL)
    assert counted(people=12) == HeadCount(12, Band.MIDDLE)
    assert counted(people=12, band=Band.MIDDLE) == HeadCount(12, Band.MIDDLE)
    with pytest.raises(CountsDiffer):
        counted(people=12, band=Band.SMALL)


def test_one_may_be_early_on_the_day_itself():
    assert attendance.check_in_from(EVENING.start) == moment(FRIDAY, 0)


@given(st.integers(0, 1440))
def test_nobody_came_is_said_after_the_grace_and_at_the_end_in_any_case(grace):
    said_from = attendance.nobody_came_from(EVENING, grace_minutes=grace)

    assert EVENING.start <= said_from <= EVENING.end
    assert said_from == EVENING.end or said_from - EVENING.start == timedelta(minutes=grace)


def test_what_was_said_can_be_undone_for_a_day():
    said_at = EVENING.start

    assert attendance.can_be_undone(said_at=said_at, now=said_at + timedelta(days=1) - A_SECOND)
    assert not attendance.can_be_undone(said_at=said_at, now=said_at + timedelta(days=1))


def test_the_list_on_paper_is_copied_within_a_month():
    assert attendance.told_until(EVENING.end) - EVENING.end == timedelta(days=31)
