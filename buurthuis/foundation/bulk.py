"""Many rows of one table in one message: what they share as plain values, the rest as one text of JSON.

A driver reads and binds every placeholder of a long insert anew; fifty bookings have two thousand.
Here their number follows from the table alone, and no object is made.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Enum,
    FunctionElement,
    Insert,
    Integer,
    String,
    Table,
    TableValuedAlias,
    bindparam,
    cast,
    insert,
    literal_column,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from buurthuis.foundation.db import Moment, db, in_seconds

Plain = Mapping[str, Any]
"""A row by the names of its columns."""

MOST_STATEMENTS = 64
"""What rows share differs from deed to deed; so many ways to say it are kept put together."""


def store_many(table: Table, rows: Sequence[Plain]) -> None:
    """Store rows that all name the same columns; what they leave out is as the model gives it.

    Raises:
        ValueError: rows name different columns, or hold what no text can.
    """
    if rows:
        db.session.execute(*told(table, rows, dialect=db.engine.dialect.name))


def store_numbered(table: Table, rows: Sequence[Plain], *, by: str) -> list[int]:
    """As `store_many`; returns the ids in the order of the rows, of which each has another text `by`."""
    if not rows:
        return []
    stored = db.session.execute(*told(table, rows, by, "id", dialect=db.engine.dialect.name))
    ids = {name: number for name, number in stored}  # noqa: C416 - a row is no pair to mypy
    return [ids[row[by]] for row in rows]


def given(table: Table) -> dict[str, Any]:
    """What the model gives to a row that does not say it; None where that is nothing."""
    return {column.key: _default(column) for column in table.columns}


def _default(column: Column[Any]) -> Any:
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def told(
    table: Table, rows: Sequence[Plain], *returning: str, dialect: str
) -> tuple[Insert, dict[str, Any]]:
    """The statement that stores rows on an engine and returns some columns of them, and its values."""
    first = rows[0]
    if any(row.keys() != first.keys() for row in rows):
        raise ValueError("rows that are stored together name the same columns")
    shared = {name: first[name] for name in first if _is_shared(name, table, rows)}
    own = tuple(name for name in first if name not in shared)
    left_out = {
        name: value
        for name, value in given(table).items()
        if value is not None and name not in first
    }
    same = {**left_out, **shared}
    statement = _statement(table, tuple(same), own, returning, dialect)
    values = {f"same_{name}": value for name, value in same.items()}
    return statement, {**values, "rows": _text(table, rows, own)}


def _is_shared(name: str, table: Table, rows: Sequence[Plain]) -> bool:
    """All rows say the same; in JSON a yes is not a one, so there it must be the same thing."""
    value = rows[0][name]
    if isinstance(table.c[name].type, JSON):
        return all(row[name] is value for row in rows)
    return all(row[name] == value for row in rows)


def _text(table: Table, rows: Sequence[Plain], own: Sequence[str]) -> str:
    write = {name: _writer(table.c[name]) for name in own}
    plain = [
        [None if row[name] is None else write[name](row[name]) for name in own] for row in rows
    ]
    if any(isinstance(value, str) and "\0" in value for row in plain for value in row):
        raise ValueError("no text can hold a zero")
    return json.dumps(plain, ensure_ascii=False)


def _writer(column: Column[Any]) -> Callable[[Any], Any]:
    """What makes a value of a column one that JSON has and the database reads."""
    match column.type:
        case Moment():
            return in_seconds
        case Date():
            return date.isoformat
        case Enum() as kind:
            return lambda value: _word_of(kind, value)
        case JSON():
            return json.dumps
        case Integer() | String() | Boolean():
            return lambda value: value
    raise TypeError(f"{column} holds what is not stored in bulk")


def _word_of(kind: Enum, value: Any) -> str:
    """One word of an enumeration; any other is refused."""
    if value not in kind.enums:
        raise ValueError(f"{value!r} is none of {kind.enums}")
    return str(value)


@lru_cache(MOST_STATEMENTS)
def _statement(
    table: Table,
    same: tuple[str, ...],
    own: tuple[str, ...],
    returning: tuple[str, ...],
    dialect: str,
) -> Insert:
    rows = elements("rows")
    values = (rows.c.value.op("->>")(literal_column(str(place))) for place in range(len(own)))
    texts: list[ColumnElement[Any]] = list(values)
    if dialect != "sqlite":  # There a column takes a text for what it is.
        texts = [cast(text, table.c[name].type) for name, text in zip(own, texts, strict=True)]
    bound = [bindparam(f"same_{name}", type_=table.c[name].type) for name in same]
    asked = select(*bound, *texts).select_from(rows)
    stored = insert(table).from_select([*same, *own], asked, include_defaults=False)
    return stored.returning(*(table.c[name] for name in returning)) if returning else stored


def elements(parameter: str) -> TableValuedAlias:
    """The elements of a list in JSON, which a statement gets by this name, a row each: `value`."""
    return _elements(bindparam(parameter, type_=String)).table_valued("value", name=parameter)


class _elements(FunctionElement[Any]):  # noqa: N801 - it stands in statements as a function
    """The elements of a list in JSON."""

    inherit_cache = True


@compiles(_elements, "sqlite")
def _on_sqlite(function: _elements, compiler: SQLCompiler, **more: Any) -> str:
    return f"json_each({compiler.process(function.clauses, **more)})"


@compiles(_elements, "postgresql")
def _on_postgresql(function: _elements, compiler: SQLCompiler, **more: Any) -> str:
    return f"json_array_elements(CAST({compiler.process(function.clauses, **more)} AS JSON))"
