"""Many spans of time as a table that a question joins, so that it reads nothing between them."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    FunctionElement,
    String,
    bindparam,
    cast,
    literal_column,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from buurthuis.rules.periods import Period


class Spans(NamedTuple):
    """The table, with the two seconds of each of its rows."""

    table: FromClause
    since: ColumnElement[int]
    until: ColumnElement[int]


def spans(parameter: str) -> Spans:
    """The spans that a question gets as one parameter of this name, written by `written`."""
    rows = _elements(bindparam(parameter, type_=String)).table_valued("value", name=parameter)
    since, until = (
        cast(rows.c.value.op("->>")(literal_column(place)), BigInteger) for place in ("0", "1")
    )
    return Spans(rows, since, until)


def written(periods: Iterable[Period]) -> str:
    """Periods as such a parameter: one text, however many they are."""
    return json.dumps([(int(p.start.timestamp()), int(p.end.timestamp())) for p in periods])


class _elements(FunctionElement[Any]):  # noqa: N801 - it stands in statements as a function
    """The elements of a list in JSON, a row each."""

    inherit_cache = True


@compiles(_elements, "sqlite")
def _on_sqlite(function: _elements, compiler: SQLCompiler, **more: Any) -> str:
    return f"json_each({compiler.process(function.clauses, **more)})"


@compiles(_elements, "postgresql")
def _on_postgresql(function: _elements, compiler: SQLCompiler, **more: Any) -> str:
    return f"json_array_elements(CAST({compiler.process(function.clauses, **more)} AS JSON))"
