"""Cancellation: notice is counted on the clock, and the boundary is the booker's."""

from datetime import timedelta

import pytest

from buurthuis.rules.cancellation import in_time_until, is_late
from tests.rules.moments import AUTUMN, FRIDAY, SPRING, at

MINUTE = timedelta(minutes=1)


def test_at_the_boundary_the_booker_is_in_time():
    evening, a_day_before = at(19), at(19, FRIDAY - timedelta(days=1))

    assert not is_late(now=a_day_before, starts_at=evening, notice_hours=24)
    assert is_late(now=a_day_before + MINUTE, starts_at=evening, notice_hours=24)


@pytest.mark.parametrize("sunday", [SPRING, AUTUMN])
def test_notice_is_counted_on_the_local_clock(sunday):
    evening, a_day_before = at(19, sunday), at(19, sunday - timedelta(days=1))

    assert not is_late(now=a_day_before, starts_at=evening, notice_hours=24)
    assert is_late(now=a_day_before + MINUTE, starts_at=evening, notice_hours=24)


def test_a_house_without_notice_lets_one_cancel_until_the_start():
    assert not is_late(now=at(19), starts_at=at(19), notice_hours=0)
    assert is_late(now=at(19) + MINUTE, starts_at=at(19), notice_hours=0)


@pytest.mark.parametrize("day", [FRIDAY, SPRING, AUTUMN])
def test_the_last_moment_in_time_is_the_one_that_is_told(day):
    for hour in (1, 3, 19):
        until = in_time_until(starts_at=at(hour, day), notice_hours=48)

        assert not is_late(now=until, starts_at=at(hour, day), notice_hours=48)
        assert is_late(now=until + MINUTE, starts_at=at(hour, day), notice_hours=48)
