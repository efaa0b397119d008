"""What a year of a series costs beside its floor: a bare route with as many statements and rows.

`python -m bench.floor --engine postgresql`. The bare routes are Flask and SQLAlchemy's Core and
nothing else: no session, no form, no rule, no price, no letter. Each asks one row as often as the
real one asks something, and stores the rows that the real one stored, a year later each time and in
the same way (foundation/bulk.py).
"""

import argparse
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, Table, func, insert, select

from bench.lives import WEEKS, lives
from bench.meter import Meter, Task, trivial_page
from bench.requests import fill, program
from bench.tasks import SERIES, Cast, tasks
from buurthuis.foundation import bulk
from buurthuis.foundation.db import Model, db
from buurthuis.foundation.remembered import shelf

ROUNDS, TURNS = 4, 8
A_YEAR = timedelta(weeks=53)

READS_TO_LOOK, READS_TO_SEND = 3, 9
"""How many statements only read: for a page with all days, and for what is sent."""

WRITTEN = ("series", "logbook", "logbook", "outbox")
"""What is stored with every series beside its bookings and the time they hold, a statement each."""

UNIQUE = {"outbox": "id", "booking": "uid"}
"""What is another text in each row."""


def main() -> None:
    """Measure the real ones and the bare ones in turns, in one process."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    given.add_argument("--bookings", type=int, default=5000)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="buurthuis-bench-") as folder:
        app = program(asked.engine, Path(folder))
        fill(app, asked.bookings)
        with app.app_context():
            meter = Meter(db.engine, shelf().clear)
        real = list(_real(Cast(app)))
        for task in real:
            task.prepare()()  # The bare ones store what these left behind.
        for line in _table(meter, [*real, *_bare(app)]):
            print(line, flush=True)
        with app.app_context():
            db.engine.dispose()


def _table(meter: Meter, wanted: list[Task]) -> Iterator[str]:
    pages: list[float] = []
    found: dict[str, list[tuple[float, int]]] = {}
    for _ in range(ROUNDS):
        for task in wanted:
            pages.append(trivial_page(100))
            cost = meter.first(task, TURNS)
            found.setdefault(task.name, []).append((cost.milliseconds, cost.statements))
    yield "| request | ms | × | SQL |"
    yield "|---|--:|--:|--:|"
    for name, costs in found.items():
        milliseconds = median(each for each, _ in costs)
        statements = round(median(each for _, each in costs))
        times = milliseconds / median(pages)
        yield f"| {name} | {milliseconds:.2f} | {times:.1f} | {statements} |"
    yield f"\nA trivial page costs {median(pages):.3f} ms."


def _real(cast: Cast) -> Iterator[Task]:
    """All that the table of requests holds a series to."""
    first_of_its_life = islice(lives(cast), 3)  # What comes later changes the house.
    for found in (first_of_its_life, tasks(cast)):
        yield from (task for task in found if task.times_goal == SERIES)


def _bare(app: Flask) -> Iterator[Task]:
    with app.app_context():
        engine = db.engine
        last = _rows_of_a_series(engine)
    bare = Flask("bare")
    years = count(1)

    def look() -> str:
        with engine.connect() as connection:
            _read(connection, READS_TO_LOOK)
        return "<br>".join(f"<label><input type=checkbox>{day}</label>" for day in range(WEEKS))

    def send() -> tuple[str, int]:
        with engine.begin() as connection:
            _read(connection, READS_TO_SEND)
            _write(connection, last, later=next(years) * A_YEAR)
        return "", 201

    bare.add_url_rule("/look", "look", look)
    bare.add_url_rule("/send", "send", send, methods=["POST"])
    client = bare.test_client()
    yield Task("bare: as many statements as a look", _asking(client.get, "/look"), SERIES, 20)
    yield Task("bare: as many rows as a year", _asking(client.post, "/send"), SERIES, 20, 201)


def _asking(send: Callable[[str], Any], path: str) -> Callable[[], Callable[[], Any]]:
    return lambda: lambda: send(path)


def _read(connection: Connection, times: int) -> None:
    person = _table_of("person")
    for _ in range(times):
        connection.execute(select(person).where(person.c.id == 1)).one_or_none()


Rows = Mapping[str, list[dict[str, Any]]]
"""Rows to store, by the name of their table."""


def _rows_of_a_series(engine: Engine) -> Rows:
    """What the last series left behind."""
    bookings, held = _table_of("booking"), _table_of("occupancy")
    with engine.connect() as connection:
        series_id = connection.scalar(select(func.max(bookings.c.series_id)))
        of_series = select(bookings).where(bookings.c.series_id == series_id)
        own = connection.execute(of_series.order_by(bookings.c.id)).mappings().all()
        ids = [row["id"] for row in own]
        taken = select(held).where(held.c.booking_id.in_(ids)).order_by(held.c.booking_id)
        rows = {"booking": own, "occupancy": connection.execute(taken).mappings().all()}
        for name in set(WRITTEN):
            table = _table_of(name)
            newest = select(table).order_by(table.c.id.desc()).limit(1)
            rows[name] = connection.execute(newest).mappings().all()
    return {name: [_told(row) for row in found] for name, found in rows.items()}


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says; who stores it does not name what it does not know."""
    return {name: value for name, value in row.items() if value is not None}


def _write(connection: Connection, rows: Rows, *, later: timedelta) -> None:
    new = {name: [_later(row, later) for row in found] for name, found in rows.items()}
    for name, column in UNIQUE.items():
        for row in new[name]:
            row[column] = secrets.token_hex(16)
    for name in WRITTEN:
        connection.execute(insert(_table_of(name)), new[name])
    dialect = connection.dialect.name
    stored = bulk.told(_table_of("booking"), new["booking"], "id", dialect=dialect)
    for row, booking_id in zip(new["occupancy"], connection.scalars(*stored), strict=True):
        row["booking_id"] = booking_id
    connection.execute(*bulk.told(_table_of("occupancy"), new["occupancy"], dialect=dialect))


def _later(row: Mapping[str, Any], by: timedelta) -> dict[str, Any]:
    """The same row for another year, without the numbers that the database gives."""
    kept = {name: value for name, value in row.items() if name not in {"id", "submission"}}
    moved = {name: value + by for name, value in kept.items() if isinstance(value, datetime)}
    return {**kept, **moved}


def _table_of(name: str) -> Table:
    return Model.metadata.tables[name]


if __name__ == "__main__":
    main()
