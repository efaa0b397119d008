"""Reductions: who begins pays less, and who comes often."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.reductions import (
    History,
    Offer,
    Reason,
    Span,
    known_since,
    months_later,
    reductions,
    span_of,
)
from buurthuis.rules.standing import Recognition

HERE, THERE = 1, 2
TODAY = date(2026, 11, 27)
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
offers = st.lists(
    st.builds(
        Offer,
        st.sampled_from(Reason),
        st.integers(1, 10_000),
        kind=st.sampled_from([None, "students"]),
        months=st.integers(1, 24),
        from_nth=st.integers(2, 20),
    ),
    max_size=5,
)


def test_whoever_nobody_counted_does_not_come_often():
    often = [Offer(Reason.FREQUENT, 1000, from_nth=2)]

    assert reductions(often, kind=None, day=TODAY, history=History()) == ()
    assert reductions(often, kind=None, day=TODAY, history=History(had_before=1))


@pytest.mark.parametrize(
    ("venue", "valid_from", "since"),
    [
        (HERE, date(2026, 1, 1), date(2026, 1, 1)),
        (None, date(2025, 1, 1), date(2025, 1, 1)),
        (THERE, date(2024, 1, 1), date(2026, 5, 1)),
        (HERE, date(2027, 1, 1), date(2026, 5, 1)),
    ],
)
def test_a_house_knows_a_group_since_its_first_recognition_that_counts_there(
    venue, valid_from, since
):
    over = Recognition("students", venue, valid_from, valid_from + timedelta(days=9))
    now = Recognition("students", HERE, date(2026, 5, 1))

    assert known_since([now, over], venue=HERE, on=TODAY) == since
    assert known_since([], venue=HERE, on=TODAY) is None


@given(days, st.sampled_from(Span))
def test_a_day_lies_in_the_stretch_in_which_it_is_counted(day, per):
    first, after = span_of(per, day)

    assert first <= day < after
    assert span_of(per, after - timedelta(days=1)) == (first, after)
    assert first.day == after.day == 1


@given(days, st.integers(1, 60), st.integers(1, 60))
def test_months_go_on_and_never_skip_a_month(day, some, more):
    later = months_later(day, some)

    assert later < months_later(day, some + more)
    assert (later.year - day.year) * 12 + later.month - day.month == some


@given(offers, st.sampled_from([None, "students"]), st.integers(0, 40), st.integers(0, 800))
def test_of_each_reason_the_largest_counts_whatever_the_order(many, kind, had, age):
    history = History(TODAY - timedelta(days=age), had)

    found = reductions(many, kind=kind, day=TODAY, history=history)

    assert found == reductions(many[::-1], kind=kind, day=TODAY, history=history)
    assert len({each.reason for each in found}) == len(found)
    for offer in many:
        alone = reductions([offer], kind=kind, day=TODAY, history=history)
        assert all(
            each.off_bp <= next(one.off_bp for one in found if one.reason == each.reason)
            for each in alone
        )
