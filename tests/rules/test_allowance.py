"""What a volunteer may be paid: dated ceilings, and each that is passed."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.allowance import Ceiling, Limit, Paid, Passed, ceiling_on, passed

LAST_YEAR = Ceiling(date(2025, 1, 1), 560, 21_000, 210_000)
THIS_YEAR = Ceiling(date(2026, 1, 1), 600, 22_000, 220_000)
BOTH = (THIS_YEAR, LAST_YEAR)
MARCH = date(2026, 3, 5)


def test_the_newest_ceiling_that_has_begun_holds():
    assert ceiling_on(BOTH, date(2025, 12, 31)) == LAST_YEAR
    assert ceiling_on(BOTH, date(2026, 1, 1)) == THIS_YEAR
    assert ceiling_on(BOTH, date(2024, 12, 31)) is None


def test_half_a_cent_is_paid_as_a_whole_one():
    assert Paid(MARCH, 30, 501).cents == 251
    assert Paid(MARCH, 60, 501).cents == 501


def test_a_month_and_a_year_are_added_up_and_exactly_the_ceiling_is_allowed():
    a_month = Paid(MARCH, 2200, 600)  # exactly 220 euros

    assert passed([a_month], BOTH) == []
    assert passed([a_month, Paid(date(2026, 3, 31), 1, 600)], BOTH) == [
        Passed(Limit.MONTH, date(2026, 3, 1), 22_010, 22_000)
    ]
    a_year = [Paid(date(2026, month, 1), 2000, 600) for month in range(1, 13)]
    assert passed(a_year, BOTH) == [Passed(Limit.YEAR, date(2026, 1, 1), 240_000, 220_000)]


def test_an_hour_that_brings_too_much_is_told_once_a_month():
    twice = [Paid(MARCH, 60, 700), Paid(date(2026, 3, 9), 60, 700)]

    assert passed(twice, BOTH) == [Passed(Limit.HOUR, date(2026, 3, 1), 700, 600)]


def test_a_year_in_which_the_first_ceiling_begins_is_judged_by_it():
    from_may = Ceiling(date(2026, 5, 1), 600, 30_000, 1_000)

    assert passed([Paid(MARCH, 60, 1100)], [from_may]) == [
        Passed(Limit.YEAR, date(2026, 1, 1), 1100, 1000)
    ]
    assert passed([Paid(MARCH, 60, 1100)], []) == []


@given(st.lists(st.builds(Paid, st.dates(date(2025, 1, 1), date(2027, 1, 1)),
                          st.integers(0, 1440), st.integers(0, 900))))  # fmt: skip
def test_what_is_passed_was_really_passed(paid):
    assert all(each.cents > each.most_cents for each in passed(paid, BOTH))
