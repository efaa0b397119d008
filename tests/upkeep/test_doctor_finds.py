"""The doctor finds what a hand in the database did, and keeps looking after the first oddity."""

import pytest
from sqlalchemy import text

from buurthuis.foundation.db import db
from buurthuis.upkeep import doctor
from tests.builders import a_booking, a_closure, a_room, friday

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
