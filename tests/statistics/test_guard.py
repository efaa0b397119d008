"""The database itself writes down which kept days a change touches, whoever makes it."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import delete, insert, select, text, update

from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import Model, db
from buurthuis.rules.figures.spans import Span
from buurthuis.statistics.changelog import changes_of
from buurthuis.statistics.guard import TAG, WATCHED
from buurthuis.statistics.keeping import keep
from buurthuis.statistics.models import FigureChange, FigureSheet, number_of
from buurthuis.venues.models import OpeningHours
from tests.builders import FRIDAY, a_confirmed_booking, a_person, a_room, a_series, a_venue, friday

MAY = "2026-05-10 10:00Z"
SPRING = Span(date(2026, 3, 1), date(2026, 5, 1))


@pytest.fixture
def kept(app):
    """A booking and a shift on a Friday that is kept, and a series of which one day is."""
    room = a_room(a_venue())
    booking = a_confirmed_booking(room, friday(19, 21))
    series = a_series(room, "FREQ=WEEKLY;COUNT=2", 9, 11, first=FRIDAY)
    person = a_person("Amina")
    facts = {
        "booking": booking.id,
        "series": series.id,
        "person": person.id,
        "venue": room.venue_id,
        "room": room.id,
    }
    with time_machine.travel(MAY, tick=False):
        keep(clock.now())
        yield facts


def waiting() -> set[tuple[str, int, int]]:
    """What waits: which table, and from which to which day counted from that Friday."""
    friday_number = number_of(FRIDAY)
    asked = select(FigureChange.what, FigureChange.first_day, FigureChange.last_day)
    found = {
        (what, first - friday_number, last - friday_number)
        for what, first, last in db.session.execute(asked.where(FigureChange.applied_at.is_(None)))
    }
    db.session.execute(delete(FigureChange))
    db.session.commit()
    return found


def rows_of(kept) -> dict[str, dict]:
    """A row of each table that is watched, on that Friday."""
    period, second = friday(18, 19), int(clock.now().timestamp())
    said = {"said_by_id": kept["person"], "said_at": clock.now()}
    booking, person = kept["booking"], kept["person"]
    like = Booking.__table__
    known = db.session.execute(select(like).where(like.c.id == booking)).mappings().one()
    del second
    return {
        "booking": {**known, "id": 9001, "uid": "another", "submission": None},
        "attendance": {"booking_id": booking, "outcome": "came", "people": None, **said},
        "activity_tag": {"booking_id": booking, "theme": "food", **said},
        "duty": {
            "id": 9001,
            "venue_id": kept["venue"],
            "session_id": booking,
            "kind": "open",
            "watch": 0,
            "place": 0,
            "part": "holder",
            "person_id": person,
            "status": "done",
            "chosen": "self",
            "starts_at": period.start,
            "ends_at": period.end,
            "created_at": period.start,
        },
        "duty_booking": {"duty_id": 9001, "booking_id": booking},
        "presence": {"duty_id": 9001, "person_id": person, "asked": 0},
        "hours_correction": {"duty_id": 9001, "minutes": 9, "reason": "later", **said},
        "learner_hours": {
            "duty_id": 9001,
            "learner_id": person,
            "signed_by_id": person,
            "signed_at": clock.now(),
        },
    }


CHANGES = {
    "booking": {"given_cents": 5},
    "attendance": {"people": 7, "band": "6-10"},
    "activity_tag": {"theme": "green"},
    "duty": {"status": "missed"},
    "presence": {"began_at": friday(18, 19).start},
    "hours_correction": {"minutes": 10},
    "learner_hours": {"signed_at": friday(18, 19).start},
}


def test_each_table_that_is_watched_tells_that_a_row_came_changed_and_went(kept):
    rows = rows_of(kept)
    what = {watched.table: watched.what for watched in (*WATCHED, TAG)}
    assert rows.keys() == what.keys()
    for name, row in rows.items():
        db.session.execute(insert(Model.metadata.tables[name]), [row])
        db.session.commit()
        assert {each[0] for each in waiting()} == {what[name]}, f"{name} came"
    for name, values in CHANGES.items():
        table = Model.metadata.tables[name]
        mine = [
            column == rows[name][column.name]
            for column in table.primary_key
            if column.name in rows[name]
        ]
        db.session.execute(update(table).where(*mine).values(**values))
        db.session.commit()
        assert {each[0] for each in waiting()} == {what[name]}, f"{name} changed"
    for name in reversed(rows):
        table = Model.metadata.tables[name]
        mine = [
            column == rows[name][column.name]
            for column in table.primary_key
            if column.name in rows[name]
        ]
        db.session.execute(delete(table).where(*mine))
        db.session.commit()
        assert what[name] in {each[0] for each in waiting()}, f"{name} went"


def test_a_booking_that_moves_tells_of_both_days(kept):
    period = friday(19, 21, weeks=1)
    moved = update(Booking).where(Booking.id == kept["booking"])
    db.session.execute(moved.values(from_at=period.start, to_at=period.end))
    db.session.commit()

    assert waiting() == {("booking", -1, 2), ("booking", 6, 9)}


def test_a_theme_of_a_series_tells_of_all_its_days(kept):
    tag = {"series_id": kept["series"], "theme": "food", "said_by_id": kept["person"]}
    db.session.execute(
        insert(Model.metadata.tables["activity_tag"]), [{**tag, "said_at": clock.now()}]
    )
    db.session.commit()

    assert waiting() == {("activity_tag", -1, 2), ("activity_tag", 6, 9)}


def test_what_lies_ahead_or_says_nothing_of_figures_is_not_written_down(kept):
    period = friday(19, 21, weeks=20)
    ahead = rows_of(kept)["booking"] | {"from_at": period.start, "to_at": period.end}
    db.session.execute(insert(Booking.__table__), [ahead])
    db.session.execute(
        update(Booking).where(Booking.id == kept["booking"]).values(title="Another", remark="x")
    )
    db.session.commit()

    assert waiting() == set()


def test_days_that_are_not_kept_are_not_written_down(kept):
    db.session.execute(delete(FigureSheet))
    db.session.execute(update(Booking).values(given_cents=3))
    db.session.commit()

    assert waiting() == set()


def test_a_change_of_the_house_is_told_by_the_house(kept):
    db.session.execute(update(OpeningHours).values(closes_minute=22 * 60))
    db.session.commit()
    keep(clock.now())

    found = changes_of([kept["venue"]], SPRING)
    assert {each.what for each in found} == {"house"}
    assert {each.row_id for each in found} == {kept["venue"]}
    assert len(found) == SPRING.days
    assert changes_of([kept["venue"]], SPRING, most=3) == found[:3]
    assert keep(clock.now()) == 0


def test_the_log_names_the_row_the_day_and_what_the_sheet_was(kept):
    db.session.execute(update(Booking).where(Booking.id == kept["booking"]).values(given_cents=5))
    db.session.commit()
    before = number_of(FRIDAY)
    asked = select(FigureSheet.digest).where(
        FigureSheet.grain == "day", FigureSheet.first_day == before
    )
    was = db.session.scalar(asked)
    db.session.rollback()
    keep(clock.now())

    [line] = changes_of([kept["venue"]], SPRING)
    assert (line.what, line.row_id, line.day) == ("booking", kept["booking"], FRIDAY)
    assert (line.before, line.after) == (was, db.session.scalar(asked))
    assert line.applied_at == clock.now()


def test_a_change_that_makes_no_difference_is_not_remembered(kept):
    db.session.execute(update(Booking).values(decided_by_id=kept["person"]))
    db.session.commit()
    assert db.session.scalar(text("SELECT count(*) FROM figure_change")) > 0
    keep(clock.now())

    assert db.session.scalar(text("SELECT count(*) FROM figure_change")) == 0
