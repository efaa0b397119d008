"""The database refuses double booking, whatever the program believes."""

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.exc import IntegrityError

from buurthuis import create_app
from buurthuis.foundation.db import db
from buurthuis.occupancy import guard
from buurthuis.occupancy.models import LONGEST_SECONDS, Occupancy
from buurthuis.rules.periods import Period
from tests.builders import a_closure, a_confirmed_booking, a_room, friday


def row(room, booking, period: Period) -> dict:
    return {
        "space_id": room.id,
        "room_id": room.id,
        "booking_id": booking.id,
        "initiative_id": booking.initiative_id,
        "starts_at": period.start,
        "ends_at": period.end,
        "wants_from_at": period.start,
        "wants_to_at": period.end,
        "from_at": period.start,
        "to_at": period.end,
    }


@pytest.fixture
def room(app):
    return a_room()


@pytest.mark.parametrize(
    "period", [friday(11, 13), friday(9, 10.5), friday(10.5, 11), friday(9, 13)]
)
def test_an_overlap_is_refused_on_insert(room, period):
    booking = a_confirmed_booking(room, friday(10, 12))

    with pytest.raises(IntegrityError, match="occupancy_no_overlap"):
        db.session.execute(insert(Occupancy), [row(room, booking, period)])


def test_an_overlap_is_refused_on_update(room):
    a_confirmed_booking(room, friday(10, 12))
    later = a_confirmed_booking(room, friday(14, 16))

    with pytest.raises(IntegrityError, match="occupancy_no_overlap"):
        db.session.execute(
            update(Occupancy)
            .where(Occupancy.booking_id == later.id)
            .values(from_at=friday(11, 12).start)
        )


def test_a_row_may_change_within_its_own_time(room):
    booking = a_confirmed_booking(room, friday(10, 12))

    db.session.execute(
        update(Occupancy).where(Occupancy.booking_id == booking.id).values(to_at=friday(10, 13).end)
    )


@pytest.mark.parametrize("period", [friday(12, 13), friday(9, 10)])
def test_periods_that_touch_do_not_overlap(room, period):
    booking = a_confirmed_booking(room, friday(10, 12))

    db.session.execute(insert(Occupancy), [row(room, booking, period)])


def test_a_claim_of_a_week_is_still_found_by_the_guard(room):
    longest = Period(
        friday(10, 11).start,
        friday(10, 11).start.fromtimestamp(
            friday(10, 11).start.timestamp() + LONGEST_SECONDS, tz=friday(10, 11).start.tzinfo
        ),
    )
    a_closure(room.venue, longest)
    booking = a_confirmed_booking(a_room(), friday(10, 12))

    last_hour = Period(
        longest.end.fromtimestamp(longest.end.timestamp() - 3600, tz=longest.end.tzinfo),
        longest.end,
    )
    with pytest.raises(IntegrityError, match="occupancy_no_overlap"):
        db.session.execute(insert(Occupancy), [row(room, booking, last_hour)])


def test_a_claim_longer_than_a_week_is_refused(room):
    booking = a_confirmed_booking(room, friday(10, 12))
    too_long = Period(friday(13, 14).start, friday(13, 15, weeks=1).end)

    with pytest.raises(IntegrityError, match="length"):
        db.session.execute(insert(Occupancy), [row(room, booking, too_long)])


def test_the_trial_finds_the_guard_and_leaves_nothing_behind(app):
    assert guard.holds()

    assert db.session.query(Occupancy).count() == 0


def drop_the_guard(engine_name: str) -> list[str]:
    if engine_name == "postgresql":
        return ["ALTER TABLE occupancy DROP CONSTRAINT occupancy_no_overlap"]
    return [
        "DROP TRIGGER occupancy_no_overlap_insert",
        "DROP TRIGGER occupancy_no_overlap_update",
    ]


@pytest.fixture
def unguarded(app):
    """A database without its guard; it is given back afterwards."""
    from buurthuis.occupancy.models import POSTGRESQL_GUARD, SQLITE_GUARDS

    engine = app.config["ENGINE"]
    for statement in drop_the_guard(engine):
        db.session.execute(text(statement))
    db.session.commit()
    yield app
    # SQLite believes that a trigger still exists while another pooled connection remembers it.
    db.session.remove()
    db.engine.dispose()
    for statement in SQLITE_GUARDS if engine == "sqlite" else (POSTGRESQL_GUARD,):
        db.session.execute(text(statement))
    db.session.commit()


def test_the_trial_notices_a_missing_guard(unguarded):
    assert not guard.holds()


def test_the_program_refuses_to_start_without_the_guard(unguarded):
    with pytest.raises(guard.GuardMissing, match="guard against double booking"):
        create_app(unguarded.config["BUURTHUIS"])


def test_the_worker_refuses_to_work_without_the_guard(unguarded):
    result = unguarded.test_cli_runner().invoke(args=["worker", "--once"])

    assert result.exit_code == 1
    assert "guard against double booking" in str(result.exception)


def test_half_a_guard_is_no_guard(app):
    if app.config["ENGINE"] != "sqlite":
        return  # PostgreSQL has one constraint for both
    db.session.execute(text("DROP TRIGGER occupancy_no_overlap_update"))
    db.session.commit()
    try:
        assert not guard.holds()
    finally:
        from buurthuis.occupancy.models import SQLITE_GUARDS

        db.session.remove()
        db.engine.dispose()
        db.session.execute(text(SQLITE_GUARDS[1]))
        db.session.commit()
