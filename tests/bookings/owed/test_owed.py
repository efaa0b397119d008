"""What is owed: frozen with the booking, never for what the house does, and decided by a person."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from buurthuis.bookings import actions
from buurthuis.bookings.bundles.actions import book_together, cancel_bundle
from buurthuis.bookings.notice import notice_of
from buurthuis.bookings.owed import actions as deciding
from buurthuis.bookings.owed.models import Owed, State, Why
from buurthuis.bookings.owed.queries import owed_for
from buurthuis.bookings.owed.refusals import NothingOwed, TooMuch
from buurthuis.bookings.refusals import ReasonMissing
from buurthuis.bookings.series.deciding import cancel_series
from buurthuis.bookings.today import actions as today
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.rules.cancellation import NoticeUnit
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.models import Rate
from buurthuis.venues.models import Approval
from tests.builders import (
    FRIDAY,
    a_booking,
    a_card,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_policy,
    a_recognition,
    a_room,
    a_series,
    a_venue,
    a_wish,
    an_initiative,
    friday,
    on,
)

DAYS = NoticeUnit.DAYS


@pytest.fixture
def venue(app):
    return a_venue("de-meevaart", cancel_notice_hours=48)


@pytest.fixture
def card(venue):
    return a_card(venue)


@pytest.fixture
def room(venue, card):
    """€ 37.50 for an evening."""
    return _priced(a_room(venue, hourly_cents=None, approval=Approval.ALWAYS), card)


@pytest.fixture
def bram(app):
    return a_person()


@pytest.fixture
def cafe(bram):
    return an_initiative(bram)


def _priced(room, card, cents=3750):
    db.session.add(Rate(card_id=card.id, room_id=room.id, unit="booking", cents=cents))
    db.session.commit()
    db.session.expire_all()
    return room


def _letter(template):
    asked = select(OutboxLetter).where(OutboxLetter.template == template)
    return db.session.scalars(asked.order_by(OutboxLetter.created_at)).all()[-1]


def _late(room, bram, cafe, weeks=0):
    """A booking that Bram cancels a day before."""
    booking = a_booking(room, friday(19, 21, weeks=weeks), by=bram, for_=cafe)
    with time_machine.travel(booking.from_at - timedelta(days=1), tick=False):
        actions.cancel(booking.id, by=bram)
    return owed_for(booking)


def test_where_nothing_was_decided_nothing_is_owed(room, bram, cafe):
    assert _late(room, bram, cafe) is None


def test_a_later_card_changes_nothing_for_what_is_booked(venue, card, room, bram, cafe):
    a_policy(card, (2, DAYS, 0), late_bp=5000)
    first = a_booking(room, friday(10, 12), by=bram, for_=cafe)
    later = a_card(venue, valid_from=date(2026, 3, 3))
    _priced(room, later)
    a_policy(later, late_bp=10000)
    second = a_booking(room, friday(14, 16), by=bram, for_=cafe)

    with time_machine.travel(friday(9, 10).start, tick=False):
        assert [notice_of([each], clock.now()).now.cents for each in (first, second)] == [
            1875,
            3750,
        ]
        actions.cancel(first.id, by=bram)
    assert (owed_for(first).cents, owed_for(first).share_bp) == (1875, 5000)


def test_who_has_rules_of_their_own_owes_by_those(venue, card, room, bram, cafe):
    a_policy(card, late_bp=10000)
    a_policy(card, (1, DAYS, 0), kind=Kind.RESIDENT_INITIATIVE, late_bp=0, unused_bp=5000)
    a_recognition(cafe, Kind.RESIDENT_INITIATIVE, venue=venue)
    free = a_booking(room, friday(10, 12), by=bram, for_=cafe)
    other = a_booking(room, friday(14, 16), by=bram, for_=an_initiative(bram, name="Choir"))

    notices = [notice_of([each], clock.now()) for each in (free, other)]

    assert [each.now.cents for each in notices] == [0, 3750]
    assert [each.unused_cents for each in notices] == [1875, 3750]
    assert notices[0].is_always_free


def test_what_the_house_does_and_what_was_never_certain_costs_nothing(
    venue, card, room, bram, cafe
):
    a_policy(card)
    asks = _priced(a_room(venue, hourly_cents=None, slug="studio", approval=Approval.ASK), card)
    called_off = a_booking(room, friday(10, 12), by=bram, for_=cafe)
    requested = a_booking(asks, friday(10, 12), by=bram, for_=cafe)

    actions.cancel(called_off.id, by=a_manager(venue))
    actions.cancel(requested.id, by=bram)

    assert db.session.scalar(select(func.count()).select_from(Owed)) == 0
    assert not any(each.cancelled_late for each in (called_off, requested))


def test_who_asks_the_desk_to_cancel_owes_as_if_they_did_it_themselves(
    venue, card, room, bram, cafe
):
    a_policy(card, (30, DAYS, 0))
    called, own = (a_booking(room, friday(at, at + 2), by=bram, for_=cafe) for at in (10, 14))

    actions.cancel(called.id, by=a_manager(venue), for_group=True)
    actions.cancel(own.id, by=bram)

    assert called.cancelled_late
    assert owed_for(called).cents == owed_for(own).cents > 0


def test_working_days_leave_out_public_holidays(card, room, bram, cafe):
    a_policy(card, (2, NoticeUnit.WORKING_DAYS, 0))
    after_kings_day = on(date(2026, 4, 28), 19, 21)  # King's Day is Monday the 27th.
    booking = a_booking(room, after_kings_day, by=bram, for_=cafe)

    notice = notice_of([booking], clock.now())

    assert notice.free_until == on(date(2026, 4, 23), 19, 21).start


def test_rooms_and_days_that_are_cancelled_at_once_are_told_together(venue, card, room, bram, cafe):
    a_policy(card, late_bp=5000)
    kitchen = _priced(
        a_room(venue, hourly_cents=None, slug="kitchen", approval=Approval.ALWAYS), card, 1001
    )
    rooms = book_together([room, kitchen], a_wish(friday(10, 12)), by=bram, for_=cafe)
    cancel_bundle(rooms[0].bundle_id, by=bram)
    told = _letter("booking_cancelled").facts
    assert [each["cents"] for each in told["owed_rows"]] == [1875, 501]
    assert told["owed_cents"] == 2376

    series = a_series(room, "FREQ=WEEKLY;COUNT=3", by=bram, for_=cafe)
    cancel_series(series.id, FRIDAY, by=bram)
    told = _letter("series_cancelled").facts
    assert (told["owed_cents"], len(told["owed_rows"])) == (3 * 1875, 3)
    assert db.session.scalar(select(func.count()).select_from(Owed)) == 5


def test_after_some_times_a_person_decides(venue, card, room, bram, cafe):
    a_policy(card, person_decides_after=2)
    first, second, third = (_late(room, bram, cafe, weeks) for weeks in range(3))
    of_others = _late(room, bram, an_initiative(bram, name="Choir"), 4)

    assert [each.state for each in (first, second, third)] == [
        State.DUE,
        State.DUE,
        State.TO_DECIDE,
    ]
    assert of_others.state == State.DUE
    assert _letter("booking_cancelled").facts["owed_state"] == State.DUE


def test_a_manager_asks_less_or_nothing_and_says_why(venue, card, room, bram, cafe):
    a_policy(card)
    owed, amina = _late(room, bram, cafe), a_manager(venue, "Amina")

    for reason, cents, refusal in (("", 0, ReasonMissing), ("x", 3751, TooMuch)):
        with pytest.raises(refusal):
            deciding.decide(owed.booking_id, by=amina, cents=cents, reason=reason)
    with pytest.raises(NotFound):
        deciding.decide(owed.booking_id, by=a_person("Dirk"), cents=0, reason="x")
    deciding.decide(owed.booking_id, by=amina, cents=1000, reason="They were ill.")
    assert (owed.state, owed.cents, owed.decided_by_id) == (State.DUE, 1000, amina.id)
    deciding.decide(owed.booking_id, by=amina, cents=0, reason="All of them.")

    assert owed.state == State.WAIVED
    letter = _letter("owed_decided")
    assert (letter.recipient, letter.facts["reason"]) == (bram.email, "All of them.")
    verbs = db.session.scalars(select(LogEntry.verb).order_by(LogEntry.id)).all()
    assert verbs.count("booking.owed_decided") == 2


def test_who_does_not_come_owes_until_that_is_taken_back(venue, card, room, bram, cafe):
    a_policy(card, late_bp=5000)
    amina = a_manager(venue, "Amina")
    booking = a_confirmed_booking(room, friday(19, 21), by=bram, for_=cafe)
    with time_machine.travel(booking.from_at + timedelta(hours=1), tick=False):
        today.no_show(booking.id, by=amina)
        assert (owed_for(booking).why, owed_for(booking).cents) == (Why.UNUSED, 3750)
        today.undo(booking.id, by=amina)

        db.session.expire_all()
        assert owed_for(booking) is None
        with pytest.raises(NothingOwed):
            deciding.decide(booking.id, by=amina, cents=0, reason="x")
