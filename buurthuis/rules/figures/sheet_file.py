"""A sheet as text and back: short, and the same text for the same sheet, so that it can be compared."""

import json
from hashlib import sha256
from typing import Final

from buurthuis.rules.figures.sheet import Key, Row, Sheet, Table

FORM: Final = 1
"""Raise it when folding counts something else or more: sheets that were kept are then made again."""

_KEY_LENGTHS: Final = {
    Table.TIME: 4,
    Table.COUNTS: 4,
    Table.SPACES: 2,
    Table.HOURS: 4,
    Table.BUILDING: 1,
    Table.GROUPS: 5,
    Table.SERIES: 5,
    Table.ANSWERS: 5,
    Table.WATCHES: 1,
    Table.FILLS: 2,
    Table.WORK: 3,
    Table.WORK_DAYS: 3,
}


def sheet_text(sheet: Sheet) -> str:
    """JSON: each table that has rows as a list of rows in order, the key first and then the numbers."""
    told = {
        table.value: [[*key, *row] for key, row in sorted(rows.items())]
        for table, rows in sheet.tables.items()
        if rows
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def sheet_from(text: str) -> Sheet:
    """The sheet that a text tells."""
    return Sheet({Table(name): _rows(Table(name), rows) for name, rows in json.loads(text).items()})


def _rows(table: Table, rows: list[list[int]]) -> dict[Key, Row]:
    length = _KEY_LENGTHS[table]
    return {tuple(row[:length]): row[length:] for row in rows}


def digest(sheet: Sheet) -> str:
    """A fingerprint: equal for equal sheets, other for others."""
    return sha256(sheet_text(sheet).encode()).hexdigest()
