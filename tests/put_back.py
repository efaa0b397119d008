"""Rows that take long to make: kept when they are first there, and put back for the tests that follow."""

from typing import Any

from sqlalchemy import Table, insert, select

from buurthuis.foundation.db import Model, db
from buurthuis.foundation.pulse import Pulse

Rows = dict[Table, list[dict[str, Any]]]


def rows_now() -> Rows:
    """All rows of the database, by their tables: first those on which others lean.

    The pulse is left out: it beats anew with whatever is put back.
    """
    tables = [each for each in Model.metadata.sorted_tables if each is not Pulse.__table__]
    questions = {table: select(table).order_by(*table.primary_key) for table in tables}
    return {
        table: [dict(zip(table.c.keys(), row, strict=True)) for row in db.session.execute(asked)]
        for table, asked in questions.items()
    }


def put_back(rows: Rows) -> None:
    """Fill an empty database with rows, numbers included."""
    for table, values in rows.items():
        if values:
            db.session.execute(insert(table), values)
    db.session.commit()
