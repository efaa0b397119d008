"""Changing a booking: words at any time, time and place only as far as the house need not agree."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.bookings import actions, changes, queries
from buurthuis.bookings.refusals import AlreadyOver, ChangeNeedsApproval, NotBookable, WrongState
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.states import Status
from buurthuis.venues.models import Approval
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_room,
    a_venue,
    an_initiative,
    friday,
)


@pytest.fixture
def room(app):
    return a_room()


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def booking(room, bram):
    """A request of Bram for ten to twelve."""
    return a_booking(room, friday(10, 12), by=bram, for_=an_initiative(bram))


def test_words_change_and_calendars_hear_it(booking, bram):
    changes.edit(booking.id, by=bram, title="Sewing evening", people=12)

    assert (booking.title, booking.people, booking.sequence) == ("Sewing evening", 12, 1)


def test_the_same_words_change_nothing(booking, bram):
    changes.edit(booking.id, by=bram, title=booking.title)

    assert booking.sequence == 0


def test_more_people_than_the_room_holds_is_refused(booking, bram):
    with pytest.raises(NotBookable):
        changes.edit(booking.id, by=bram, people=21)


def test_a_stranger_finds_nothing_to_change(booking):
    with pytest.raises(NotFound):
        changes.edit(booking.id, by=a_person("Dirk"), title="Mine now")


def test_a_request_moves_and_keeps_waiting(booking, bram, room):
    changes.move(booking.id, room, friday(14, 17), by=bram)

    assert booking.status == Status.REQUESTED
    assert booking.period == friday(14, 17)
    assert booking.total_cents == 3000
    a_booking(room, friday(10, 12))
    with pytest.raises(RoomTaken):
        a_booking(room, friday(16, 18))


def test_a_booking_never_clashes_with_itself(booking, bram, room):
    changes.move(booking.id, room, friday(11, 13), by=bram)

    assert booking.period == friday(11, 13)


def test_moving_onto_somebody_else_changes_nothing(booking, bram, room):
    a_booking(room, friday(14, 16))

    with pytest.raises(RoomTaken):
        changes.move(booking.id, room, friday(13, 15), by=bram)

    assert queries.booking(booking.id).period == friday(10, 12)
    with pytest.raises(RoomTaken):
        a_booking(room, friday(10, 12))


def test_a_confirmed_booking_may_become_shorter(booking, bram, room):
    actions.approve(booking.id, by=a_manager(room.venue))

    changes.move(booking.id, room, friday(10, 11), by=bram)

    assert (booking.status, booking.period) == (Status.CONFIRMED, friday(10, 11))


@pytest.mark.parametrize("period", [friday(10, 13), friday(14, 16)])
def test_longer_or_later_needs_the_house_to_agree(booking, bram, room, period):
    actions.approve(booking.id, by=a_manager(room.venue))

    with pytest.raises(ChangeNeedsApproval):
        changes.move(booking.id, room, period, by=bram)
    assert queries.booking(booking.id).period == friday(10, 12)


def test_a_manager_moves_a_confirmed_booking_and_the_booker_hears_it(booking, bram, room):
    manager = a_manager(room.venue)
    actions.approve(booking.id, by=manager)
    other = a_room(room.venue)

    changes.move(booking.id, other, friday(14, 16), by=manager)

    assert (booking.room_id, booking.status) == (other.id, Status.CONFIRMED)
    letter = db.session.query(OutboxLetter).filter_by(template="booking_moved").one()
    assert (letter.recipient, letter.facts["old_room_name"]) == (bram.email, room.name)


def test_a_room_that_confirms_by_itself_lets_a_booking_move(bram, app):
    room = a_room(approval=Approval.ALWAYS)
    booking = a_booking(room, friday(10, 12), by=bram, for_=an_initiative(bram))

    changes.move(booking.id, room, friday(14, 16), by=bram)

    assert booking.period == friday(14, 16)


def test_another_house_has_to_agree(booking, bram):
    with pytest.raises(ChangeNeedsApproval):
        changes.move(booking.id, a_room(a_venue()), friday(10, 12), by=bram)


def test_what_is_over_or_cancelled_stays_as_it_is(booking, bram, room):
    with time_machine.travel(booking.to_at + timedelta(1), tick=False), pytest.raises(AlreadyOver):
        changes.edit(booking.id, by=bram, title="History")
    actions.cancel(booking.id, by=bram)

    with pytest.raises(WrongState):
        changes.move(booking.id, room, friday(14, 16), by=bram)


def test_moving_onto_the_same_place_tells_nobody(booking, bram, room):
    before = db.session.query(OutboxLetter).count()

    changes.move(booking.id, room, friday(10, 12), by=bram)

    assert db.session.query(OutboxLetter).count() == before
    assert a_confirmed_booking(room, friday(12, 13))
