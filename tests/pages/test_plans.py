"""How the database finds bookings: along an index, so no page reads all that ever was."""

import json
import re

import pytest
from sqlalchemy import event, text

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import week_name
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_room,
    a_session,
    a_venue,
    an_initiative,
    friday,
)

HOUSE = "/houses/de-meevaart"
READS_ALL = re.compile(r"SCAN booking(_\d+)?\b|SEARCH booking(_\d+)? .*\(venue_id=\?\)")
ALL_OF_A_HOUSE = re.compile(r"\(+(\w+\.)?venue_id = [^ )]+\)+")
DAY = friday(19, 22).start.date()

PAGES = (
    f"/?day={DAY}&part=18:00-22:00&people=12&purpose=meeting",
    f"/venues/de-meevaart/week/{week_name(DAY)}",
    "/agenda",
    "/me",
    f"{HOUSE}/",
    f"{HOUSE}/bookings?day={DAY}",
    f"{HOUSE}/requests",
    f"{HOUSE}/recognitions",
    f"{HOUSE}/people",
    f"{HOUSE}/answers",
    f"{HOUSE}/waiting",
    f"{HOUSE}/owed",
    f"{HOUSE}/discounts?year=2026",
    f"{HOUSE}/discounts?year=2026&standing=resident_initiative&initiative=1",
    f"{HOUSE}/discounts.csv?year=2026",
    "/board/discounts?year=2026",
    "/ical/agenda.ics",
)


@pytest.fixture
def in_the_house(app, room):
    """A manager who also books, in a house where one group waits and another has been."""
    bram = a_person("Bram")
    a_confirmed_booking(room, friday(9, 11), by=bram, is_public=True)
    a_booking(room, friday(19, 22), title="Choir")
    manager = a_manager(room.venue)
    a_booking(room, friday(12, 13), title="Board", by=manager)
    a_booking(a_room(a_venue("het-drieluik")), friday(19, 22), title="Yoga")
    browser = app.test_client()
    a_session(manager, browser)
    a_long_history()
    return browser


def a_long_history():
    """What every group of a neighbourhood did for years, so that it is worth not reading all of it."""
    for number in range(20):
        an_initiative(a_person(), name=f"Group {number}")
    told = {
        "uid": "booking.uid || '-' || initiative.id || '-' || week.n",
        "initiative_id": "initiative.id",
        "submission": "NULL",
        "status": "'confirmed'",
        "from_at": "booking.from_at - week.n * 604800",
        "to_at": "booking.to_at - week.n * 604800",
    }
    columns = [name for column in Booking.__table__.columns if (name := column.name) != "id"]
    values = [told.get(name, f"booking.{name}") for name in columns]
    db.session.execute(
        text(
            "WITH RECURSIVE week(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM week WHERE n < 50)"
            f" INSERT INTO booking ({', '.join(columns)}) SELECT {', '.join(values)}"
            " FROM booking JOIN initiative ON true JOIN week ON true"
        )
    )
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE"))
    db.session.commit()


def test_pages_find_their_bookings_along_an_index(in_the_house):
    whole = {page: found for page in PAGES if (found := scans_of(page, in_the_house))}

    assert whole == {}


def scans_of(page, browser):
    asked = []

    def keep(_link, _cursor, statement, parameters, *_more):
        if statement.startswith("SELECT") and "booking" in statement:
            asked.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", keep)
    answer = browser.get(page)
    event.remove(db.engine, "before_cursor_execute", keep)
    assert answer.status_code == 200, answer.text
    return [scan for each in asked for scan in full_scans(*each)]


def full_scans(statement, parameters):
    """The steps of a plan that would read every booking, or all of a house; [] is good."""
    connection = db.session.connection()
    if db.engine.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [(step[3], statement) for step in plan if READS_ALL.match(step[3])]
    # A handful of rows is read whole, whatever the indexes; so make that the last thing to do.
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    [[plan]] = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
    found = plan if isinstance(plan, list) else json.loads(plan)
    return [
        (step["Node Type"], step.get("Index Cond") or step.get("Recheck Cond"), statement)
        for step in steps(found[0]["Plan"])
        if step.get("Relation Name") == "booking" and reads_all(step)
    ]


def reads_all(step):
    """Without a condition on the index, or with no other one than the house."""
    condition = step.get("Index Cond") or step.get("Recheck Cond")
    return condition is None or ALL_OF_A_HOUSE.fullmatch(condition) is not None


def steps(plan):
    """A step of a plan and all below it."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from steps(below)
