"""A change that the house must agree to stands beside the booking, which stays as it was."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.bookings import actions, changes, queries
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.queries import changes_waiting, open_change_of
from buurthuis.bookings.refusals import (
    ChangeIsAnswered,
    PriceChanged,
    ReasonMissing,
    RoomRetired,
)
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound, sentence_of
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.pages.desk_change_cards import card_of
from buurthuis.rules.changes import ChangeStatus, PriceRule
from buurthuis.rules.states import Status
from buurthuis.upkeep import doctor
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
    return a_room(turnover_minutes=30)


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def amina(room):
    return a_manager(room.venue, "Amina")


@pytest.fixture
def booking(room, bram, amina):
    """Bram has the room from ten to twelve."""
    asked = a_booking(room, friday(10, 12), by=bram, for_=an_initiative(bram))
    return actions.approve(asked.id, by=amina)


def ask(booking, bram, period, room=None, **words):
    wanted = changes.Wanted(room or booking.room, period, words)
    return changes.send(booking.id, wanted, by=bram)


def all_is_well():
    assert doctor.claims_and_bookings() == []
    assert doctor.shares() == []
    assert doctor.overlaps() == []


def letters(template):
    return db.session.query(OutboxLetter).filter_by(template=template).all()


def test_the_booking_stays_as_it_was_and_both_places_are_kept(booking, bram, room):
    sent = ask(booking, bram, friday(11, 14), people=12)

    assert sent.change.status == ChangeStatus.ASKED
    stored = queries.booking(booking.id)
    assert (stored.period, stored.people, stored.status) == (
        friday(10, 12),
        10,
        Status.CONFIRMED,
    )
    for period in (friday(10, 11), friday(13, 14), friday(14, 15)):
        with pytest.raises(RoomTaken):
            a_booking(room, period)
    all_is_well()


def test_a_yes_moves_it_at_the_price_that_was_seen(booking, bram, amina, room):
    change = ask(booking, bram, friday(13, 16), title="Lamps").change
    assert change.total_cents == 3000

    changes.approve(change.id, by=amina)

    stored = queries.booking(booking.id)
    assert (stored.period, stored.title, stored.total_cents) == (friday(13, 16), "Lamps", 3000)
    assert change.status == ChangeStatus.APPROVED
    assert a_booking(room, friday(10, 12)).id
    assert {each.recipient for each in letters("booking_moved")} == {bram.email}
    all_is_well()


def test_a_yes_to_a_longer_time_takes_both_pieces_together(booking, bram, amina):
    change = ask(booking, bram, friday(9, 13)).change

    changes.approve(change.id, by=amina)

    assert queries.booking(booking.id).period == friday(9, 13)
    all_is_well()


def test_a_no_gives_the_asked_place_back_and_says_why(booking, bram, amina, room):
    change = ask(booking, bram, friday(10, 14)).change

    changes.refuse(change.id, by=amina, reason="The choir comes then.")

    assert queries.booking(booking.id).period == friday(10, 12)
    assert a_booking(room, friday(12.5, 14)).id
    [letter] = letters("change_refused")
    assert letter.facts["reason"] == "The choir comes then."
    all_is_well()


def test_whoever_asked_takes_it_back(booking, bram, room, amina):
    change = ask(booking, bram, friday(14, 16)).change

    changes.withdraw(change.id, by=bram)

    assert a_booking(room, friday(14, 16)).id
    assert {each.recipient for each in letters("change_withdrawn")} == {amina.email}
    with pytest.raises(ChangeIsAnswered):
        changes.approve(change.id, by=amina)


def test_a_cancelled_booking_takes_its_change_along(booking, bram, room, amina):
    change = ask(booking, bram, friday(14, 16)).change

    actions.cancel(booking.id, by=bram)

    assert change.status == ChangeStatus.WITHDRAWN
    assert a_booking(room, friday(14, 16)).id
    all_is_well()


def test_asking_the_same_twice_asks_once_and_something_else_takes_its_place(booking, bram, room):
    first = ask(booking, bram, friday(14, 16)).change
    again = ask(booking, bram, friday(14, 16)).change
    other = ask(booking, bram, friday(16, 18)).change

    assert (first.id, first.status) == (again.id, ChangeStatus.WITHDRAWN)
    assert open_change_of(queries.booking(booking.id)).id == other.id
    assert a_booking(room, friday(13.5, 15)).id
    assert len(letters("change_asked")) == 2
    all_is_well()


def test_only_the_managers_of_the_house_answer_and_always_with_a_reason(booking, bram, amina):
    change = ask(booking, bram, friday(14, 16)).change

    for person in (bram, a_person("Dirk"), a_manager(a_venue())):
        with pytest.raises((NotFound, Exception)) as refused:
            changes.approve(change.id, by=person)
        assert refused.value.status in {403, 404}
    with pytest.raises(ReasonMissing):
        changes.refuse(change.id, by=amina, reason=" ")


def test_a_price_that_is_no_longer_what_was_seen_is_shown_first(booking, bram):
    with pytest.raises(PriceChanged):
        changes.send(
            booking.id,
            changes.Wanted(booking.room, friday(14, 16)),
            by=bram,
            seen_total=1,
        )


def test_where_requests_hold_no_place_somebody_else_may_be_first(booking, bram, amina, room):
    room.venue.requests_occupy = False
    db.session.commit()
    change = ask(booking, bram, friday(14, 16)).change
    a_confirmed_booking(room, friday(15, 17))

    with pytest.raises(RoomTaken):
        changes.approve(change.id, by=amina)

    assert queries.booking(booking.id).period == friday(10, 12)
    assert open_change_of(queries.booking(booking.id)).id == change.id
    all_is_well()


def test_what_nobody_answers_ends_when_the_first_of_both_times_begins(booking, bram, room, amina):
    change = ask(booking, bram, friday(14, 16)).change

    with time_machine.travel(booking.from_at, tick=False):
        with pytest.raises(ChangeIsAnswered):
            changes.approve(change.id, by=amina)
        assert changes_waiting(room.venue, now=clock.now()) == []
        assert a_booking(room, friday(14, 16)).id
        assert changes.expire_changes() == 1
        assert changes.expire_changes() == 0

    assert change.status == ChangeStatus.EXPIRED
    assert len(letters("change_expired")) == 1
    assert queries.booking(booking.id).status == Status.CONFIRMED


def test_a_shorter_time_within_the_term_of_the_house_costs_what_it_cost(booking, bram, room):
    with time_machine.travel(booking.from_at - timedelta(hours=47), tick=False):
        changes.move(booking.id, room, friday(10, 11), by=bram)

    assert (booking.period, booking.total_cents) == (friday(10, 11), 2000)


def test_a_move_that_happens_at_once_takes_the_place_of_what_was_asked(booking, bram, room):
    change = ask(booking, bram, friday(10, 14)).change

    changes.move(booking.id, room, friday(10, 11), by=bram)

    assert change.status == ChangeStatus.WITHDRAWN
    all_is_well()


def test_another_house_answers_for_its_own_room_and_both_houses_are_told(booking, bram, amina):
    elsewhere = a_venue("elsewhere")
    hall, youssef = a_room(elsewhere, hourly_cents=1500), a_manager(elsewhere, "Youssef")
    change = ask(booking, bram, friday(10, 12), hall).change
    assert (change.venue_id, change.total_cents, change.price_rule) == (
        elsewhere.id,
        3000,
        PriceRule.CARD,
    )
    with pytest.raises(NotFound):
        actions.cancel(booking.id, by=youssef)

    changes.approve(change.id, by=youssef)

    stored = queries.booking(booking.id)
    assert (stored.venue_id, stored.room_id, stored.total_cents) == (elsewhere.id, hall.id, 3000)
    assert {each.recipient for each in letters("booking_left")} == {amina.email}
    assert {each.recipient for each in letters("booking_moved")} == {bram.email}
    with pytest.raises(NotFound):
        actions.cancel(booking.id, by=amina)
    actions.cancel(booking.id, by=youssef)


def test_the_database_keeps_one_open_change_for_a_booking(booking, bram):
    change = ask(booking, bram, friday(14, 16)).change
    facts = {c.name: getattr(change, c.name) for c in ChangeRequest.__table__.columns}
    db.session.add(ChangeRequest(**{**facts, "id": None}))

    with pytest.raises(Exception, match=r"change_request|uq_change"):
        db.session.commit()


def test_a_yes_into_a_room_that_is_lent_no_more_is_refused_kindly(booking, bram, amina, room):
    attic = a_room(room.venue, name="Attic")
    change = ask(booking, bram, friday(13, 16), room=attic).change
    attic.retired_at = clock.now()
    db.session.commit()

    with pytest.raises(RoomRetired) as refused:
        changes.approve(change.id, by=amina)

    assert "Attic" in sentence_of(refused.value)
    assert card_of(change, clock.now()).stops == sentence_of(refused.value)
    assert (queries.booking(booking.id).room_id, change.is_open) == (room.id, True)
    changes.refuse(change.id, by=amina, reason="Gone")
    all_is_well()
