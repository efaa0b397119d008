"""Shifts follow from a session, and a promise finds its shift again when bookings move, come and go."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buurthuis.rules.periods import Period
from buurthuis.rules.sessions import Habits, Use, open_sessions, watched
from buurthuis.rules.shifts import (
    Part,
    Promise,
    ShiftKind,
    ShiftName,
    has_moved,
    settle,
    shift_named,
    shifts_of,
    stretch_of,
)
from tests.rules import doors
from tests.rules.moments import at, span

MANY = settings(max_examples=doors.many())
OPEN, CLOSE, HOST, HANDOVER = ShiftKind.OPEN, ShiftKind.CLOSE, ShiftKind.HOST, ShiftKind.HANDOVER


def sessions_at(*times, habits=Habits()):  # noqa: B008
    """Sessions of certain bookings, given as (number, start, end) on one day."""
    return open_sessions([Use(number, span(*hours)) for number, *hours in times], habits)


def promised(number, shift, *bookings, part=Part.HOLDER):
    return Promise(number, *shift.name, part, shift.period, frozenset(bookings))


@MANY
@given(doors.uses(), doors.habits)
def test_a_shift_is_about_the_stretch_between_two_cuts_in_which_it_lies(uses, habits):
    for session in open_sessions(uses, habits, doors.PARTS):
        stretches = set()
        for shift in shifts_of(session, habits):
            stretch = stretch_of(session.period, session.cuts, shift.kind, shift.watch)
            stretches.add(stretch)
            assert session.period.contains(stretch)
            assert stretch.overlaps(shift.period)
            assert not any(stretch.start < cut < stretch.end for cut in session.cuts)
        if habits.hosts and stretches:
            assert sum(each.minutes for each in stretches) == session.period.minutes


@MANY
@given(doors.uses(), doors.habits)
def test_shifts_lie_within_their_session_and_are_as_many_as_the_house_wants(uses, habits):
    for session in open_sessions(uses, habits, doors.PARTS):
        shifts = shifts_of(session, habits)
        assert all(session.period.contains(shift.period) for shift in shifts)
        if session.asks is None or not session.is_certain:
            assert shifts == []
            continue
        counted = Counter(shift.kind for shift in shifts)
        stretches = len(session.cuts) + 1
        takes_over = 0 if habits.hosts else len(session.cuts)
        assert counted == +Counter(
            {
                OPEN: habits.openers,
                CLOSE: habits.closers,
                HOST: habits.hosts * stretches,
                HANDOVER: takes_over,
            }
        )
        assert len({shift.name for shift in shifts}) == len(shifts)
        there = watched(session, habits)
        for shift in shifts:
            if shift.kind is OPEN:
                assert shift.period.start == there.start
            elif shift.kind is CLOSE:
                assert shift.period.end == there.end
            elif shift.kind is HANDOVER:
                assert shift.period.start == session.cuts[shift.watch - 1]


def test_hosts_are_there_from_cut_to_cut_and_hand_over():
    habits = Habits(longest=420, hosts=1, openers=0, closers=0, hand_over=30)
    (session,) = sessions_at((1, 9, 13), (2, 14, 20), habits=habits)

    assert [(each.watch, each.period) for each in shifts_of(session, habits)] == [
        (0, span(8.75, 14)),
        (1, span(13.5, 20.25)),
    ]


def test_a_short_session_without_minutes_around_it_is_opened_and_closed_within_it():
    habits = Habits(lead_in=0, lead_out=0)
    uses = [Use(1, Period(at(9), at(9) + timedelta(minutes=5)))]
    (session,) = open_sessions(uses, habits)

    assert [each.period for each in shifts_of(session, habits)] == [session.period] * 2


@st.composite
def before_and_after(draw):
    """A house, what people promised there, and its bookings after some were moved, added, cancelled."""
    uses, habits = draw(doors.uses(only_certain=True)), draw(doors.habits)
    sessions = open_sessions(uses, habits, doors.PARTS)
    shifts = [shift for session in sessions for shift in shifts_of(session, habits)]
    bookings_of = {session.key: session.bookings for session in sessions}
    promises = draw(doors.promises(shifts, bookings_of))
    later = {use.booking: use for use in uses}
    for number in draw(st.lists(st.sampled_from(sorted(later)), max_size=5)) if later else ():
        later.pop(number, None)
    for use in draw(doors.uses()):
        later[use.booking] = use
    return habits, uses, promises, list(later.values())


@MANY
@given(before_and_after())
def test_a_promise_goes_where_most_of_its_bookings_go(case):
    habits, _, promises, uses = case
    sessions = open_sessions(uses, habits, doors.PARTS)
    settled = settle(sessions, habits, promises)

    certain = [session for session in settled.sessions if session.is_certain]
    by_name = {session.key: session for session in certain}
    for promise in promises:
        held = [len(promise.bookings & set(session.bookings)) for session in certain]
        if not any(held):
            assert promise.id in settled.freed
            assert promise.id not in settled.session_of
            continue
        home = by_name[settled.session_of[promise.id]]
        assert len(promise.bookings & set(home.bookings)) == max(held)
        shift = settled.shift_of.get(promise.id)
        assert (shift is None) == (promise.id in settled.freed)
        if shift is None:
            wanted = [each for each in shifts_of(home, habits) if each.kind is promise.kind]
            rivals = [key for key, its in settled.shift_of.items() if its in wanted
                      and promise_of(key, promises).part is promise.part]  # fmt: skip
            assert len(rivals) == len(wanted)
        else:
            assert (shift.session, shift.kind) == (home.key, promise.kind)
            assert (promise.id in settled.moved) == has_moved(promise, shift)


def promise_of(number, promises):
    return next(each for each in promises if each.id == number)


@MANY
@given(before_and_after(), st.randoms(use_true_random=False))
def test_names_are_used_once_and_settling_again_changes_nothing(case, chance):
    habits, _, promises, uses = case
    sessions = open_sessions(uses, habits, doors.PARTS)
    settled = settle(sessions, habits, promises)

    names = [session.key for session in settled.sessions if session.is_certain]
    assert len(set(names)) == len(names)
    parts = [
        (shift.name, promise_of(key, promises).part) for key, shift in settled.shift_of.items()
    ]
    assert len(set(parts)) == len(parts)

    mixed = chance.sample(sessions, len(sessions)), chance.sample(promises, len(promises))
    again = settle(mixed[0], habits, mixed[1])
    assert (again.shift_of, again.session_of, again.freed, again.moved) == (
        (settled.shift_of, settled.session_of, settled.freed, settled.moved)
    )

    told = [as_told(promise_of(key, promises), settled) for key in settled.shift_of]
    after = settle(sessions, habits, told)
    assert after.shift_of == settled.shift_of
    assert after.sessions == settled.sessions
    assert (after.freed, after.moved) == (frozenset(), frozenset())


def as_told(promise, settled):
    """The promise as it is stored once somebody was told."""
    shift = settled.shift_of[promise.id]
    session = next(
        each for each in settled.sessions if each.key == shift.session and each.is_certain
    )
    return Promise(promise.id, *shift.name, promise.part, shift.period, frozenset(session.bookings))


@MANY
@given(before_and_after())
def test_nothing_changed_frees_nobody_and_moves_nothing(case):
    habits, uses, promises, _ = case
    settled = settle(open_sessions(uses, habits, doors.PARTS), habits, promises)

    assert (settled.freed, settled.moved) == (frozenset(), frozenset())
    for promise in promises:
        assert settled.shift_of[promise.id].name == promise.name


@MANY
@given(before_and_after())
def test_what_may_come_changes_no_promise(case):
    habits, _, promises, uses = case
    certain = [use for use in uses if use.is_certain]

    with_maybe = settle(open_sessions(uses, habits, doors.PARTS), habits, promises)
    without = settle(open_sessions(certain, habits, doors.PARTS), habits, promises)

    assert with_maybe.shift_of == without.shift_of
    assert with_maybe.session_of == without.session_of
    assert with_maybe.freed == without.freed


def opening_of(session, habits=Habits()):  # noqa: B008
    return shifts_of(session, habits)[0]


def test_a_session_keeps_its_name_when_its_first_booking_is_cancelled():
    (before,) = sessions_at((1, 9, 10), (2, 10, 12))
    after = sessions_at((2, 10, 12))

    settled = settle(after, Habits(), [promised(7, opening_of(before), 1, 2)])

    assert settled.sessions[0].key == 1
    assert settled.shift_of[7].period == span(9.75, 10)
    assert settled.moved == {7}


def test_a_name_goes_back_to_its_booking_when_that_lies_in_another_session():
    (before,) = sessions_at((1, 9, 10), (2, 10, 12))
    after = sessions_at((1, 18, 19), (2, 10, 12))

    settled = settle(after, Habits(), [promised(7, opening_of(before), 1, 2)])

    assert [(each.key, each.bookings) for each in settled.sessions] == [(2, (2,)), (1, (1,))]
    assert settled.shift_of[7].name == ShiftName(2, OPEN, 0, 0)


def test_a_name_that_serves_another_house_is_not_used_here():
    (before,) = sessions_at((1, 9, 10), (2, 10, 12))
    promise = promised(7, opening_of(before), 1, 2)

    settled = settle(sessions_at((2, 10, 12)), Habits(), [promise], away={1})

    assert settled.sessions[0].key == 2


def test_when_two_sessions_become_one_who_fits_the_time_keeps_it():
    morning, afternoon = sessions_at((1, 9, 11), (2, 14, 16))
    later = promised(1, opening_of(afternoon), 2)
    earlier = promised(2, opening_of(morning), 1)
    closes = promised(3, shifts_of(afternoon, Habits())[1], 2)

    settled = settle(
        sessions_at((1, 9, 11), (3, 11, 14), (2, 14, 16)), Habits(), [later, earlier, closes]
    )

    assert settled.freed == {1}
    assert settled.shift_of[2].period == span(8.75, 9)
    assert settled.shift_of[3].period == span(16, 16.25)
    assert {each.session for each in settled.shifts} == {1}  # who stays first named it


def test_of_two_that_fit_alike_the_older_promise_keeps_it():
    (one, other) = sessions_at((1, 9, 11), (2, 14, 16))
    promises = [promised(5, opening_of(one), 1), promised(4, opening_of(other), 2)]

    settled = settle(sessions_at((1, 18, 20), (2, 20, 21)), Habits(), promises)

    assert settled.freed == {5}


def test_where_a_house_wants_two_both_stay():
    (one, other) = sessions_at((1, 9, 11), (2, 14, 16))
    promises = [promised(5, opening_of(one), 1), promised(4, opening_of(other), 2)]
    both = Habits(openers=2)

    settled = settle(sessions_at((1, 18, 20), (2, 20, 21), habits=both), both, promises)

    assert settled.freed == frozenset()
    assert {shift.name.place for shift in settled.shift_of.values()} == {0, 1}


def test_who_hosts_the_afternoon_keeps_it_when_the_morning_is_called_off():
    habits = Habits(longest=420, hosts=1, openers=0, closers=0)
    (before,) = sessions_at((1, 9, 13), (2, 14, 20), habits=habits)
    morning, afternoon = shifts_of(before, habits)
    promises = [promised(1, morning, 1, 2), promised(2, afternoon, 1, 2)]

    settled = settle(sessions_at((2, 14, 20), habits=habits), habits, promises)

    assert settled.shift_of[2].watch == 0
    assert settled.freed == {1}
    assert settled.moved == {2}  # a quarter of an hour later


def test_of_sessions_with_as_many_of_its_bookings_the_nearest_is_meant():
    (before,) = sessions_at((1, 18, 19), (2, 19, 20), (3, 20, 21))
    promise = promised(1, opening_of(before), 1, 2)

    settled = settle(sessions_at((1, 9, 10), (2, 19, 20)), Habits(), [promise])

    assert settled.shift_of[1].period == span(18.75, 19)


@pytest.mark.parametrize(
    ("start", "end", "is_told"),
    [(19, 21, False), (19.2, 21, False), (18.75, 21, True), (19, 21.25, True)],
)
def test_a_shift_is_told_again_from_a_quarter_of_an_hour(start, end, is_told):
    habits = Habits(openers=0, closers=0, hosts=1)
    (before,) = sessions_at((1, 19, 21), habits=habits)
    (after,) = sessions_at((1, start, end), habits=habits)

    settled = settle([after], habits, [promised(1, opening_of(before, habits), 1)])

    assert (settled.moved == {1}) is is_told


def test_who_promised_for_a_group_that_now_opens_itself_is_free():
    (before,) = sessions_at((1, 19, 21))
    after = open_sessions([Use(1, span(19, 21), opens_itself=True)], Habits())

    settled = settle(after, Habits(), [promised(1, opening_of(before), 1)])

    assert settled.freed == {1}
    assert settled.session_of == {1: 1}


def test_a_shift_is_found_again_by_its_name():
    name = ShiftName(12, CLOSE, 0, 1)
    assert name.text == "12-close-0-1"
    assert shift_named(name.text) == name


@pytest.mark.parametrize(
    "text",
    ["", "12", "12-close-0", "12-close-0-1-2", "12-sleep-0-0", "x-open-0-0", "12-open-٣-0",
     "012-open-0-0", "12-open--0", "9" * 19 + "-open-0-0", "1-open-0-\0"],
)  # fmt: skip
def test_what_names_no_shift_finds_none(text):
    assert shift_named(text) is None


def test_shifts_know_their_name_and_replace_keeps_it():
    (session,) = sessions_at((1, 19, 21))
    shift = opening_of(session)
    assert replace(shift, period=span(1, 2)).name == shift.name == ShiftName(1, OPEN, 0, 0)
