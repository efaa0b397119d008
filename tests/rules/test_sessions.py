"""Open sessions: every booking in one, none without a booking, and cut where it can be."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from buurthuis.rules.opening import DayPart
from buurthuis.rules.periods import Period, merge
from buurthuis.rules.sessions import (
    CutAt,
    Habits,
    Use,
    adds_nothing,
    open_sessions,
    watched,
)
from buurthuis.rules.shifts import shifts_of
from tests.rules import doors
from tests.rules.moments import AUTUMN, SPRING, at, span

MANY = settings(max_examples=doors.many())


def opened(*times, habits=Habits(), **facts):  # noqa: B008
    uses = [Use(number, span(*each), **facts) for number, each in enumerate(times, start=1)]
    return open_sessions(uses, habits, doors.PARTS)


@MANY
@given(doors.uses(), doors.habits)
def test_every_booking_lies_in_exactly_one_session(uses, habits):
    sessions = open_sessions(uses, habits, doors.PARTS)

    held = [booking for session in sessions for booking in session.bookings]
    assert sorted(held) == sorted(use.booking for use in uses)
    by_number = {use.booking: use for use in uses}
    for session in sessions:
        assert session.key == min(session.bookings)
        for booking in session.bookings:
            assert by_number[booking].is_certain == session.is_certain
            assert session.period.contains(by_number[booking].period)


@MANY
@given(doors.uses(only_certain=True), doors.habits)
def test_no_gap_up_to_the_house_s_is_ever_cut_between_sessions(uses, habits):
    sessions = open_sessions(uses, habits)
    gap = timedelta(minutes=max(habits.merge_gap, habits.lead_in + habits.lead_out))

    spans = sorted(bare_span(session, uses) for session in sessions)
    assert all(later.start - earlier.end > gap for earlier, later in pairwise(spans))
    for session in sessions:
        own = merge(use.period for use in uses if use.booking in session.bookings)
        assert all(later.start - earlier.end <= gap for earlier, later in pairwise(own))


@MANY
@given(doors.uses(only_certain=True), doors.habits)
@example([Use(1, span(9, 11)), Use(2, span(11.5, 13))], Habits(merge_gap=0, lead_in=60))
def test_whoever_closes_has_gone_before_somebody_opens_again(uses, habits):
    sessions = open_sessions(uses, habits, doors.PARTS)

    assert all(one.period.end < other.period.start for one, other in pairwise(sessions))
    for session in sessions:
        assert all(session.period.contains(each.period) for each in shifts_of(session, habits))


def test_nobody_locks_up_for_less_than_the_minutes_before_and_after():
    habits = Habits(merge_gap=0, lead_in=15, lead_out=30)

    assert len(opened((9, 11), (11.75, 13), habits=habits)) == 1
    assert len(opened((9, 11), (12, 13), habits=habits)) == 2


def bare_span(session, uses):
    own = [use.period for use in uses if use.booking in session.bookings]
    return Period(min(each.start for each in own), max(each.end for each in own))


@MANY
@given(doors.uses(), doors.habits, st.randoms(use_true_random=False))
def test_neither_the_order_nor_what_may_come_changes_what_is_certain(uses, habits, chance):
    sessions = open_sessions(uses, habits, doors.PARTS)
    mixed = chance.sample(uses, len(uses))

    assert open_sessions(mixed, habits, doors.PARTS) == sessions
    alone = open_sessions([use for use in uses if use.is_certain], habits, doors.PARTS)
    assert alone == [session for session in sessions if session.is_certain]


@MANY
@given(doors.uses(only_certain=True), doors.habits)
def test_somebody_is_asked_from_the_first_group_to_the_last_that_does_not_open_itself(uses, habits):
    for session in open_sessions(uses, habits):
        asking = [
            use.period for use in uses if use.booking in session.bookings and not use.opens_itself
        ]
        if not asking:
            assert (session.asks, session.cuts, watched(session, habits)) == (None, (), None)
            assert session.period == bare_span(session, uses)
            continue
        assert session.asks.start == min(each.start for each in asking)
        assert session.asks.end == max(each.end for each in asking)
        assert session.period.contains(watched(session, habits))


@MANY
@given(doors.uses(only_certain=True), doors.habits)
def test_a_session_is_cut_until_no_stretch_is_too_long_or_none_can_be_cut(uses, habits):
    for session in open_sessions(uses, habits, doors.PARTS):
        there = watched(session, habits)
        if there is None:
            continue
        moments = [there.start, *session.cuts, there.end]
        assert moments == sorted(set(moments))
        own = merge(use.period for use in uses if use.booking in session.bookings)
        middles = {one.end + timedelta(minutes=Period(one.end, two.start).minutes // 2)
                   for one, two in pairwise(own)}  # fmt: skip
        boundaries = {
            at(clock / 60, day) for day in days_around(there) for clock in (540, 780, 1020, 1380)
        }
        assert set(session.cuts) <= middles | boundaries
        for start, end in pairwise(moments):
            if habits.longest is not None and (end - start) > timedelta(minutes=habits.longest):
                assert not any(start < each < end for each in middles | boundaries)
        if habits.longest is None or there.minutes <= habits.longest:
            assert session.cuts == ()


def days_around(there):
    first = there.start.date() - timedelta(days=1)
    return [first + timedelta(days=ahead) for ahead in range(there.minutes // 1440 + 4)]


def test_a_long_session_is_cut_in_the_middle_of_its_longest_gap():
    (session,) = opened((9, 12), (12.5, 15), (16, 22), habits=Habits(longest=8 * 60))

    assert session.cuts == (at(15.5),)


def test_a_house_may_rather_cut_between_the_parts_of_the_day():
    house = Habits(longest=510, cut_at=CutAt.DAY_PART)
    (session,) = opened((9, 12), (12.5, 15), (16, 22), habits=house)

    assert session.cuts == (at(17),)


def test_where_there_is_no_gap_a_part_of_the_day_divides_and_the_other_way_round():
    (session,) = opened((9, 21), habits=Habits(longest=510))
    assert session.cuts == (at(13),)

    uses = [Use(1, span(9, 14)), Use(2, span(15, 21))]
    (session,) = open_sessions(uses, Habits(longest=8 * 60, cut_at=CutAt.DAY_PART))
    assert session.cuts == (at(14.5),)

    (session,) = open_sessions([Use(1, span(9, 21))], Habits(longest=8 * 60))
    assert session.cuts == ()


def test_of_equal_gaps_the_most_central_divides():
    (session,) = opened((8, 10), (10.5, 13), (13.5, 18), (18.5, 20), habits=Habits(longest=7 * 60))

    assert session.cuts == (at(13.25),)


def test_parts_of_the_day_are_read_from_the_clock_when_it_changes():
    night = [DayPart("night", 0, 2 * 60 + 30)]
    for day, until in ((SPRING, at(3, SPRING)), (AUTUMN, at(2.5, AUTUMN))):
        uses = [Use(1, Period(at(-4, day), at(8, day)))]
        (session,) = open_sessions(uses, Habits(longest=9 * 60), night)
        assert session.cuts == (min((at(0, day), until), key=distance_to_middle(session)),)


def distance_to_middle(session):
    middle = session.period.start + (session.period.end - session.period.start) / 2
    return lambda moment: abs(moment - middle)


def test_an_evening_goes_on_after_midnight():
    uses = [Use(1, span(20, 25)), Use(2, span(25.5, 26)), Use(3, span(1, 2, date(2026, 11, 29)))]
    sessions = open_sessions(uses, Habits())

    assert [session.bookings for session in sessions] == [(1, 2), (3,)]
    assert sessions[0].asks == span(20, 26)


def test_gaps_are_counted_as_they_pass_when_the_clock_changes():
    half_past_one, half_past_three = at(1.5, AUTUMN), at(3.5, AUTUMN)
    uses = [
        Use(1, Period(at(0, AUTUMN), half_past_one)),
        Use(2, Period(half_past_three, at(5, AUTUMN))),
    ]
    # From half past one to half past three three hours pass in that night.
    assert len(open_sessions(uses, Habits(merge_gap=120))) == 2
    assert len(open_sessions(uses, Habits(merge_gap=180))) == 1


def test_what_may_come_adds_nothing_when_somebody_is_there_already():
    certain = opened((9, 12), (13, 17))
    may_come = replace(opened((12, 13))[0], is_certain=False)

    assert adds_nothing(may_come, certain)
    assert not adds_nothing(replace(opened((16, 18))[0], is_certain=False), certain)
    assert not adds_nothing(may_come, opened((9, 17), opens_itself=True))
    assert not adds_nothing(may_come, [may_come])

    opens_itself = replace(opened((12, 13), opens_itself=True)[0], is_certain=False)
    assert adds_nothing(opens_itself, opened((9, 17), opens_itself=True))
