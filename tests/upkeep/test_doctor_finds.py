"""The doctor finds what a hand in the database did, and keeps looking after the first oddity."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.imports.actions import change
from buurthuis.imports.models import Part
from buurthuis.upkeep import doctor
from tests.builders import (
    a_booking,
    a_closure,
    a_manager,
    a_person,
    a_photo,
    a_role,
    a_room,
    a_venue,
    friday,
)

CHECKS = {
    check.__name__: check
    for check in (
        doctor.overlaps,
        doctor.claims_and_bookings,
        doctor.closures,
        doctor.shares,
        doctor.sums,
    )
}
DEEDS = {
    "UPDATE occupancy SET space_id = (SELECT min(space_id) FROM occupancy)": "overlaps",
    "DELETE FROM occupancy WHERE id = (SELECT min(id) FROM occupancy)": "claims_and_bookings",
    "UPDATE booking SET status = 'refused', refusal_reason = 'x'": "claims_and_bookings",
    "UPDATE booking SET from_at = from_at + 900": "claims_and_bookings",
    "DELETE FROM occupancy WHERE closure_id IS NOT NULL": "closures",
    "UPDATE occupancy SET to_at = to_at + 60": "shares",
    "UPDATE booking SET price_lines = '[]'": "sums",
    "UPDATE booking SET given_cents = given_cents + 1": "sums",
    "UPDATE occupancy SET initiative_id = (SELECT min(initiative_id) FROM occupancy),"
    " starts_at = from_at, ends_at = 2000000000, wants_to_at = 2000000000, to_at = from_at + 600000"
    " WHERE booking_id IS NOT NULL": "shares",
}


def complaints() -> dict[str, list[str]]:
    return {name: found for name, check in CHECKS.items() if (found := doctor._complaints(check))}


@pytest.fixture
def unguarded(app):
    """A small house in which all is well, and a database that no longer guards it."""
    room = a_room()
    a_booking(room, friday(10, 12))
    a_booking(room, friday(13, 14))
    a_booking(a_room(room.venue), friday(10, 12))
    a_closure(room.venue, friday(18, 20), room)
    assert complaints() == {}
    guards = [f"DROP TRIGGER occupancy_no_overlap_{moment}" for moment in ("insert", "update")]
    checks = []
    if app.config["ENGINE"] == "postgresql":
        guards = ["ALTER TABLE occupancy DROP CONSTRAINT occupancy_no_overlap"]
        names = ("length", "holds_its_use")
        checks = [f"ALTER TABLE occupancy DROP CONSTRAINT ck_occupancy_{name}" for name in names]
    else:
        db.session.execute(text("PRAGMA ignore_check_constraints = ON"))
    for statement in guards + checks:
        db.session.execute(text(statement))
    yield
    db.session.rollback()
    if app.config["ENGINE"] == "sqlite":
        db.session.execute(text("PRAGMA ignore_check_constraints = OFF"))
        db.session.rollback()


@pytest.mark.parametrize("deed", DEEDS)
def test_the_doctor_finds_what_a_hand_did(unguarded, deed):
    db.session.execute(text(deed))
    db.session.expire_all()

    assert DEEDS[deed] in complaints()


def test_a_house_with_people_and_no_lasting_manager_is_found(app):
    house, nobody = a_venue("meevaart"), a_venue("empty")
    bram = a_person("Bram")
    a_role(bram, "host", house)
    assert [each.split()[0] for each in doctor.houses_without_manager()] == ["meevaart"]

    amina = a_manager(house, "Amina")
    assert doctor.houses_without_manager() == []

    db.session.execute(text("UPDATE role SET until_on = '2030-01-01' WHERE name = 'manager'"))
    assert [each.split()[0] for each in doctor.houses_without_manager()] == ["meevaart"]

    db.session.execute(text("UPDATE role SET until_on = NULL"))
    assert doctor.houses_without_manager() == []
    amina.left_at = clock.now()
    db.session.commit()
    assert [each.split()[0] for each in doctor.houses_without_manager()] == ["meevaart"]
    assert nobody.slug not in str(doctor.houses_without_manager())


def test_a_house_that_was_changed_behind_its_history_is_found(app):
    house = a_venue("meevaart")
    a_photo(house, room=a_room(house))
    a_closure(house, friday(18, 20))
    amina = a_manager(house, "Amina")
    assert doctor.stray_houses() == [], "it never changed"
    change("meevaart", lambda h: replace(h, name="De Meevaart"), part=Part.ABOUT, by=amina)
    assert doctor.stray_houses() == []

    db.session.execute(text("UPDATE room SET capacity = capacity + 1"))
    db.session.expire_all()
    assert [each.split()[0] for each in doctor.stray_houses()] == ["meevaart"]

    change("meevaart", lambda h: replace(h, name="Meevaart"), part=Part.ABOUT, by=amina)
    assert doctor.stray_houses() == [], "the history goes on from how it is"

    db.session.execute(text("UPDATE house_version SET toml = 'no house' WHERE number = 3"))
    db.session.expire_all()
    assert [each.split()[0] for each in doctor.stray_houses()] == ["meevaart"]
