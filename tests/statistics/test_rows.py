"""The rows behind a figure add up to it."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import event

from buurthuis.bookings import actions
from buurthuis.bookings.today import actions as today
from buurthuis.evidence.work.models import VolunteerWork, WorkKind
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.attendance import counted as counted_heads
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.standing import Kind
from buurthuis.statistics import figures
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.rows import has_rows, rows_behind
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_room,
    a_series,
    a_venue,
    an_initiative,
    friday,
)

SPRING = Span(date(2026, 3, 1), date(2026, 4, 12))
LATER = "2026-04-20 10:00Z"
NO_SUM = (
    "GELIJK.ANSWER_DAYS",
    "ROOSTER.FILL_DAYS",
    "VRIJ_EUR.LOW",
    "VRIJ_EUR.MID",
    "VRIJ_EUR.HIGH",
)
"""Medians, and money for the hours that stand behind it."""


@pytest.fixture
def house(app):
    """A house where much happens: a hall of two halves, no-shows, nights, refusals, work."""
    venue = a_venue()
    front, back = a_room(venue, area_m2=30), a_room(venue, area_m2=20)
    hall = a_room(venue, parts=[front, back], setup_minutes=30, teardown_minutes=15)
    manager = a_manager(venue)
    bram = a_person("Bram")
    amina, dirk = a_person("Amina"), a_person("Dirk")
    repair = an_initiative(bram, name="Repair café")
    choir = an_initiative(amina, name="Koor", kind=Kind.COMMUNITY_ORGANISATION)
    alone = an_initiative(dirk, name="Dirk", kind=Kind.PRIVATE)
    counted = a_confirmed_booking(front, friday(19, 21), for_=repair, by=bram)
    a_confirmed_booking(hall, friday(13, 17), for_=choir, by=amina)
    absent = a_confirmed_booking(back, friday(19, 22), for_=alone, by=dirk)
    a_confirmed_booking(front, friday(22, 23, weeks=1), for_=repair, by=bram)
    a_series(back, "FREQ=WEEKLY;COUNT=4", 9, 11, for_=choir, by=amina)
    refused = a_booking(front, friday(9, 10, weeks=2), for_=alone, by=dirk)
    actions.refuse(refused.id, by=manager, reason="Helaas vol.")
    late = a_confirmed_booking(front, friday(9, 12, weeks=1), for_=choir, by=amina)
    with time_machine.travel(friday(22, 23).start, tick=False):
        today.check_in(counted.id, by=manager, count=counted_heads(people=17))
        today.no_show(absent.id, by=manager)
    with time_machine.travel(friday(8, 9, weeks=1).start, tick=False):
        actions.cancel(late.id, by=amina)
    db.session.add(
        VolunteerWork(
            venue_id=venue.id,
            day=date(2026, 3, 20),
            minutes=90,
            kind=WorkKind.BOARD,
            said_at=clock.now(),
        )
    )
    db.session.commit()
    with time_machine.travel(LATER, tick=False):
        yield venue


def asked(venue, **more):
    return Asked(frozenset({venue.id}), SPRING, **more)


def sums(wanted):
    """Each figure with rows: its code, its numerator, and what its rows add up to."""
    answer = figures.answer(wanted, clock.now())
    for figure in answer.figures:
        if has_rows(figure.code) and figure.numerator is not None and figure.code not in NO_SUM:
            rows = rows_behind(figure.code, wanted, clock.now())
            yield figure.code, figure.numerator, sum(row.number for row in rows.rows)


def test_the_rows_of_every_figure_add_up_to_it(house):
    found = list(sums(asked(house)))

    assert [each for each in found if each[1] != each[2]] == []
    assert {"BENUT", "VERL", "BEZOEK", "KORT", "OPEN", "VRIJ_U", "ROOSTER"} <= {
        c for c, _, _ in found
    }
    assert {code for code, number, _ in found if number} >= {
        *("BENUT", "BENUT.WITH_SETUP", "STOEL", "M2", "VERL", "AANTAL", "AANTAL.ACTIVITIES"),
        *("GROEP", "BEZOEK", "OPEN", "DAGDEEL", "GEB", "VRIJ_U", "VRIJ_U.BOARD"),
        *("GELIJK.REFUSAL", "GELIJK.PRIME.none"),
    }


def test_they_do_so_for_a_room_a_standing_and_a_theme(house):
    hall = next(room for room in house.rooms if room.parts)
    for more in ({"room_id": hall.id}, {"standing": ""}, {"standing": "private"}, {"theme": ""}):
        found = list(sums(asked(house, **more)))

        assert [each for each in found if each[1] != each[2]] == []
        assert found


def test_pages_of_rows_make_up_all_of_them(house):
    for code in ("BENUT", "AANTAL", "GROEP", "OPEN", "VRIJ_U", "ROOSTER", "VERL"):
        everything = rows_behind(code, asked(house), clock.now())
        pages = [
            rows_behind(code, asked(house), clock.now(), first=first, count=2).rows
            for first in range(0, everything.total, 2)
        ]
        assert [row for page in pages for row in page] == list(everything.rows)
        assert everything.total == len(everything.rows) > 0


def test_behind_how_long_a_shift_took_to_fill_stand_only_those_that_were_filled(house):
    assert rows_behind("ROOSTER", asked(house), clock.now()).total > 0
    found = rows_behind("ROOSTER.FILL_DAYS", asked(house), clock.now())

    assert (found.total, found.rows) == (0, ())


def test_a_private_person_has_no_name_behind_a_figure(house):
    def names(**more):
        return {row.group for row in rows_behind("GROEP", asked(house), clock.now(), **more).rows}

    assert names() == {"Repair café", "Koor"}
    lost = rows_behind("VERL", asked(house), clock.now()).rows
    assert {row.group for row in lost} == {None, "Koor"}
    known = rows_behind("VERL", asked(house), clock.now(), with_private=True).rows
    assert {row.group for row in known} == {"Dirk", "Koor"}


def test_what_cannot_be_known_has_no_rows(house):
    assert rows_behind("SROI.LOW", asked(house), clock.now()).total == 0
    assert rows_behind("GEB", asked(house, standing=""), clock.now()).total == 0
    ahead = Asked(frozenset({house.id}), Span(date(2027, 1, 1), date(2027, 2, 1)))
    assert rows_behind("BENUT", ahead, clock.now()).total == 0


def test_rows_are_found_by_their_days_and_not_among_all_that_were_confirmed(house):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL counts what it has, and chooses by that")
    houses = frozenset({house.id, *(a_venue(f"house-{number}").id for number in range(5))})
    questions = []

    def keep(_link, _cursor, statement, parameters, *_more):
        questions.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", keep)
    rows_behind("BENUT", Asked(houses, SPRING), clock.now(), count=1)
    event.remove(db.engine, "before_cursor_execute", keep)
    of_states = [
        step[3]
        for statement, parameters in questions
        if statement.startswith("SELECT")
        for step in db.session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", parameters
        )
        if "ix_booking_status" in step[3]
    ]

    assert of_states == []
