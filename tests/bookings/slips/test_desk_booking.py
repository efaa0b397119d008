"""Booking for somebody without e-mail: the same rules and prices, a paper, and whom to call."""

import pytest
from sqlalchemy import select

from buurthuis.accounts.models import Initiative, Person, RoleName
from buurthuis.bookings import actions, second_thoughts
from buurthuis.bookings.changes import actions as changes
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import AnswerHasLeft, NotBookable, PriceChanged
from buurthuis.bookings.slips import actions as slips
from buurthuis.bookings.slips import calls
from buurthuis.bookings.slips.actions import Caller, Sending
from buurthuis.bookings.slips.models import News, PhoneCall, Slip
from buurthuis.bookings.slips.refusals import HasMail
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.answers import TIME_TO_THINK
from buurthuis.rules.standing import Kind
from buurthuis.rules.states import Status
from tests.builders import (
    a_confirmed_booking,
    a_manager,
    a_person,
    a_recognition,
    a_role,
    a_room,
    a_venue,
    a_wish,
    an_initiative,
    friday,
)

TRUUS = Caller("Truus", "06 1234 5678")


@pytest.fixture
def room(app):
    return a_room(a_venue())


@pytest.fixture
def nadia(room):
    return a_manager(room.venue, "Nadia")


@pytest.fixture
def host(room):
    person = a_person("Amina")
    a_role(person, RoleName.HOST, room.venue)
    return person


def book_for(room, whom, by, *, mark=None, seen=None, **facts):
    sending = Sending(mark, seen)
    return slips.book_for(room, a_wish(friday(19, 22), **facts), whom, by=by, sending=sending)


def waiting_calls(room):
    return [(call.person.name, call.news) for call in calls.calls_to_make(room.venue)]


def test_a_manager_books_for_a_name_and_a_number_and_it_is_certain(room, nadia):
    made = book_for(room, TRUUS, nadia)
    booking = made.booking

    assert booking.status == Status.CONFIRMED
    assert (booking.booked_by.name, booking.booked_by.phone) == ("Truus", "06 1234 5678")
    assert booking.initiative.name == "Truus"
    assert booking.total_cents == 3000
    assert len(made.pin) == 6
    assert db.session.scalars(select(OutboxLetter)).all() == []
    assert waiting_calls(room) == []


def test_what_a_host_types_waits_for_the_managers_as_for_everybody(room, host, nadia):
    booking = book_for(room, TRUUS, host).booking

    assert booking.status == Status.REQUESTED
    [letter] = db.session.scalars(select(OutboxLetter)).all()
    assert (letter.template, letter.recipient) == ("request_arrived", nadia.email)


def test_the_logbook_knows_who_typed_and_for_whom(room, nadia):
    booking = book_for(room, TRUUS, nadia).booking

    entry = db.session.scalar(select(LogEntry).where(LogEntry.verb == "booking.confirmed"))
    assert (entry.actor_id, entry.detail["person"]) == (nadia.id, booking.booked_by_id)


def test_a_name_alone_is_enough_and_a_group_may_be_named(room, nadia):
    booking = book_for(room, Caller("Joop", group="Klaverjassen"), nadia).booking

    assert (booking.booked_by.phone, booking.initiative.name) == ("", "Klaverjassen")
    assert booking.initiative.kind is Kind.PRIVATE


def test_a_known_group_pays_at_its_standing_and_gets_its_letter(room, nadia):
    bram = a_person("Bram")
    cafe = an_initiative(bram)
    a_recognition(cafe, Kind.RESIDENT_INITIATIVE, venue=room.venue)

    made = book_for(room, cafe, nadia, seen=0)

    assert (made.booking.total_cents, made.booking.booked_by_id, made.pin) == (0, bram.id, "")
    [letter] = db.session.scalars(select(OutboxLetter)).all()
    assert (letter.template, letter.recipient) == ("booking_confirmed", bram.email)


def test_the_rules_hold_at_the_desk_too_and_nobody_is_left_in_the_books(room, nadia):
    a_confirmed_booking(room, friday(20, 21))
    before = db.session.scalars(select(Person.id)).all()
    with pytest.raises(RoomTaken):
        book_for(room, TRUUS, nadia)
    with pytest.raises(NotBookable):
        book_for(room, TRUUS, nadia, people=900)
    assert db.session.scalars(select(Person.id)).all() == before


def test_another_price_than_was_read_out_is_asked_again(room, nadia):
    with pytest.raises(PriceChanged):
        book_for(room, TRUUS, nadia, seen=1)


def test_sending_twice_books_once(room, nadia):
    first, again = (book_for(room, TRUUS, nadia, mark="m" * 20) for _ in range(2))

    assert (first.booking.id, again.pin) == (again.booking.id, "")
    assert len(db.session.scalars(select(Booking)).all()) == 1
    assert len(db.session.scalars(select(Initiative)).all()) == 1


def test_only_who_books_at_this_desk_books_for_others(room):
    key_holder, elsewhere = a_person("Amina"), a_manager(a_venue(), "Youssef")
    a_role(key_holder, RoleName.KEY_HOLDER, room.venue)
    with pytest.raises(NotAllowed):
        book_for(room, TRUUS, key_holder)
    with pytest.raises(NotFound):
        book_for(room, TRUUS, elsewhere)


def test_a_new_paper_has_the_same_number_and_another_pin(room, nadia):
    made = book_for(room, TRUUS, nadia)
    slip = db.session.scalar(select(Slip))
    reference, before, edition = slip.reference, slip.pin_hash, slip.edition
    anew = slips.print_anew(made.booking.id, by=nadia)

    assert (slip.reference, slip.edition) == (reference, edition + 1)
    assert slip.pin_hash != before
    assert anew.pin not in slip.pin_hash
    with pytest.raises(HasMail):
        slips.print_anew(a_confirmed_booking(room, friday(10, 12)).id, by=nadia)


def test_whoever_has_no_mail_is_to_be_called_when_the_house_changes_something(room, host, nadia):
    booking = book_for(room, TRUUS, host).booking
    assert waiting_calls(room) == []

    actions.approve(booking.id, by=nadia)
    assert waiting_calls(room) == [("Truus", News.CONFIRMED)]
    changes.move(booking.id, room, friday(18, 21), by=nadia)
    assert waiting_calls(room) == [("Truus", News.MOVED)]

    [call] = calls.calls_to_make(room.venue)
    calls.called(call, by=host)
    calls.called(call, by=nadia)
    assert waiting_calls(room) == []
    assert db.session.scalar(select(PhoneCall.called_by_id)) == host.id

    actions.cancel(booking.id, by=nadia, reason="Leak")
    assert waiting_calls(room) == [("Truus", News.CANCELLED)]


def test_nobody_is_called_about_what_they_did_themselves(room, nadia):
    booking = book_for(room, TRUUS, nadia).booking
    actions.cancel(booking.id, by=booking.booked_by)

    assert waiting_calls(room) == []


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_what_was_to_be_told_before_an_answer_is_still_to_be_told_without_it(
    room, host, nadia, answer
):
    booking = book_for(room, TRUUS, host).booking
    actions.ask(booking.id, by=nadia, text="How many tables?")
    assert waiting_calls(room) == [("Truus", News.ASKED)]

    if answer == "yes":
        actions.approve(booking.id, by=nadia, lies_for=TIME_TO_THINK)
    else:
        actions.refuse(booking.id, by=nadia, reason="Full", lies_for=TIME_TO_THINK)
    assert waiting_calls(room) != [("Truus", News.ASKED)]
    second_thoughts.undo(booking.id, by=nadia)

    assert waiting_calls(room) == [("Truus", News.ASKED)]


def test_an_answer_that_was_told_by_telephone_stands(room, host, nadia):
    booking = book_for(room, TRUUS, host).booking
    actions.approve(booking.id, by=nadia, lies_for=TIME_TO_THINK)
    second_thoughts.undo(booking.id, by=nadia)
    assert waiting_calls(room) == []

    actions.approve(booking.id, by=nadia, lies_for=TIME_TO_THINK)
    [call] = calls.calls_to_make(room.venue)
    calls.called(call, by=nadia)
    with pytest.raises(AnswerHasLeft):
        second_thoughts.undo(booking.id, by=nadia)
