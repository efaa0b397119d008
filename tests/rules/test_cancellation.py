"""Cancellation: notice is counted on the clock, and the boundary is the booker's."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.cancellation import (
    NoticeUnit,
    Policy,
    Step,
    ahead,
    due,
    due_unused,
    due_without_policy,
    falls,
    grows,
    in_time_until,
    is_late,
    last_moment,
    together,
)
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


def test_working_days_leave_out_weekends_and_holidays():
    monday = FRIDAY + timedelta(days=3)
    step = Step(2, NoticeUnit.WORKING_DAYS, 0)

    assert last_moment(step, at(19, monday)) == at(19, FRIDAY - timedelta(days=1))
    assert last_moment(step, at(19, monday), {FRIDAY}) == at(19, FRIDAY - timedelta(days=2))


def test_one_is_told_until_when_a_share_stays():
    policy = Policy((Step(7, NoticeUnit.DAYS, 1000), Step(2, NoticeUnit.DAYS, 5000)), 7500, 10_000)

    def told(**earlier):
        now = at(19) - timedelta(**earlier)
        found = due(policy, price_cents=3750, starts_at=at(19), now=now)
        return found.cents, found.until

    assert told(days=5) == (1875, at(19, FRIDAY - timedelta(days=2)))
    assert told(days=1) == (2813, at(19))
    assert told() == (3750, None)


STOLP = Policy((Step(2, NoticeUnit.WEEKS, 0), Step(1, NoticeUnit.WEEKS, 5000)), 10_000, 10_000)


def stolp(price, starts_at=None):
    start = starts_at or at(19)
    return lambda now: due(STOLP, price_cents=price, starts_at=start, now=now)


def test_one_sees_what_cancelling_will_cost_as_time_goes_by():
    told = ahead(stolp(3750), at(19))
    early = ahead(stolp(3750), at(19) - timedelta(days=20))

    assert [(each.cents, each.until) for each in told] == [(3750, None)]
    assert [(each.cents, each.is_late, each.until) for each in early] == [
        (0, False, at(19) - timedelta(weeks=2)),
        (1875, True, at(19) - timedelta(weeks=1)),
        (3750, True, None),
    ]


def test_what_is_free_can_be_cancelled_late_and_costs_nothing():
    early = at(19) - timedelta(days=20)
    told = ahead(stolp(0), early)

    assert [(each.cents, each.is_late) for each in told] == [(0, False), (0, True)]


def test_where_a_house_only_says_what_is_late_nothing_is_due():
    early, until = at(19) - timedelta(days=5), at(19) - timedelta(days=2)
    told = ahead(lambda now: due_without_policy(now=now, starts_at=at(19), notice_hours=48), early)

    assert [(each.cents, each.is_late, each.until) for each in told] == [
        (0, False, until),
        (0, True, None),
    ]


def test_what_is_due_for_several_bookings_is_added_up():
    early = at(19) - timedelta(days=20)
    first, second = (
        ahead(stolp(cents, start), early)
        for cents, start in ((3750, at(19)), (1001, at(19) + timedelta(days=7)))
    )

    assert [each.cents for each in together([first, second])] == [0, 1875, 3750 + 501, 3750 + 1001]
    assert together([first, first])[0].until == first[0].until
    assert [each.cents for each in together([first, first])] == [0, 3750, 7500]


def test_each_step_asks_for_less_notice_than_the_one_before():
    week, days = Step(1, NoticeUnit.WEEKS, 0), Step(7, NoticeUnit.DAYS, 0)
    hours, working = Step(49, NoticeUnit.HOURS, 0), Step(2, NoticeUnit.WORKING_DAYS, 0)

    assert falls(())
    assert falls((week, hours, working))
    assert not falls((week, days))
    assert not falls((working, hours))


def test_after_some_times_a_person_decides():
    asks = Policy(person_decides_after=2)

    assert [asks.decides_a_person(times) for times in (0, 1, 2, 3)] == [False, False, True, True]
    assert not Policy().decides_a_person(99)


def test_less_notice_never_costs_less():
    steps = (Step(7, NoticeUnit.DAYS, 1000), Step(2, NoticeUnit.DAYS, 5000))

    assert grows(Policy(steps, 7500, 10_000))
    assert not grows(Policy(steps, 4000, 10_000))
    assert not grows(Policy(steps, 7500, 90_000))


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 10_000)), max_size=4),
    st.integers(0, 100_000),
    st.integers(0, 90 * 24 * 60),
    st.integers(0, 5000),
)
def test_who_waits_never_owes_less(told, price, before, later):
    notices = sorted({days for days, _ in told}, reverse=True)
    shares = sorted(share for _, share in told)
    steps = [Step(n, NoticeUnit.DAYS, s) for n, s in zip(notices, shares, strict=False)]
    policy = Policy(steps, 10_000, 10_000)
    early = at(19) - timedelta(minutes=before)
    late = early + timedelta(minutes=later)

    first, second = (
        due(policy, price_cents=price, starts_at=at(19), now=now) for now in (early, late)
    )
    assert 0 <= first.cents <= second.cents <= price


@pytest.mark.parametrize(
    ("unused_bp", "price_cents", "asked"),
    [(0, 3750, 0), (5000, 0, 3750), (5000, 3000, 3750), (5000, 7500, 7500), (10_000, 7500, 7500)],
    ids=["not asked", "free", "cheap", "full price", "all of it"],
)
def test_staying_away_is_never_cheaper_than_coming(unused_bp, price_cents, asked):
    assert due_unused(Policy((), 0, unused_bp=unused_bp), 7500, price_cents) == asked
