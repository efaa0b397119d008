"""Many spans of time as a table that a question joins, so that it reads nothing between them."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import BigInteger, ColumnElement, FromClause, cast, literal_column

from buurthuis.foundation.bulk import elements
from buurthuis.rules.periods import Period


class Spans(NamedTuple):
    """The table, with the two seconds of each of its rows."""

    table: FromClause
    since: ColumnElement[int]
    until: ColumnElement[int]


def spans(parameter: str) -> Spans:
    """The spans that a question gets as one parameter of this name, written by `written`."""
    rows = elements(parameter)
    since, until = (
        cast(rows.c.value.op("->>")(literal_column(place)), BigInteger) for place in ("0", "1")
    )
    return Spans(rows, since, until)


def written(periods: Iterable[Period]) -> str:
    """Periods as such a parameter: one text, however many they are."""
    return json.dumps([(int(p.start.timestamp()), int(p.end.timestamp())) for p in periods])
