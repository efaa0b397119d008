"""Reminders go once for each start, the evening list in the evening, and a tap can be undone."""

from datetime import timedelta

import pytest

from buurthuis.rules.calendar import moment
from buurthuis.rules.told import (
    THREE_HOURS,
    TWO_DAYS,
    can_be_taken_back,
    evening_of,
    is_reminder_due,
)
from tests.rules.moments import FRIDAY

STARTS = moment(FRIDAY, 19 * 60)
MINUTE = timedelta(minutes=1)


def due(ahead, *, before, told_before=timedelta(days=9), reminded_of=None):
    return is_reminder_due(
        ahead,
        starts_at=STARTS,
        told_at=STARTS - told_before,
        reminded_of=reminded_of,
        now=STARTS - before,
    )


@pytest.mark.parametrize("ahead", [TWO_DAYS, THREE_HOURS])
def test_a_reminder_goes_from_its_moment_until_the_start(ahead):
    assert not due(ahead, before=ahead + MINUTE)
    assert due(ahead, before=ahead)
    assert due(ahead, before=MINUTE)
    assert not due(ahead, before=timedelta())


@pytest.mark.parametrize("ahead", [TWO_DAYS, THREE_HOURS])
def test_it_goes_once_for_each_start(ahead):
    assert not due(ahead, before=ahead, reminded_of=STARTS)
    assert due(ahead, before=ahead, reminded_of=STARTS - timedelta(days=1))


def test_who_heard_only_afterwards_needs_no_reminder():
    assert not due(TWO_DAYS, before=timedelta(hours=40), told_before=timedelta(hours=47))
    assert due(THREE_HOURS, before=timedelta(hours=3), told_before=timedelta(hours=47))


@pytest.mark.parametrize(
    ("hour", "is_time"), [(17.9, False), (18, True), (21.9, True), (22, False)]
)
def test_the_evening_list_goes_in_the_evening(hour, is_time):
    assert evening_of(moment(FRIDAY, int(hour * 60))) == (FRIDAY if is_time else None)


def test_a_tap_can_be_undone_for_two_minutes():
    assert can_be_taken_back(since=STARTS, now=STARTS + timedelta(seconds=119))
    assert not can_be_taken_back(since=STARTS, now=STARTS + timedelta(seconds=120))
