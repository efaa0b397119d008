"""An answer that nobody has heard yet can be taken back; one that has left stands."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from buurthuis import worker
from buurthuis.bookings import actions, changes, second_thoughts
from buurthuis.bookings.bundles.actions import approve_bundle, book_together, refuse_bundle
from buurthuis.bookings.refusals import AnswerHasLeft, ChangedMeanwhile, PlaceIsGone
from buurthuis.bookings.series.deciding import approve_series, refuse_series
from buurthuis.bookings.series.queries import bookings_of
from buurthuis.foundation import clock, outbox
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy import claims
from buurthuis.rules.answers import TIME_TO_THINK
from buurthuis.rules.states import Status
from tests.builders import (
    a_booking,
    a_manager,
    a_person,
    a_room,
    a_series,
    a_venue,
    a_wish,
    an_initiative,
    friday,
)


@pytest.fixture
def room(app):
    return a_room(a_venue())


@pytest.fixture
def manager(room):
    return a_manager(room.venue)


def yes(booking, manager):
    return actions.approve(booking.id, by=manager, lies_for=TIME_TO_THINK)


def no(booking, manager):
    return actions.refuse(booking.id, by=manager, reason="No", lies_for=TIME_TO_THINK)


def letters():
    asked = select(OutboxLetter.template).order_by(OutboxLetter.due_at, OutboxLetter.created_at)
    return [each for each in db.session.scalars(asked) if each != "request_arrived"]


def later(**span):
    return time_machine.travel(clock.now() + timedelta(**span), tick=False)


def test_a_yes_that_is_taken_back_waits_again_and_nobody_hears_of_it(room, manager):
    booking = a_booking(room, friday(19, 22))
    yes(booking, manager)
    assert "booking_confirmed" in letters()

    second_thoughts.undo(booking.id, by=manager)

    assert booking.status == Status.REQUESTED
    assert (booking.decided_at, booking.decided_by_id) == (None, None)
    assert claims.is_held(booking.id)
    assert letters() == ["booking_requested"]
    assert db.session.scalar(select(func.count()).where(LogEntry.verb == "booking.taken_back"))


def test_a_no_that_is_taken_back_has_its_place_again(room, manager):
    booking = a_booking(room, friday(19, 22))
    no(booking, manager)
    assert not claims.is_held(booking.id)

    second_thoughts.undo(booking.id, by=manager)

    assert booking.status == Status.REQUESTED
    assert booking.refusal_reason == ""
    assert claims.is_held(booking.id)
    yes(booking, manager)


def test_a_no_stands_when_somebody_else_got_the_place(room, manager):
    booking = a_booking(room, friday(19, 22))
    no(booking, manager)
    a_booking(room, friday(20, 21))

    with pytest.raises(PlaceIsGone):
        second_thoughts.undo(booking.id, by=manager)

    db.session.refresh(booking)
    assert booking.status == Status.REFUSED
    assert "booking_refused" in letters()


def test_where_requests_hold_no_place_a_yes_taken_back_lets_it_go(room, manager):
    room.venue.requests_occupy = False
    db.session.commit()
    booking, other = (a_booking(room, friday(19, 22)) for _ in range(2))
    yes(booking, manager)

    second_thoughts.undo(booking.id, by=manager)

    assert not claims.is_held(booking.id)
    yes(other, manager)


def test_after_two_minutes_the_answer_leaves_and_stands(room, manager):
    booking = a_booking(room, friday(19, 22))
    yes(booking, manager)
    worker.work()
    assert "booking_confirmed" in waiting()

    with later(minutes=2):
        worker.work()
        assert "booking_confirmed" not in waiting()
        with pytest.raises(AnswerHasLeft):
            second_thoughts.undo(booking.id, by=manager)

    db.session.refresh(booking)
    assert booking.status == Status.CONFIRMED


def waiting():
    db.session.rollback()
    return list(
        db.session.scalars(select(OutboxLetter.template).where(OutboxLetter.sent_at.is_(None)))
    )


def test_a_letter_in_the_hands_of_a_worker_has_left(room, manager):
    """The clocks of two machines differ: the letter decides, not the minutes alone."""
    booking = a_booking(room, friday(19, 22))
    yes(booking, manager)
    with later(minutes=3):
        outbox.lease()

    with pytest.raises(AnswerHasLeft):
        second_thoughts.undo(booking.id, by=manager)


def test_an_answer_sent_at_once_cannot_be_taken_back(room, manager):
    booking = a_booking(room, friday(19, 22))
    actions.approve(booking.id, by=manager)

    with pytest.raises(AnswerHasLeft):
        second_thoughts.undo(booking.id, by=manager)


def test_what_is_told_next_does_not_overtake_the_answer(room, manager):
    booking = a_booking(room, friday(19, 22))
    with later(seconds=10):
        yes(booking, manager)
        actions.cancel(booking.id, by=booking.booked_by)

        told = letters()
        assert told.index("booking_confirmed") < told.index("booking_cancelled")
        due = db.session.scalars(select(OutboxLetter.due_at)).all()
        assert max(due) <= clock.now()
        with pytest.raises(AnswerHasLeft):
            second_thoughts.undo(booking.id, by=manager)


def test_a_booking_that_was_moved_keeps_its_yes(room, manager):
    booking = a_booking(room, friday(19, 22))
    yes(booking, manager)
    changes.move(booking.id, room, friday(18, 21), by=manager)

    with pytest.raises(AnswerHasLeft):
        second_thoughts.undo(booking.id, by=manager)


def test_taking_back_twice_is_refused_the_second_time(room, manager):
    booking = a_booking(room, friday(19, 22))
    no(booking, manager)
    second_thoughts.undo(booking.id, by=manager)

    with pytest.raises(AnswerHasLeft):
        second_thoughts.undo(booking.id, by=manager)


def test_only_those_who_decide_take_back(room, manager):
    booking = a_booking(room, friday(19, 22))
    yes(booking, manager)

    with pytest.raises(NotAllowed):
        second_thoughts.undo(booking.id, by=booking.booked_by)
    with pytest.raises(NotFound):
        second_thoughts.undo(booking.id, by=a_person("Dirk"))


def test_an_answer_to_a_request_that_changed_after_it_was_seen_is_refused(room, manager):
    booking = a_booking(room, friday(19, 22))
    seen = booking.sequence
    changes.move(booking.id, room, friday(18, 21), by=booking.booked_by)

    for answer in (
        lambda: actions.approve(booking.id, by=manager, seen=seen),
        lambda: actions.refuse(booking.id, by=manager, reason="No", seen=seen),
    ):
        with pytest.raises(ChangedMeanwhile):
            answer()
    actions.approve(booking.id, by=manager, seen=booking.sequence)


@pytest.fixture
def days(room, manager):
    """Four Fridays of a choir that wait for an answer."""
    bram = a_person("Bram")
    return a_series(room, by=bram, for_=an_initiative(bram))


def test_an_answer_to_all_days_of_a_series_is_taken_back_for_all_of_them(room, manager, days):
    first, *_others, last = bookings_of(days)
    for answer in (
        lambda: approve_series(days.id, by=manager, lies_for=TIME_TO_THINK),
        lambda: refuse_series(days.id, by=manager, reason="No", lies_for=TIME_TO_THINK),
    ):
        answer()
        assert len(second_thoughts.undo(last.id, by=manager)) == 4

        assert {each.status for each in bookings_of(days)} == {Status.REQUESTED}
        assert {claims.is_held(each.id) for each in bookings_of(days)} == {True}
        assert letters() == ["series_arrived", "series_requested"]
    assert first.answer_leaves_at is None


def test_what_happens_to_one_day_ends_the_time_to_think_of_all(manager, days):
    first, *_others, last = bookings_of(days)
    approve_series(days.id, by=manager, lies_for=TIME_TO_THINK)
    actions.cancel(first.id, by=manager)

    with pytest.raises(AnswerHasLeft):
        second_thoughts.undo(last.id, by=manager)
    assert letters().index("series_confirmed") < letters().index("booking_cancelled")


def test_one_day_answered_by_itself_is_taken_back_by_itself(manager, days):
    first = bookings_of(days)[0]
    yes(first, manager)

    assert second_thoughts.undo(first.id, by=manager) == [first]


def test_an_answer_to_all_rooms_is_taken_back_for_all_of_them(room, manager):
    bram, kitchen = a_person("Bram"), a_room(room.venue, name="Keuken")
    wish = a_wish(friday(10, 12))
    rooms = book_together([room, kitchen], wish, by=bram, for_=an_initiative(bram))
    refuse_bundle(rooms[0].bundle_id, by=manager, reason="No", lies_for=TIME_TO_THINK)
    a_booking(kitchen, friday(11, 12))
    with pytest.raises(PlaceIsGone):
        second_thoughts.undo(rooms[0].id, by=manager)
    assert {each.status for each in rooms} == {Status.REFUSED}

    other = a_wish(friday(14, 16))
    rooms = book_together([room, kitchen], other, by=bram, for_=rooms[0].initiative)
    approve_bundle(rooms[0].bundle_id, by=manager, lies_for=TIME_TO_THINK)
    second_thoughts.undo(rooms[1].id, by=manager)
    assert {each.status for each in rooms} == {Status.REQUESTED}
    assert "booking_confirmed" not in letters()
