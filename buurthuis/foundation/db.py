"""The database: one base for all tables, moments in UTC, and how transactions begin on either engine."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from flask import Flask, g, has_app_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, Dialect, Enum, MetaData, event
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import JSON, TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment, stored as whole seconds since 1970 in UTC.

    An integer means the same on both engines, drops no offset and compares without parsing.
    """

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:
        """What stores a moment: without the detour of a decorator, for a series has hundreds."""
        return in_seconds

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[int | None], datetime | None]:
        """What gives a moment back in UTC."""
        return _in_utc

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """The same for a moment that stands in a statement itself."""
        return in_seconds(value)


def in_seconds(value: datetime | None) -> int | None:
    """A moment as it is stored; one that does not know its offset is refused."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a moment without an offset cannot be stored")
    return int(value.timestamp())


def _in_utc(value: int | None) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(value, UTC)


class Model(DeclarativeBase):
    """The base of every table; constraints get names that can be spelled in one place."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={datetime: Moment, dict[str, Any]: JSON, list[Any]: JSON},
    )


def choice(kind: type[StrEnum]) -> Enum:
    """A column type for one word out of an enumeration, stored as that word."""
    return Enum(
        kind,
        native_enum=False,
        length=30,
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
    )


db = SQLAlchemy(model_class=Model, session_options={"expire_on_commit": False})


class Migrations:
    """Stands in for what `flask db` works with, until it is first asked for.

    Its library takes 10 MB, and a worker of the web server never needs it.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        """Give the place to what the library puts there, and let that answer."""
        ready_to_migrate(self._app)
        return getattr(self._app.extensions["migrate"], name)


def ready_to_migrate(app: Flask) -> None:
    """Read in what brings a database to another version, with its command `db`."""
    from flask_migrate import Migrate

    library = Migrate(db=db, compare_type=True, render_as_batch=False)
    library.init_app(app, directory=app.config["MIGRATIONS"])


class WriteWhileReading(RuntimeError):
    """Code tried to store something outside an action; so GET never writes, whatever it calls."""


def init_db(app: Flask) -> None:
    """Open the engine and set how its transactions begin."""
    db.init_app(app)
    app.extensions["migrate"] = Migrations(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _prepare_sqlite)
            event.listen(db.engine, "begin", _begin_sqlite)
    app.before_request(_only_read)


def _only_read() -> None:
    """A request reads; its actions write. So a form with a mistake is drawn without the write lock."""
    g.reading = True


def is_reading() -> bool:
    """This request is not inside one of its actions."""
    return has_app_context() and bool(g.get("reading", False))


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "busy_timeout = 10000",
        "recursive_triggers = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a read that later wants to write would fail in spite of the timeout."""
    connection.exec_driver_sql("BEGIN" if is_reading() else "BEGIN IMMEDIATE")


@event.listens_for(Session, "before_flush")
def _refuse_writes_while_reading(session: Session, *_: object) -> None:
    if is_reading() and (session.new or session.dirty or session.deleted):
        raise WriteWhileReading("only actions write")
