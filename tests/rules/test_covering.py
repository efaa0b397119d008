"""A shift that needs somebody else: a few are asked at a time, then the back-up, then the coordinator."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.calendar import moment
from buurthuis.rules.covering import (
    Candidate,
    SoFar,
    Step,
    least_recently_asked,
    next_step,
    patience,
)
from tests.rules.moments import FRIDAY

STARTS = moment(FRIDAY, 19 * 60)
NOON = moment(FRIDAY, 12 * 60)
HOUR = timedelta(hours=1)
CROWD = [Candidate(number) for number in range(1, 6)]


def step(so_far=SoFar(), candidates=CROWD, *, days_before=3, hours=0.0, has_backup=True):  # noqa: B008
    now = NOON - timedelta(days=days_before) + hours * HOUR
    return next_step(so_far, candidates, has_backup=has_backup, starts_at=STARTS, now=now)


def test_three_are_asked_and_later_the_others():
    first = step()
    assert first == (Step.ASK, (1, 2, 3))
    asked = SoFar(frozenset(first[1]), True, NOON - timedelta(days=3))

    assert step(asked, hours=0.9) == (Step.WAIT, ())
    assert step(asked, hours=1) == (Step.ASK, (4, 5))


def test_nobody_waits_for_people_who_all_said_no():
    said_no = SoFar(frozenset({1, 2, 3}), False, NOON - timedelta(days=3))

    assert step(said_no) == (Step.ASK, (4, 5))


def test_within_a_day_everybody_is_asked_at_any_hour():
    assert step(days_before=0, hours=-12) == (Step.ASK, (1, 2, 3, 4, 5))


@pytest.mark.parametrize(("days", "hours"), [(3, -3.1), (3, 8), (8, 0)])
def test_nobody_is_asked_at_night_or_long_before(days, hours):
    assert step(days_before=days, hours=hours) == (Step.WAIT, ())


def test_unanswered_it_goes_to_the_back_up_and_then_the_coordinator_once_each():
    everybody = frozenset(range(1, 6))
    asked = SoFar(everybody, False, NOON)
    assert step(asked) == (Step.TELL_BACKUP, ())
    assert step(asked, has_backup=False) == (Step.TELL_COORDINATOR, ())

    told = SoFar(everybody, True, NOON - timedelta(days=3), is_backup_told=True)
    assert step(told, hours=0.5) == (Step.WAIT, ())
    assert step(told, hours=1) == (Step.TELL_COORDINATOR, ())
    all_told = SoFar(everybody, False, NOON, is_backup_told=True, is_coordinator_told=True)
    assert step(all_told) == (Step.WAIT, ())


def test_where_nobody_may_take_it_the_coordinator_hears_at_once():
    assert step(candidates=[], has_backup=False) == (Step.TELL_COORDINATOR, ())


def test_who_was_asked_longest_ago_comes_first_and_who_it_does_not_suit_last():
    yesterday, before = NOON - timedelta(days=1), NOON - timedelta(days=9)
    people = [
        Candidate(1, yesterday),
        Candidate(2, suits=False),
        Candidate(3, before),
        Candidate(4),
    ]

    assert least_recently_asked(people) == (4, 3, 1, 2)


@given(st.integers(0, 10 * 24 * 60))
def test_time_to_answer_is_between_ten_minutes_and_an_hour(minutes_left):
    given_time = patience(asked_at=STARTS - timedelta(minutes=minutes_left), starts_at=STARTS)

    assert timedelta(minutes=10) <= given_time <= HOUR


@given(st.permutations(CROWD), st.booleans(), st.integers(0, 9 * 24))
def test_a_call_comes_to_an_end_and_asks_nobody_twice(crowd, has_backup, hours_before):
    now, asked, so_far = STARTS - hours_before * HOUR, [], SoFar()
    told = []
    while now < STARTS:
        what, people = next_step(so_far, crowd, has_backup=has_backup, starts_at=STARTS, now=now)
        asked += people
        if what not in (Step.WAIT, Step.ASK):
            told.append(what)
        if what is not Step.WAIT:
            so_far = SoFar(
                frozenset(asked), True, now, Step.TELL_BACKUP in told, Step.TELL_COORDINATOR in told
            )
        now += timedelta(minutes=30)

    assert len(asked) == len(set(asked))
    assert told == [Step.TELL_BACKUP, Step.TELL_COORDINATOR][not has_backup :][: len(told)]
    if hours_before >= 12:
        assert set(asked) == {1, 2, 3, 4, 5}
        assert Step.TELL_COORDINATOR in told
