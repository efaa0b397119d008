"""Booking: what the desk accepts, what it refuses and what it writes down."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.bookings import actions, queries
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import (
    AlreadyOver,
    NotBookable,
    PriceChanged,
    ReasonMissing,
    SpeaksForNobody,
    WrongState,
)
from buurthuis.foundation import clock, ical
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.availability import Problem
from buurthuis.rules.standing import Kind
from buurthuis.rules.states import Status
from buurthuis.venues.models import Approval
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_recognition,
    a_room,
    a_venue,
    a_wish,
    an_initiative,
    friday,
    on,
)


@pytest.fixture
def room(app):
    return a_room()


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def cafe(bram):
    return an_initiative(bram)


def letters() -> list[tuple[str, str]]:
    rows = db.session.query(OutboxLetter)
    return sorted((letter.template, letter.recipient) for letter in rows)


def test_a_request_waits_and_holds_its_place(room, bram, cafe):
    booking = a_booking(room, friday(10, 12), by=bram, for_=cafe)

    assert booking.status == Status.REQUESTED
    with pytest.raises(RoomTaken):
        a_booking(room, friday(11, 12))


def test_a_room_may_confirm_by_itself(app, bram, cafe):
    room = a_room(approval=Approval.ALWAYS)

    assert a_booking(room, friday(10, 12), by=bram, for_=cafe).status == Status.CONFIRMED


def test_a_room_may_confirm_by_itself_for_recognised_groups_only(app, bram, cafe):
    room = a_room(approval=Approval.RECOGNISED)
    a_recognition(cafe, Kind.RESIDENT_INITIATIVE)

    assert a_booking(room, friday(10, 12), by=bram, for_=cafe).status == Status.CONFIRMED
    assert a_booking(room, friday(14, 16)).status == Status.REQUESTED


def test_a_firm_that_says_so_itself_is_not_recognised(app, bram):
    room = a_room(approval=Approval.RECOGNISED)
    firm = an_initiative(bram, kind=Kind.COMMERCIAL)

    booking = a_booking(room, friday(10, 12), by=bram, for_=firm)

    assert booking.surcharge_cents > 0
    assert booking.status == Status.REQUESTED


def test_a_manager_books_without_asking(room):
    manager = a_manager(room.venue)
    own = an_initiative(manager)

    assert a_booking(room, friday(10, 12), by=manager, for_=own).status == Status.CONFIRMED


def test_requests_hold_no_place_where_the_house_says_so(app):
    room = a_room(a_venue(requests_occupy=False))
    first = a_booking(room, friday(10, 12))
    second = a_booking(room, friday(11, 13))
    manager = a_manager(room.venue)

    actions.approve(second.id, by=manager)

    with pytest.raises(RoomTaken):
        actions.approve(first.id, by=manager)
    assert queries.booking(first.id).status == Status.REQUESTED


def test_nobody_books_for_a_group_of_others(room, cafe):
    with pytest.raises(SpeaksForNobody):
        a_booking(room, friday(10, 12), by=a_person("Dirk"), for_=cafe)


@pytest.mark.parametrize(
    ("period", "people", "problem"),
    [
        (on(friday(1, 2).start.date().replace(year=2025), 10, 12), 5, Problem.IN_THE_PAST),
        (friday(6, 9), 5, Problem.OUTSIDE_HOURS),
        (friday(10, 12), 21, Problem.TOO_MANY_PEOPLE),
        (friday(10, 10.25), 5, Problem.TOO_SHORT),
        (friday(10.1, 12), 5, Problem.OFF_THE_STEP),
        (friday(10, 12, weeks=120), 5, Problem.TOO_FAR_AHEAD),
    ],
)
def test_what_breaks_a_rule_is_refused_and_leaves_nothing(room, period, people, problem):
    with pytest.raises(NotBookable) as refused:
        a_booking(room, period, people=people)

    assert problem in refused.value.problems
    assert db.session.query(Booking).count() == 0
    assert db.session.query(OutboxLetter).count() == 0


def test_sending_twice_books_once(room, bram, cafe):
    wish = a_wish(friday(10, 12))
    first = actions.book(room, wish, by=bram, for_=cafe, submission="form-1")
    second = actions.book(room, wish, by=bram, for_=cafe, submission="form-1")

    assert first.id == second.id
    assert db.session.query(Booking).count() == 1


def test_a_price_that_changed_is_shown_before_it_is_charged(room, bram, cafe):
    with pytest.raises(PriceChanged) as refused:
        actions.book(room, a_wish(friday(10, 12)), by=bram, for_=cafe, seen_total=1999)

    assert refused.value.total_cents == 2000
    assert db.session.query(Occupancy).count() == 0


def test_the_price_is_frozen_with_its_reason(room, bram, cafe):
    a_recognition(cafe, Kind.SOCIAL_ENTERPRISE)
    booking = a_booking(room, friday(10, 12), by=bram, for_=cafe)
    assert (booking.list_cents, booking.discount_cents, booking.total_cents) == (2000, 1300, 700)

    from buurthuis.tariffs.models import Rate

    db.session.query(Rate).update({"cents": 9999})
    db.session.commit()

    assert queries.booking(booking.id).total_cents == 700
    assert booking.standing == Kind.SOCIAL_ENTERPRISE
    assert booking.price_reason


def test_yes_is_told_to_the_booker_with_the_date_for_their_calendar(room, bram, cafe):
    booking = a_booking(room, friday(10, 12), by=bram, for_=cafe)
    manager = a_manager(room.venue)

    actions.approve(booking.id, by=manager)

    assert ("booking_confirmed", bram.email) in letters()
    letter = db.session.query(OutboxLetter).filter_by(template="booking_confirmed").one()
    calendar = ical.as_written(letter.calendar)
    assert "BEGIN:VEVENT" in calendar
    assert booking.uid in calendar.replace("\r\n ", "")


def test_a_request_is_told_to_the_managers(room, bram, cafe):
    manager = a_manager(room.venue)
    a_manager(a_venue())

    a_booking(room, friday(10, 12), by=bram, for_=cafe)

    assert letters() == [
        ("booking_requested", bram.email),
        ("request_arrived", manager.email),
    ]


def test_no_frees_the_place_and_tells_why(room, bram, cafe):
    booking = a_booking(room, friday(10, 12), by=bram, for_=cafe)

    actions.refuse(booking.id, by=a_manager(room.venue), reason="The heater is broken.")

    assert booking.status == Status.REFUSED
    assert ("booking_refused", bram.email) in letters()
    a_booking(room, friday(10, 12))


def test_no_without_a_reason_is_no_answer(room):
    booking = a_booking(room, friday(10, 12))

    with pytest.raises(ReasonMissing):
        actions.refuse(booking.id, by=a_manager(room.venue), reason="  ")
    assert queries.booking(booking.id).status == Status.REQUESTED


@pytest.mark.parametrize("verb", ["approve", "refuse"])
def test_a_second_answer_comes_too_late(room, verb):
    booking = a_booking(room, friday(10, 12))
    manager = a_manager(room.venue)
    actions.approve(booking.id, by=manager)
    more = {"reason": "no"} if verb == "refuse" else {}

    with pytest.raises(WrongState):
        getattr(actions, verb)(booking.id, by=manager, **more)
    assert queries.booking(booking.id).status == Status.CONFIRMED


def test_only_a_manager_of_the_house_decides(room, bram, cafe):
    booking = a_booking(room, friday(10, 12), by=bram, for_=cafe)

    with pytest.raises(NotAllowed):
        actions.approve(booking.id, by=bram)
    with pytest.raises(NotFound):
        actions.approve(booking.id, by=a_manager(a_venue()))


def test_cancelling_in_time_is_not_late(room, bram, cafe):
    booking = a_booking(room, friday(10, 12), by=bram, for_=cafe)

    actions.cancel(booking.id, by=bram)

    assert (booking.status, booking.cancelled_late) == (Status.CANCELLED, False)


def test_a_request_that_nobody_answered_is_never_cancelled_late(room, bram, cafe):
    booking = a_booking(room, friday(10, 12), by=bram, for_=cafe)

    with time_machine.travel(booking.from_at - timedelta(hours=2), tick=False):
        actions.cancel(booking.id, by=bram)

    assert not booking.cancelled_late


def test_cancelling_at_the_last_moment_is_written_down(room, bram, cafe):
    booking = a_confirmed_booking(room, friday(10, 12), by=bram, for_=cafe)

    with time_machine.travel(booking.from_at - timedelta(hours=2), tick=False):
        actions.cancel(booking.id, by=bram)

    assert booking.cancelled_late


def test_what_is_over_cannot_be_cancelled(room, bram, cafe):
    booking = a_booking(room, friday(10, 12), by=bram, for_=cafe)

    with time_machine.travel(booking.to_at, tick=False), pytest.raises(AlreadyOver):
        actions.cancel(booking.id, by=bram)
    assert queries.booking(booking.id).status == Status.REQUESTED


def test_the_house_asks_and_the_booker_answers(room, bram, cafe):
    manager = a_manager(room.venue)
    booking = a_booking(room, friday(10, 12), by=bram, for_=cafe)

    actions.ask(booking.id, by=manager, text="Do you need chairs?")
    actions.answer(booking.id, by=bram, text="Ten, please.")

    assert [message.text for message in booking.messages] == [
        "Do you need chairs?",
        "Ten, please.",
    ]
    assert ("booking_question", bram.email) in letters()
    assert ("booking_answer", manager.email) in letters()


def test_somebody_without_an_address_gets_no_letter(room):
    person = a_person("Amina", email=None)

    a_booking(room, friday(10, 12), by=person, for_=an_initiative(person))

    assert letters() == []


def test_every_deed_is_in_the_logbook(room, bram, cafe):
    booking = a_booking(room, friday(10, 12), by=bram, for_=cafe)
    actions.approve(booking.id, by=a_manager(room.venue))
    actions.cancel(booking.id, by=bram)

    entries = db.session.query(LogEntry).filter_by(subject_type="booking").order_by(LogEntry.id)
    assert [entry.verb for entry in entries] == [
        "booking.requested",
        "booking.approved",
        "booking.cancelled",
    ]


def a_hold(room, period, *, minutes: int = 35) -> Booking:
    """A place kept for a payment: what the payment desk will make."""
    booking = a_booking(room, period)
    booking.status = Status.HELD
    booking.expires_at = clock.now() + timedelta(minutes=minutes)
    db.session.commit()
    return booking


def test_a_hold_past_its_time_gives_way_to_the_next_wish(room):
    hold = a_hold(room, friday(10, 12))

    with pytest.raises(RoomTaken):
        a_booking(room, friday(10, 12))
    with time_machine.travel(hold.expires_at, tick=False):
        a_booking(room, friday(10, 12))

    assert queries.booking(hold.id).status == Status.EXPIRED


def test_the_worker_releases_holds_as_well(room):
    hold = a_hold(room, friday(10, 12))

    assert actions.expire_holds() == 0
    with time_machine.travel(hold.expires_at, tick=False):
        assert actions.expire_holds() == 1
    assert db.session.query(Occupancy).count() == 0


def test_no_job_touches_a_confirmed_booking(room):
    booking = a_confirmed_booking(room, friday(10, 12))

    with time_machine.travel(booking.to_at + timedelta(days=400), tick=False):
        actions.expire_holds()
        a_booking(room, on(friday(1, 2).start.date() + timedelta(days=401), 10, 12))

    assert queries.booking(booking.id).status == Status.CONFIRMED
