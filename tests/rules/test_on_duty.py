"""A shift while it is done: when it goes on, who is asked whether the house is closed, its minutes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.on_duty import (
    Asked,
    can_undo_closing,
    is_done,
    is_going_on,
    minutes_attended,
    pressed_at,
    who_is_asked,
)
from buurthuis.rules.periods import Period

START = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
END = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
SHIFT = Period(START, END)
MINUTE = timedelta(minutes=1)
FROM, TO = datetime(2026, 11, 20, 18, tzinfo=UTC), datetime(2026, 11, 21, 12, tzinfo=UTC)
moments = st.none() | st.integers(0, (TO - FROM) // MINUTE).map(lambda some: FROM + some * MINUTE)


@pytest.mark.parametrize(
    ("minutes", "goes_on"), [(-61, False), (-60, True), (0, True), (119, True), (120, False)]
)
def test_a_shift_goes_on_from_an_hour_before_until_an_hour_after(minutes, goes_on):
    assert is_going_on(SHIFT, START + minutes * MINUTE) is goes_on


def test_a_closing_can_be_taken_back_for_two_minutes_and_until_the_shift_is_over():
    assert can_undo_closing(closed_at=END, ends_at=END, now=END + timedelta(seconds=119))
    assert not can_undo_closing(closed_at=END, ends_at=END, now=END + 2 * MINUTE)
    assert can_undo_closing(closed_at=START, ends_at=END, now=END - MINUTE)
    assert not can_undo_closing(closed_at=START, ends_at=END, now=END)


@pytest.mark.parametrize(
    ("minutes", "asked", "since", "who"),
    [
        (29, Asked.NOBODY, None, None),
        (30, Asked.NOBODY, None, Asked.HOLDER),
        (44, Asked.HOLDER, 30, None),
        (45, Asked.HOLDER, 30, Asked.BACKUP),
        (60, Asked.BACKUP, 45, Asked.COORDINATOR),
        (75, Asked.COORDINATOR, 60, None),
        (719, Asked.NOBODY, None, Asked.HOLDER),
        (720, Asked.NOBODY, None, None),
    ],
)
def test_who_closes_is_asked_then_the_back_up_then_the_coordinator(minutes, asked, since, who):
    asked_at = None if since is None else END + since * MINUTE
    now = END + minutes * MINUTE

    assert who_is_asked(END, asked=asked, asked_at=asked_at, now=now) == who


def test_a_shift_is_done_when_somebody_said_so_or_by_itself_the_next_day():
    late = END + 10 * MINUTE

    assert not is_done(END, was_there=True, closed_at=None, now=END - MINUTE)
    assert is_done(END, was_there=True, closed_at=None, now=late)
    assert is_done(END, was_there=False, closed_at=END, now=late)
    assert not is_done(END, was_there=True, closed_at=late - MINUTE, now=late)
    assert not is_done(END, was_there=False, closed_at=None, now=late)
    assert is_done(END, was_there=False, closed_at=None, now=END + timedelta(hours=1, minutes=1))


@pytest.mark.parametrize(
    ("began", "closed", "corrected", "minutes"),
    [
        (None, None, None, 60),
        (-10, None, None, 70),
        (None, 75, None, 75),
        (20, 50, None, 30),
        (-90, None, None, 120),
        (None, 700, None, 120),
        (61, None, None, 60),
        (None, -5, None, 60),
        (40, 30, None, 60),
        (-10, 75, 5, 5),
        (None, None, 0, 0),
    ],
)
def test_what_was_said_counts_before_what_was_planned(began, closed, corrected, minutes):
    def since_start(number):
        return None if number is None else START + number * MINUTE

    assert minutes == minutes_attended(
        SHIFT, began_at=since_start(began), closed_at=since_start(closed), corrected=corrected
    )


@given(began=moments, closed=moments)
def test_a_shift_never_takes_longer_than_an_hour_around_its_plan(began, closed):
    assert 0 <= minutes_attended(SHIFT, began_at=began, closed_at=closed) <= 180


def test_a_telephone_is_believed_for_a_day_and_never_about_the_future():
    assert pressed_at(START, SHIFT, END) == START
    assert pressed_at(None, SHIFT, END) == END
    assert pressed_at(END + MINUTE, SHIFT, END) == END
    assert pressed_at(START, SHIFT, END + timedelta(days=1)) == END + timedelta(days=1)
    assert pressed_at(START - timedelta(hours=2), SHIFT, END) == END, "nobody could press then"
