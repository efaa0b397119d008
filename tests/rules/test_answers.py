"""Answers: when one comes late, and how long it can be taken back."""

from datetime import timedelta

import pytest

from buurthuis.rules.answers import (
    TIME_TO_THINK,
    can_be_taken_back,
    is_late,
    overdue_since,
)
from buurthuis.rules.calendar import moment
from buurthuis.rules.states import Status
from tests.rules.moments import FRIDAY

NOON = moment(FRIDAY, 12 * 60)
A_SECOND = timedelta(seconds=1)


def test_a_request_waits_too_long_after_three_days():
    assert not is_late(asked_at=NOON, now=NOON + timedelta(days=3) - A_SECOND)
    assert is_late(asked_at=NOON, now=NOON + timedelta(days=3))


def test_a_house_that_promises_a_day_is_late_after_a_day_and_overdue_after_two():
    one_day = NOON + timedelta(days=1)

    assert is_late(asked_at=NOON, now=one_day, within_hours=24)
    assert overdue_since(now=one_day + timedelta(days=1), within_hours=24) == NOON


@pytest.mark.parametrize("status", sorted(Status))
def test_only_an_answer_that_has_not_left_can_be_taken_back(status):
    leaves_at = NOON + TIME_TO_THINK
    is_answer = status in {Status.CONFIRMED, Status.REFUSED}

    assert can_be_taken_back(status, leaves_at=leaves_at, now=leaves_at - A_SECOND) is is_answer
    assert not can_be_taken_back(status, leaves_at=leaves_at, now=leaves_at)
    assert not can_be_taken_back(status, leaves_at=None, now=NOON)
