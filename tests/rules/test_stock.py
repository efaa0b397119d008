"""Stock: what is away at the busiest moment decides how many are left."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.periods import Period
from buurthuis.rules.stock import Away, left, most_away
from tests.rules.moments import periods, span


def test_what_is_away_one_after_the_other_needs_no_more():
    away = [Away(span(9, 11), 3), Away(span(11, 13), 3)]

    assert most_away(away, span(9, 13)) == 3
    assert left(4, away, span(10, 12)) == 1


def test_what_is_away_at_one_moment_is_added_up():
    away = [Away(span(9, 11), 3), Away(span(10, 13), 2)]

    assert most_away(away, span(8, 14)) == 5
    assert most_away(away, span(11, 12)) == 2


def test_what_comes_back_at_noon_can_leave_at_noon():
    assert left(1, [Away(span(10, 12), 1)], span(12, 13)) == 1
    assert left(1, [Away(span(12, 13), 1)], span(10, 12)) == 1


def test_coffee_has_no_end():
    assert left(None, [Away(span(9, 11), 900)], span(9, 11)) is None


def test_less_than_nothing_is_nothing():
    assert left(2, [Away(span(9, 11), 3)], span(9, 11)) == 0


@given(st.lists(st.builds(Away, periods(), st.integers(1, 5)), max_size=8), periods())
def test_the_busiest_moment_is_the_busiest_minute(away: list[Away], within: Period):
    minutes = [
        Period(start, start + timedelta(minutes=1))
        for start in (within.start + timedelta(minutes=n) for n in range(within.minutes))
    ]
    each_minute = [
        sum(each.quantity for each in away if each.period.overlaps(minute)) for minute in minutes
    ]

    assert most_away(away, within) == max(each_minute)
