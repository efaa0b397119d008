"""Recognising a standing: who may, from when it counts, and what it leaves alone."""

from datetime import date, timedelta

import pytest

from buurthuis.foundation.access import may
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound, sentence_of
from buurthuis.foundation.logbook import LogEntry
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.tariffs import actions, rights, sentences
from buurthuis.tariffs.models import Recognition
from buurthuis.tariffs.queries import price, recognitions_in, recognitions_of, standing_of
from buurthuis.tariffs.refusals import RecognitionOver
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

pytestmark = pytest.mark.usefixtures("app")

assert rights
assert sentences
TODAY = date(2026, 3, 2)


def recognise(initiative, venue, by, kind=Kind.RESIDENT_INITIATIVE, **facts):
    return actions.recognise(initiative, kind, venue=venue, by=by, reason="Buren", **facts)


def test_a_recognised_group_pays_less_from_today_on():
    room = a_room()
    initiative = an_initiative()

    recognise(initiative, room.venue, a_manager(room.venue))

    found = price(room, friday(19, 21), initiative=initiative, purpose=Purpose.MEETING)
    assert found.quote.total_cents == 0
    assert standing_of(initiative, room.venue, on=TODAY) == Kind.RESIDENT_INITIATIVE
    assert standing_of(initiative, room.venue, on=TODAY - timedelta(days=1)) is None


def test_a_booking_keeps_the_price_that_was_seen():
    room = a_room()
    bram = a_person("Bram")
    initiative = an_initiative(bram)
    booking = a_booking(room, friday(19, 21), by=bram, for_=initiative)

    recognise(initiative, room.venue, a_manager(room.venue))

    db.session.refresh(booking)
    assert booking.total_cents == 2000


def test_a_new_recognition_ends_the_one_before():
    venue = a_venue()
    manager, initiative = a_manager(venue), an_initiative()
    first = recognise(initiative, venue, manager)
    second = recognise(initiative, venue, manager, Kind.SOCIAL_ENTERPRISE)

    assert standing_of(initiative, venue, on=TODAY) == Kind.SOCIAL_ENTERPRISE
    assert first.valid_to == TODAY - timedelta(days=1)
    assert recognitions_in(venue, on=TODAY) == [second]


def test_an_ended_recognition_counts_no_more_and_is_not_forgotten():
    venue = a_venue()
    manager, initiative = a_manager(venue), an_initiative()
    recognition = recognise(initiative, venue, manager)

    actions.end_recognition(recognition.id, by=manager)

    assert standing_of(initiative, venue, on=TODAY) is None
    assert recognitions_of(initiative.id) == [recognition]
    told = db.session.query(LogEntry).filter_by(venue_id=venue.id).order_by(LogEntry.id)
    verbs = [entry.verb for entry in told]
    assert verbs[-2:] == ["standing.recognised", "standing.ended"]


def test_the_last_day_still_counts():
    venue = a_venue()
    initiative = an_initiative()
    recognise(initiative, venue, a_manager(venue), valid_to=date(2026, 3, 13))

    assert standing_of(initiative, venue, on=date(2026, 3, 13)) is not None
    assert standing_of(initiative, venue, on=date(2026, 3, 14)) is None


def test_a_recognition_cannot_end_before_today():
    venue = a_venue()
    with pytest.raises(RecognitionOver) as refused:
        recognise(an_initiative(), venue, a_manager(venue), valid_to=date(2026, 3, 1))

    assert "later day" in sentence_of(refused.value) or "dag" in sentence_of(refused.value)
    assert db.session.query(Recognition).count() == 0


@pytest.mark.parametrize("role", ["key_holder", "treasurer", "board"])
def test_only_a_manager_recognises(role):
    venue = a_venue()
    person = a_person("Amina")
    a_role(person, role, venue)

    with pytest.raises(NotFound):
        recognise(an_initiative(), venue, person)


def test_a_manager_of_another_house_recognises_nothing_here_and_ends_nothing():
    venue = a_venue()
    dirk, manager = a_manager(a_venue(), "Dirk"), a_manager(venue)
    recognition = recognise(an_initiative(), venue, manager)

    with pytest.raises(NotFound):
        recognise(an_initiative(), venue, dirk)
    with pytest.raises(NotFound):
        actions.end_recognition(recognition.id, by=dirk)
    with pytest.raises(NotFound):
        actions.end_recognition(recognition.id + 1, by=manager)


def test_for_all_houses_only_an_admin_of_all_recognises():
    venue = a_venue()
    admin, house_admin = a_person("Chandra"), a_person("Dirk")
    a_role(admin, "admin")
    a_role(house_admin, "admin", venue)
    initiative = an_initiative()

    assert not may(None, "standing.recognise", venue)
    assert not may(house_admin, "standing.recognise", None)
    recognise(initiative, None, admin)

    assert standing_of(initiative, venue, on=TODAY) == Kind.RESIDENT_INITIATIVE
