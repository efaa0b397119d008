"""Copying everything from one database to another, and proving that both hold the same.

The two may be different engines. Values travel as the program knows them (moments, amounts,
words), and the proof compares them as such: for each table the number of rows, and a checksum
over all rows as canonical JSON in the order of their keys, computed the same way on either side.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import Connection, Engine, LargeBinary, Row, Table, func, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from buurthuis.foundation.db import Model, db, init_db
from buurthuis.foundation.pulse import Pulse, init_pulse
from buurthuis.foundation.reading import reading
from buurthuis.upkeep.troubles import Different, NotEmpty, NotUpToDate, OutOfReach

AT_ONCE = 1000
PICTURES_AT_ONCE = 20
"""Rows that hold pictures are heavy."""

PASSES = 3
"""Each row is read once to be copied, and once on either side to be compared."""

Tell = Callable[[int], None]
"""Is told of how many rows one pass is done."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What a table holds, in short: equal sums mean equal rows."""

    rows: int
    checksum: str


@contextmanager
def opened(database_url: str) -> Iterator[Engine]:
    """Another database than the program's own, as the program itself would open it.

    What is called inside works on that database.

    Raises:
        OutOfReach
    """
    other = Flask("buurthuis", instance_path=current_app.instance_path)
    migrations = current_app.config["MIGRATIONS"]
    other.config.update(SQLALCHEMY_DATABASE_URI=database_url, MIGRATIONS=migrations)
    try:
        init_db(other)
        init_pulse(other)
        with other.app_context():
            db.engine.connect().close()
    except SQLAlchemyError as error:
        raise OutOfReach(error) from error
    with other.app_context():
        try:
            yield db.engine
        finally:
            db.session.remove()
            db.engine.dispose()


def copy_from(source: Engine, tell: Tell) -> dict[str, Sum]:
    """Copy every table into the empty database in whose context this is called, all or nothing.

    Raises:
        NotUpToDate: the source stands at another migration than the program.
        NotEmpty: there are rows here already.
        Different: what arrived is not what left.
    """
    insist_on_empty(db.engine)
    with source.connect() as old:
        if source.dialect.name == "postgresql":
            old.execution_options(isolation_level="REPEATABLE READ")
        with reading():
            insist_on_newest(old)  # From this first question on, we see one moment of the source.
        flask_migrate.upgrade()
        with db.engine.begin() as new:
            for table in tables():
                for rows in _pieces(table, old):
                    new.execute(insert(table), [dict(row._mapping) for row in rows])
                    tell(len(rows))
                _number_on(table, new)
            before, after = sums(old, tell), sums(new, tell)
            insist_on_same(before, after)
            return after


def tables() -> list[Table]:
    """Every table, those that others refer to first; the pulse is of a place, not of what it holds."""
    return [table for table in Model.metadata.sorted_tables if table is not Pulse.__table__]


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in tables()
    }


def insist_on_newest(connection: Connection) -> None:
    """Refuse a database with other tables than the program knows.

    Raises:
        NotUpToDate
    """
    newest = ScriptDirectory(current_app.config["MIGRATIONS"]).get_current_head()
    if MigrationContext.configure(connection).get_current_revision() != newest:
        raise NotUpToDate


def insist_on_empty(target: Engine) -> None:
    """Refuse a database in which any of our tables has a row.

    Raises:
        NotEmpty
    """
    known = set(inspect(target).get_table_names())
    with target.connect() as connection:
        for table in tables():
            if table.name in known and connection.scalar(select(1).select_from(table).limit(1)):
                raise NotEmpty(table.name)


def insist_on_same(before: Mapping[str, object], after: Mapping[str, object]) -> None:
    """Refuse a copy of which one table holds something else.

    Raises:
        Different
    """
    for name, held in before.items():
        if after[name] != held:
            raise Different(name)


def sums(connection: Connection, tell: Tell) -> dict[str, Sum]:
    """What each table holds, in short."""
    return {table.name: _sum_of(table, connection, tell) for table in tables()}


def _sum_of(table: Table, connection: Connection, tell: Tell) -> Sum:
    """Sorted here and not by the database: engines do not agree on the order of words."""
    keys = [list(table.columns).index(column) for column in table.primary_key.columns]
    prints = []
    for rows in _pieces(table, connection):
        for row in rows:
            values = [_plain(value) for value in row]
            written = json.dumps(values, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
            key = [values[index] for index in keys]
            prints.append((key, hashlib.sha256(written.encode()).digest()))
        tell(len(rows))
    prints.sort()
    whole = hashlib.sha256(b"".join(each for _, each in prints))
    return Sum(len(prints), whole.hexdigest())


def _pieces(table: Table, connection: Connection) -> Iterator[list[Row[Any]]]:
    is_heavy = any(isinstance(column.type, LargeBinary) for column in table.columns)
    at_once = PICTURES_AT_ONCE if is_heavy else AT_ONCE
    found = connection.execute(select(table), execution_options={"yield_per": at_once})
    for piece in found.partitions():
        yield list(piece)


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return int(value.timestamp())
        case date():
            return value.isoformat()
        case Decimal():
            return str(value.normalize())
        case str():
            return str(value)
        case bytes():
            return hashlib.sha256(value).hexdigest()
        case _:
            return value


def _number_on(table: Table, connection: Connection) -> None:
    """Let PostgreSQL go on counting after the last id; SQLite does so by itself."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    last = connection.scalar(select(func.max(column)))
    if last is not None:
        counter = func.pg_get_serial_sequence(table.name, column.name)
        connection.execute(select(func.setval(counter, last)))
