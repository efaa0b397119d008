"""Reminders go by day, on the day before, to whoever has known for longer."""

from datetime import date, timedelta

import pytest

from buurthuis.rules.calendar import day_period, moment
from buurthuis.rules.reminders import is_needed, starts_to_remind_of
from tests.rules.moments import FRIDAY

THURSDAY = FRIDAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("hour", "is_time"), [(8.99, False), (9, True), (19.99, True), (20, False)]
)
def test_nobody_is_woken(hour, is_time):
    found = starts_to_remind_of(moment(THURSDAY, int(hour * 60)))

    assert found == (day_period(FRIDAY) if is_time else None)


def test_the_day_before_the_clock_changes_is_a_day_before():
    spring = date(2026, 3, 29)

    assert starts_to_remind_of(moment(spring - timedelta(days=1), 600)) == day_period(spring)


def test_who_heard_the_yes_that_day_needs_no_reminder():
    starts_at = moment(FRIDAY, 19 * 60)
    last_moment = moment(THURSDAY, 0) - timedelta(seconds=1)

    assert is_needed(starts_at=starts_at, certain_since=[last_moment, None])
    assert not is_needed(starts_at=starts_at, certain_since=[last_moment, moment(THURSDAY, 0)])
