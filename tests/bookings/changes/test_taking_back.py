"""An answer to a change that nobody has heard yet can be taken back, and then nothing has happened."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.bookings import actions, changes, second_thoughts
from buurthuis.bookings.refusals import AnswerHasLeft, PlaceIsGone
from buurthuis.bookings.slips.models import News, PhoneCall
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.answers import TIME_TO_THINK
from buurthuis.rules.changes import ChangeStatus
from buurthuis.upkeep import doctor
from tests.builders import (
    a_booking,
    a_manager,
    a_person,
    a_room,
    a_waiting_wish,
    an_initiative,
    friday,
)


@pytest.fixture
def room(app):
    return a_room(turnover_minutes=30)


@pytest.fixture
def amina(room):
    return a_manager(room.venue, "Amina")


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def booking(room, bram, amina):
    """Bram has the room from ten to twelve, and knows it."""
    asked = a_booking(room, friday(10, 12), by=bram, for_=an_initiative(bram))
    return actions.approve(asked.id, by=amina)


def ask(booking, bram, period, room=None, **words):
    wanted = changes.Wanted(room or booking.room, period, words)
    return changes.send(booking.id, wanted, by=bram).change


def yes(change, amina):
    return changes.approve(change.id, by=amina, lies_for=TIME_TO_THINK)


def no(change, amina):
    return changes.refuse(change.id, by=amina, reason="No", kind="house", lies_for=TIME_TO_THINK)


def everything(booking):
    """The booking, its change and what both hold, as rows; but for what goes on."""
    db.session.expire_all()
    held = db.session.query(Occupancy).filter_by(booking_id=booking.id)
    rows = [booking, *db.session.query(changes.actions.ChangeRequest), *held.order_by("from_at")]
    return [
        {
            name: value
            for name in [column.key for column in row.__table__.columns]
            if name not in {"id", "sequence", "changed_at"}
            for value in [getattr(row, name)]
        }
        for row in rows
    ]


def letters():
    return {each.template for each in db.session.query(OutboxLetter)}


@pytest.mark.parametrize("answer", [yes, no])
def test_what_is_taken_back_has_not_happened_and_nobody_hears_of_it(booking, bram, amina, answer):
    other = a_room(booking.venue, hourly_cents=2500, setup_minutes=15)
    change = ask(booking, bram, friday(11, 14), other, title="Lamps", people=12)
    before, sequence, told = everything(booking), booking.sequence, letters()

    answer(change, amina)
    assert everything(booking) != before
    assert letters() > told
    changes.take_back(change.id, by=amina)

    assert everything(booking) == before
    assert booking.sequence > sequence
    assert letters() == told
    assert doctor.claims_and_bookings() == doctor.shares() == doctor.overlaps() == []
    yes(change, amina)
    assert (booking.room_id, booking.title, booking.total_cents) == (other.id, "Lamps", 7500)


def test_another_house_hands_the_booking_back(booking, bram):
    elsewhere = a_room()
    chandra = a_manager(elsewhere.venue, "Chandra")
    change = ask(booking, bram, friday(10, 12), elsewhere)
    before, told = everything(booking), letters()
    yes(change, chandra)
    assert "booking_left" in letters()

    changes.take_back(change.id, by=chandra)

    assert everything(booking) == before
    assert letters() == told


def test_after_two_minutes_or_by_somebody_else_it_stands(booking, bram, amina):
    change = ask(booking, bram, friday(13, 15))
    yes(change, amina)

    with pytest.raises(NotAllowed):
        changes.take_back(change.id, by=bram)
    with pytest.raises(AnswerHasLeft):
        second_thoughts.undo(booking.id, by=amina)
    with time_machine.travel(clock.now() + TIME_TO_THINK, tick=False), pytest.raises(AnswerHasLeft):
        changes.take_back(change.id, by=amina)

    assert booking.period == friday(13, 15)


def test_an_answer_of_a_program_leaves_at_once(booking, bram, amina):
    change = ask(booking, bram, friday(13, 15))
    changes.approve(change.id, by=amina)

    with pytest.raises(AnswerHasLeft):
        changes.take_back(change.id, by=amina)


@pytest.mark.parametrize("meanwhile", ["edited", "asked again"])
def test_whatever_happens_meanwhile_lets_the_answer_stand(booking, bram, amina, meanwhile):
    change = ask(booking, bram, friday(13, 15))
    yes(change, amina)
    if meanwhile == "edited":
        changes.edit(booking.id, by=bram, title="Lamps and chairs")
    else:
        ask(booking, bram, friday(16, 18))

    with pytest.raises(AnswerHasLeft):
        changes.take_back(change.id, by=amina)


def test_a_first_yes_leaves_before_a_change_is_asked_for(room, bram, amina):
    asked = a_booking(room, friday(10, 12), by=bram, for_=an_initiative(bram))
    actions.approve(asked.id, by=amina, lies_for=TIME_TO_THINK)

    ask(asked, bram, friday(13, 15))

    assert asked.answer_leaves_at is None
    with pytest.raises(AnswerHasLeft):
        second_thoughts.undo(asked.id, by=amina)


def test_an_old_place_that_somebody_else_has_is_told(booking, bram, amina, room):
    change = ask(booking, bram, friday(13, 15))
    yes(change, amina)
    a_booking(room, friday(10, 11))

    with pytest.raises(PlaceIsGone):
        changes.take_back(change.id, by=amina)

    db.session.refresh(booking)
    assert (booking.period, change.status) == (friday(13, 15), ChangeStatus.APPROVED)
    assert "booking_moved" in letters()


def test_a_no_whose_place_was_offered_to_who_waits_stands(booking, bram, amina, room):
    change = ask(booking, bram, friday(13, 15))
    dora = a_person("Dora")
    a_waiting_wish(room, friday(13, 15), by=dora, for_=an_initiative(dora))
    no(change, amina)

    with pytest.raises(PlaceIsGone):
        changes.take_back(change.id, by=amina)


def test_where_requests_hold_no_place_a_yes_taken_back_lets_it_go(booking, bram, amina, room):
    booking.venue.requests_occupy = False
    db.session.commit()
    change = ask(booking, bram, friday(13, 15))
    yes(change, amina)

    changes.take_back(change.id, by=amina)

    other = a_booking(room, friday(13, 15))
    actions.approve(other.id, by=amina)
    with pytest.raises(RoomTaken):
        yes(change, amina)


def test_who_has_no_mail_is_called_about_what_was_true_before(room, amina):
    dora = a_person("Dora", email=None, phone="06 1")
    asked = a_booking(room, friday(10, 12), by=dora, for_=an_initiative(dora))
    booking = actions.approve(asked.id, by=amina)
    change = ask(booking, dora, friday(13, 15))
    [before] = told_to(dora)
    yes(change, amina)
    assert [news for news, _since in told_to(dora)] == [News.MOVED]

    changes.take_back(change.id, by=amina)

    assert told_to(dora) == [before]


def told_to(person):
    """What is still to be told to somebody, and since when."""
    calls = db.session.query(PhoneCall).filter_by(person_id=person.id, called_at=None)
    return [(call.news, call.asked_at) for call in calls]


def test_who_was_called_knows_it(room, amina):
    dora = a_person("Dora", email=None, phone="06 1")
    asked = a_booking(room, friday(10, 12), by=dora, for_=an_initiative(dora))
    booking = actions.approve(asked.id, by=amina)
    change = ask(booking, dora, friday(13, 15))
    yes(change, amina)
    call = db.session.query(PhoneCall).filter_by(news=News.MOVED).one()
    call.called_at = clock.now() + timedelta(seconds=1)
    db.session.commit()

    with pytest.raises(AnswerHasLeft):
        changes.take_back(change.id, by=amina)
