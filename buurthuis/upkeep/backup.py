"""Backups: one file that holds everything, checked before it is kept, for either engine.

A backup is an SQLite file, whatever the database is. From SQLite it is taken by the backup API,
for a plain copy of a file in use may be torn. From PostgreSQL it is a copy like any other. So one
file restores on both.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import flask_migrate
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask, current_app
from sqlalchemy import Engine

from buurthuis.foundation.db import db
from buurthuis.foundation.reading import reading
from buurthuis.upkeep.copying import (
    PASSES,
    Tell,
    copy_from,
    count_rows,
    insist_on_empty,
    insist_on_newest,
    insist_on_same,
    opened,
)
from buurthuis.upkeep.troubles import NotABackup, OutOfReach, TheDatabaseItself

GUARDS = ("occupancy_no_overlap_insert", "occupancy_no_overlap_update")


def back_up(file: Path, tell: Tell) -> int:
    """Write everything to a file and check it; returns how many rows it holds.

    The file appears only when it is good; a backup that had this name stays until then.

    Raises:
        NotUpToDate, OutOfReach, Different, NotABackup
    """
    source = db.engine
    if file.resolve() == _own_file(source):
        raise TheDatabaseItself
    with _beside(file) as draft:
        if source.dialect.name == "sqlite":
            counted = _snapshot(source, draft)
            tell(PASSES * sum(counted.values()))
        else:
            counted = _portable(source, draft, tell)
        _settle(draft)
        inspect_file(draft, counted)
        os.replace(draft, file)
        _keep(file.parent)
    return sum(counted.values())


def restore(file: Path, tell: Tell) -> int:
    """Put a backup back into the empty database of this program; returns how many rows it held.

    A backup of an older version is brought up to date on the way.

    Raises:
        NotABackup: it is damaged, has no guard, or is of a newer version of the program.
        NotEmpty, OutOfReach, Different
    """
    insist_on_empty(db.engine)
    inspect_file(file)
    program: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory(prefix="buurthuis-") as folder:
        draft = Path(folder) / "restore.sqlite"
        _copy_file(file, draft)
        with opened(f"sqlite:///{draft}") as source:
            flask_migrate.upgrade()
            with source.connect() as connection:
                counted = count_rows(connection)
            with program.app_context():
                _bring_back(source, draft, tell)
    with db.engine.connect() as connection:
        insist_on_newest(connection)
        insist_on_same(counted, count_rows(connection))
    return sum(counted.values())


def inspect_file(file: Path, counted: dict[str, int] | None = None) -> int:
    """Refuse a file that is not a whole backup, or that does not hold so many rows in each table.

    Returns how many rows it holds in all.

    Raises:
        NotABackup
    """
    if not file.is_file():
        raise NotABackup(f"{file} does not exist")
    try:
        with closing(_read_only(file)) as connection:
            return _inspect(connection, counted or {})
    except sqlite3.Error as error:
        raise NotABackup(str(error)) from error


def _inspect(connection: sqlite3.Connection, counted: dict[str, int]) -> int:
    if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        raise NotABackup("it is damaged")
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise NotABackup("rows refer to rows that are not there")
    kinds = dict(connection.execute("SELECT name, type FROM sqlite_master"))
    if any(kinds.get(guard) != "trigger" for guard in GUARDS):
        raise NotABackup("the guard against double booking is not in it")
    revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if revision is None or not _is_known(revision[0]):
        raise NotABackup("it comes from a newer version of the program")
    found = {
        table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
        for table, kind in kinds.items()
        if kind == "table"
    }
    insist_on_same(counted, found)
    return sum(found.values())


def _is_known(revision: str) -> bool:
    try:
        return ScriptDirectory(current_app.config["MIGRATIONS"]).get_revision(revision) is not None
    except CommandError:
        return False


def _snapshot(source: Engine, draft: Path) -> dict[str, int]:
    """Take one moment of an SQLite database that others go on using."""
    with reading(), source.connect() as connection:
        insist_on_newest(connection)
        counted = count_rows(connection)
        link = connection.connection.driver_connection
        assert isinstance(link, sqlite3.Connection)  # noqa: S101 - the engine is SQLite
        with closing(sqlite3.connect(draft)) as copy:
            link.backup(copy)
    return counted


def _portable(source: Engine, draft: Path, tell: Tell) -> dict[str, int]:
    """Take one moment of a PostgreSQL database."""
    with opened(f"sqlite:///{draft}"):
        return {name: held.rows for name, held in copy_from(source, tell).items()}


def _bring_back(source: Engine, draft: Path, tell: Tell) -> None:
    """Fill the program's own database; the backup API replaces a whole file in one transaction."""
    if db.engine.dialect.name != "sqlite":
        copy_from(source, tell)
        return
    source.dispose()
    _settle(draft)
    with closing(sqlite3.connect(draft)) as link, db.engine.connect() as connection:
        target = connection.connection.driver_connection
        assert isinstance(target, sqlite3.Connection)  # noqa: S101 - the engine is SQLite
        link.backup(target)
    db.engine.dispose()


def _own_file(source: Engine) -> Path | None:
    if source.dialect.name != "sqlite" or source.url.database is None:
        return None
    return Path(source.url.database).resolve()


def _copy_file(file: Path, draft: Path) -> None:
    with closing(_read_only(file)) as link, closing(sqlite3.connect(draft)) as copy:
        link.backup(copy)


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def _settle(draft: Path) -> None:
    """Make the draft one file without a journal beside it, safe on the disk."""
    with closing(sqlite3.connect(draft)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with draft.open("rb") as stream:
        os.fsync(stream.fileno())


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A draft in the same folder, for our eyes only, that goes when it is not kept."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    except OSError as error:
        raise OutOfReach(error) from error
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
    finally:
        for left in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm")):
            left.unlink(missing_ok=True)


def _keep(folder: Path) -> None:
    """Let the new name of the file survive a power cut as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
