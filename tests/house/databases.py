"""A database told in full: everything that the two ways to build one must agree on."""

import re
from typing import Any

from sqlalchemy import Connection, Inspector, inspect, text

BOOKKEEPING = "alembic_version"

SQLITE_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
POSTGRESQL_CONSTRAINTS = """
    SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
"""
POSTGRESQL_INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
POSTGRESQL_TRIGGERS = "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"


def told_in_full(connection: Connection) -> dict[str, str]:
    """Every column, key, constraint, index and trigger: what it is called, and what it says."""
    inspector = inspect(connection)
    told = {}
    for table in inspector.get_table_names():
        if table != BOOKKEEPING:
            told |= {f"{table}: {what}": said for what, said in _table(inspector, table)}
    if connection.dialect.name == "sqlite":
        told |= _rows(connection, SQLITE_TRIGGERS)
    else:
        for question in (POSTGRESQL_CONSTRAINTS, POSTGRESQL_INDEXES, POSTGRESQL_TRIGGERS):
            told |= _rows(connection, question)
    return told


def tables(connection: Connection) -> set[str]:
    """The names of all tables but the one in which migrations keep their place."""
    return set(inspect(connection).get_table_names()) - {BOOKKEEPING}


def _rows(connection: Connection, question: str) -> dict[str, str]:
    return {
        name: re.sub(r"\s+", " ", said).strip()
        for name, said in connection.execute(text(question))
        if BOOKKEEPING not in name
    }


def _table(inspector: Inspector, table: str) -> list[tuple[str, str]]:
    told = [
        (
            f"column {column['name']}",
            f"{column['type']!r} null={column['nullable']} default={column['default']}",
        )
        for column in inspector.get_columns(table)
    ]
    told.append(("primary key", _plain(inspector.get_pk_constraint(table))))
    for kind, found in (
        ("foreign key", [_named(table, key) for key in inspector.get_foreign_keys(table)]),
        ("unique", inspector.get_unique_constraints(table)),
        ("check", inspector.get_check_constraints(table)),
        ("index", inspector.get_indexes(table)),
    ):
        told += [(f"{kind} {each['name']}", _plain(each)) for each in found]
    return told


def _named(table: str, key: Any) -> dict[str, Any]:
    """A key with its name; of one that came later with its column, SQLite tells none."""
    usual = f"fk_{table}_{'_'.join(key['constrained_columns'])}"
    return {**key, "name": key["name"] or usual}


def _plain(thing: Any) -> str:
    """The same text for the same thing, also where it holds a piece of SQL."""
    if isinstance(thing, dict):
        return "{" + ", ".join(f"{key}: {_plain(thing[key])}" for key in sorted(thing)) + "}"
    if isinstance(thing, list | tuple):
        return "[" + ", ".join(_plain(each) for each in thing) + "]"
    return re.sub(r"\s+", " ", str(thing)).strip()
