"""Changing a booking: words at any time, time and place only as far as the house need not agree."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.accounts.actions import remove_speaker
from buurthuis.bookings import actions, changes, queries
from buurthuis.bookings.refusals import AlreadyOver, ChangeNeedsApproval, NotBookable, WrongState
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.standing import Purpose
from buurthuis.rules.states import Status
from buurthuis.tariffs.models import Rate, RateCard
from buurthuis.venues.models import Approval
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_membership,
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


def test_another_house_has_to_agree(booking, bram, room):
    actions.approve(booking.id, by=a_manager(room.venue))

    with pytest.raises(ChangeNeedsApproval):
        changes.move(booking.id, a_room(a_venue()), friday(10, 12), by=bram)


def test_a_request_goes_to_another_house_and_waits_there(booking, bram):
    hall = a_room(a_venue())

    changes.move(booking.id, hall, friday(10, 12), by=bram)

    assert (booking.status, booking.venue_id) == (Status.REQUESTED, hall.venue_id)


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


@pytest.fixture
def dear_party(room):
    """The house asks double for a party."""
    card = db.session.query(RateCard).filter_by(venue_id=room.venue_id).one()
    card.party_multiplier_bp = 20000
    db.session.commit()


@pytest.mark.usefixtures("dear_party")
def test_a_meeting_that_becomes_a_party_pays_as_a_party(booking, bram):
    changes.edit(booking.id, by=bram, purpose=Purpose.PARTY)

    assert (booking.total_cents, booking.surcharge_cents) == (4000, 2000)


@pytest.mark.usefixtures("dear_party")
def test_a_meeting_with_a_yes_becomes_no_party_by_itself(booking, bram, room):
    actions.approve(booking.id, by=a_manager(room.venue))

    with pytest.raises(ChangeNeedsApproval):
        changes.edit(booking.id, by=bram, purpose=Purpose.PARTY)

    assert queries.booking(booking.id).purpose is Purpose.MEETING


def test_another_purpose_at_the_same_price_keeps_the_frozen_price(booking, bram, room):
    rate = db.session.query(Rate).filter_by(room_id=room.id).one()
    rate.cents = 5000
    db.session.commit()

    changes.edit(booking.id, by=bram, purpose=Purpose.COURSE)

    assert booking.total_cents == 2000


def test_nothing_moves_within_a_room_that_was_retired_but_it_may_become_shorter(
    booking, bram, room
):
    room.retired_at = clock.now()
    db.session.commit()

    with pytest.raises(NotBookable):
        changes.move(booking.id, room, friday(14, 16), by=bram)
    changes.move(booking.id, room, friday(10, 11), by=bram)

    assert booking.period == friday(10, 11)


def hearers(template: str) -> set[str]:
    return {each.recipient for each in db.session.query(OutboxLetter).filter_by(template=template)}


def test_the_house_hears_it_when_another_of_the_group_cancels(booking, bram, room):
    manager, chandra = a_manager(room.venue), a_person("Chandra")
    a_membership(chandra, booking.initiative)

    actions.cancel(booking.id, by=chandra)

    assert hearers("booking_cancelled") == {bram.email, manager.email}


def test_the_group_hears_the_answer_when_the_booker_is_in_it_no_more(booking, bram, room):
    chandra = a_person("Chandra")
    a_membership(chandra, booking.initiative)
    remove_speaker(booking.initiative, bram.id, by=chandra)
    db.session.expire_all()

    actions.approve(booking.id, by=a_manager(room.venue))

    assert hearers("booking_confirmed") == {chandra.email}
