"""The key register: never more keys out than the house allows, and a lost key opens nothing any more."""

from datetime import date, timedelta

import pytest
import time_machine

from buurthuis.accounts.models import RoleName
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.roster.fitness import fitness_of_person
from buurthuis.roster.holders import endings as holder_endings
from buurthuis.roster.keys import actions as key_actions
from buurthuis.roster.keys import locks as key_locks
from buurthuis.roster.keys import queries as key_queries
from buurthuis.roster.keys.actions import Handing
from buurthuis.roster.keys.locks import LockTold
from buurthuis.roster.keys.models import KeyState
from buurthuis.roster.keys.refusals import (
    KeyNotHere,
    KeyNotLost,
    KeyNotOut,
    LockExists,
    LockHasKeys,
    MoreAreOut,
    MostKeysOut,
    NoKeyForThem,
    NumberExists,
)
from buurthuis.roster.keys.reminding import ask_keys_back
from buurthuis.roster.models import DutyStatus, OwnEntry, Part, ShiftKind, Way
from buurthuis.rules.calendar import moment
from tests.builders import (
    a_booking,
    a_manager,
    a_person,
    a_role,
    a_room,
    a_venue,
    an_initiative,
    friday,
)
from tests.roster.key_people import a_duty, a_key, a_key_holder, a_lock, has_key, is_trained

TODAY = date(2026, 3, 2)


def to(person, **facts):
    return Handing(person.name, person=person, **facts)


def letters(template):
    found = db.session.query(OutboxLetter).filter_by(template=template)
    return {each.recipient: each for each in found}


def test_whoever_signs_gets_the_key_and_brings_it_back(app):
    venue = a_venue()
    nadia, amina = a_manager(venue, "Nadia"), a_key_holder(venue)
    lock = key_locks.add_lock(venue, LockTold("Front door", "The hall", most_issued=3), by=nadia)
    first, second = key_locks.add_keys(lock.id, ["1", "2"], by=nadia)
    due = TODAY + timedelta(days=30)
    handing = to(amina, deposit_cents=2500, due_on=due)
    issue = key_actions.give_out(first.id, handing, by=nadia)

    assert key_actions.give_out(first.id, to(amina), by=nadia) is issue
    assert (issue.signed_name, issue.deposit_cents, issue.due_on) == ("Amina", 2500, due)
    assert [each.key_id for each in key_queries.keys_of(amina)] == [first.id]
    with pytest.raises(KeyNotHere):
        key_actions.give_out(first.id, to(nadia), by=nadia)

    key_actions.take_back(first.id, "Amina", by=nadia)

    assert first.state == KeyState.IN_HOUSE
    assert not key_queries.keys_of(amina)
    with pytest.raises(KeyNotOut):
        key_actions.take_back(first.id, "Amina", by=nadia)
    assert key_actions.strike_out(second.id, by=nadia).state == KeyState.GONE
    verbs = [entry.verb for entry in db.session.query(LogEntry).order_by(LogEntry.id)]
    assert verbs == ["lock.added", "key.added", "key.given_out", "key.taken_back", "key.gone"]


def test_no_more_keys_are_out_than_the_house_allows(app):
    venue = a_venue()
    nadia, amina, bram = a_manager(venue, "Nadia"), a_key_holder(venue), a_key_holder(venue, "Bram")
    lock = a_lock(venue, most_issued=1)
    first, second = a_key(lock), a_key(lock)
    key_actions.give_out(first.id, to(amina), by=nadia)

    with pytest.raises(MostKeysOut):
        key_actions.give_out(second.id, to(bram), by=nadia)
    with pytest.raises(MoreAreOut):
        key_locks.change_lock(lock.id, LockTold("Door", most_issued=0), by=nadia)

    key_locks.change_lock(lock.id, LockTold("Door", most_issued=2), by=nadia)
    key_actions.give_out(second.id, to(bram), by=nadia)


def test_a_name_and_a_number_stand_for_one_thing(app):
    venue = a_venue()
    nadia = a_manager(venue, "Nadia")
    lock = a_lock(venue, "Front door")
    a_key(lock, "1")

    with pytest.raises(LockExists):
        key_locks.add_lock(venue, LockTold("Front door"), by=nadia)
    with pytest.raises(NumberExists):
        key_locks.add_keys(lock.id, ["2", "1"], by=nadia)
    with pytest.raises(LockHasKeys):
        key_locks.remove_lock(lock.id, by=nadia)
    empty = a_lock(venue, "Shed")
    key_locks.remove_lock(empty.id, by=nadia)
    assert [seen.lock.name for seen in key_queries.register_of(venue)] == ["Front door"]


def test_a_key_goes_to_somebody_the_house_knows(app):
    venue = a_venue()
    nadia, key = a_manager(venue, "Nadia"), a_key(a_lock(venue))
    strangers = Handing("Bram", group=an_initiative(a_person()))

    with pytest.raises(NoKeyForThem):
        key_actions.give_out(key.id, to(a_person("Dirk")), by=nadia)
    with pytest.raises(NoKeyForThem):
        key_actions.give_out(key.id, strangers, by=nadia)
    with pytest.raises(NotFound):
        key_actions.give_out(key.id, to(nadia), by=a_manager(a_venue(), "Other"))


@pytest.fixture
def friday_evening(app):
    """Amina holds the only key she has, and promised to open, host and close on Friday."""
    venue = a_venue()
    a_manager(venue, "Nadia")
    lock = a_lock(venue, opens="The hall and the kitchen")
    amina = a_key_holder(venue, lock=lock)
    booking = a_booking(a_room(venue), friday(19, 22))
    duties = {
        "open": a_duty(amina, venue, booking.id, friday(18.75, 19)),
        "close": a_duty(amina, venue, booking.id, friday(22, 22.25), kind=ShiftKind.CLOSE),
        "host": a_duty(amina, venue, booking.id, friday(19, 22), kind=ShiftKind.HOST),
        "past": a_duty(
            amina, venue, booking.id, friday(9, 10, weeks=-3), kind=ShiftKind.CLOSE, watch=1
        ),
    }
    return venue, amina, lock, duties


def test_a_lost_key_ends_eligibility_and_opens_the_coming_shifts_again(friday_evening):
    venue, amina, _lock, duties = friday_evening
    nadia = key_queries.people_for_keys(venue, today=TODAY)[1]
    (issue,) = key_queries.keys_of(amina)
    key_actions.tell_lost(issue.key_id, by=amina)

    assert issue.key.state == KeyState.LOST
    assert not fitness_of_person(amina.id, [venue.id], friday(0, 24)).in_house(venue.id).has_key
    assert {name: duty.status.value for name, duty in duties.items()} == {
        "open": "dropped",
        "close": "dropped",
        "host": "taken",
        "past": "taken",
    }
    assert set(letters("key_lost")) == {amina.email, nadia.email}
    told = letters("shifts_open_again")[nadia.email].facts
    assert [shift["kind"] for shift in told["shifts"]] == ["open", "close"]
    assert set(letters("shifts_let_go")) == {amina.email}
    with pytest.raises(KeyNotOut):
        key_actions.tell_lost(issue.key_id, by=nadia)

    key_actions.found_again(issue.key_id, by=nadia)
    assert issue.key.state == KeyState.IN_HOUSE
    assert duties["open"].status == DutyStatus.DROPPED
    with pytest.raises(KeyNotLost):
        key_actions.found_again(issue.key_id, by=nadia)


def test_whoever_looks_for_somebody_else_hears_it_in_the_same_transaction(
    friday_evening, monkeypatch
):
    venue, amina, _lock, duties = friday_evening
    heard = []
    monkeypatch.setattr(holder_endings, "_followers", [heard.append])
    (issue,) = key_queries.keys_of(amina)
    key_actions.take_back(issue.key_id, "Amina", by=amina_boss(venue))

    (freed,) = heard
    assert (freed.person.id, freed.venue.id, freed.because) == (amina.id, venue.id, "key_back")
    assert [each.id for each in freed.duties] == [duties["open"].id, duties["close"].id]

    def fails(_freed):
        raise RuntimeError

    again = has_key(amina, issue.key)
    duties["open"].status = DutyStatus.TAKEN
    db.session.commit()
    monkeypatch.setattr(holder_endings, "_followers", [fails])
    with pytest.raises(RuntimeError):
        key_actions.tell_lost(issue.key_id, by=amina)
    db.session.expire_all()
    assert (duties["open"].status, again.lost_at) == (DutyStatus.TAKEN, None)


def amina_boss(venue):
    return next(
        each for each in key_queries.people_for_keys(venue, today=TODAY) if each.name == "Nadia"
    )


def test_another_key_to_an_entrance_keeps_the_shifts(friday_evening):
    venue, amina, _lock, duties = friday_evening
    (first,) = key_queries.keys_of(amina)
    has_key(amina, a_key(a_lock(venue, "Back door")))
    cupboard = has_key(amina, a_key(a_lock(venue, "Cupboard", is_entrance=False)))

    assert key_actions.tell_lost(first.key_id, by=amina)[1] == []
    assert key_actions.tell_lost(cupboard.key_id, by=amina)[1] == []
    assert duties["open"].status == DutyStatus.TAKEN


def test_a_proposal_that_nobody_was_told_of_goes_without_a_letter(app):
    venue = a_venue()
    amina = a_key_holder(venue, lock=a_lock(venue))
    booking = a_booking(a_room(venue), friday(19, 22))
    facts = {"status": DutyStatus.PROPOSED, "part": Part.BACKUP}
    duty = a_duty(amina, venue, booking.id, friday(18.75, 19), **facts)
    (issue,) = key_queries.keys_of(amina)

    assert key_actions.tell_lost(issue.key_id, by=amina)[1] == []
    assert duty.status == DutyStatus.DROPPED
    assert not letters("shifts_let_go")


def test_a_group_with_a_key_opens_by_itself_as_long_as_it_has_it(app):
    venue = a_venue()
    nadia, bram = a_manager(venue, "Nadia"), a_person("Bram")
    group = an_initiative(bram)
    a_booking(a_room(venue), friday(19, 22), by=bram, for_=group)
    key = a_key(a_lock(venue))
    handing = Handing("Bram", group=group, opens_itself=True)
    issue = key_actions.give_out(key.id, handing, by=nadia)
    entry = db.session.get(OwnEntry, (group.id, venue.id))

    assert (issue.holder_name, entry.way, entry.from_on) == (group.name, Way.OWN_KEY, TODAY)

    key_actions.take_back(key.id, "Bram", by=nadia)
    assert db.session.get(OwnEntry, (group.id, venue.id)) is None

    key_actions.give_out(key.id, handing, by=nadia)
    entry = db.session.get(OwnEntry, (group.id, venue.id))
    entry.from_on = TODAY - timedelta(days=9)
    db.session.commit()
    key_actions.tell_lost(key.id, by=nadia)
    assert db.session.get(OwnEntry, (group.id, venue.id)).to_on == TODAY - timedelta(days=1)


def test_keys_that_should_be_back_and_of_those_who_went_are_listed(app):
    venue = a_venue()
    lock = a_lock(venue)
    late, gone = a_key_holder(venue, "Late"), a_person("Gone")
    has_key(late, a_key(lock), due_on=TODAY - timedelta(days=1))
    has_key(a_key_holder(venue, "Fine"), a_key(lock), due_on=TODAY)
    is_trained(gone, venue)
    has_key(gone, a_key(lock))
    a_role(gone, RoleName.HOST, a_venue())

    assert [each.holder_name for each in key_queries.overdue(venue, today=TODAY)] == ["Late"]
    assert key_queries.count_overdue(venue, today=TODAY) == 1
    assert [each.holder_name for each in key_queries.to_ask_back(venue, today=TODAY)] == ["Gone"]


def test_a_key_that_should_be_back_is_asked_for_once_in_the_morning(app):
    venue = a_venue()
    amina, dora = a_key_holder(venue), a_key_holder(venue, "Dora", email=None)
    group = an_initiative(bram := a_person("Bram"))
    lock, due = a_lock(venue), {"due_on": TODAY - timedelta(days=1)}
    for person, facts in ((amina, due), (dora, due), (amina, {"due_on": TODAY}), (amina, {})):
        has_key(person, a_key(lock), **facts)
    has_key(amina, a_key(lock), lost_at=clock.now(), lost_told_by_id=amina.id, **due)
    lent = has_key(bram, a_key(lock), **due)
    lent.person_id, lent.initiative_id = None, group.id
    db.session.commit()

    def asked_at(hour):
        with time_machine.travel(moment(TODAY, hour * 60), tick=False):
            return ask_keys_back()

    assert [asked_at(hour) for hour in (8, 9, 10)] == [0, 3, 0]
    told = letters("key_overdue")
    assert set(told) == {amina.email, bram.email}
    assert (told[amina.email].facts["is_own"], told[bram.email].facts["is_own"]) == (True, False)
    assert told[amina.email].facts["due_on_iso"].startswith("2026-03-01")
