"""Rows as plain values and back, so that another process or a table can carry them as JSON."""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from buurthuis.imports.readers.rows import (
    Columns,
    Doubt,
    EntryStatus,
    Fact,
    Facts,
    Found,
    LeftOut,
    Reading,
    Table,
    Why,
)


def told_found(row: Found) -> dict[str, Any]:
    """A row as plain values."""
    told = {each.name: getattr(row, each.name) for each in fields(row)}
    told["starts_at"], told["ends_at"] = row.starts_at.isoformat(), row.ends_at.isoformat()
    told["doubts"] = [[doubt.code, dict(doubt.facts)] for doubt in row.doubts]
    return told


def found_from(told: dict[str, Any]) -> Found:
    """The row that `told_found` told."""
    values = dict(told)
    values["starts_at"] = datetime.fromisoformat(told["starts_at"])
    values["ends_at"] = datetime.fromisoformat(told["ends_at"])
    values["status"] = EntryStatus(told["status"])
    values["doubts"] = tuple(Doubt(Why(code), _facts(facts)) for code, facts in told["doubts"])
    return Found(**values)


def told_reading(reading: Reading) -> dict[str, Any]:
    """A whole reading as plain values."""
    return {
        "found": [told_found(row) for row in reading.found],
        "left_out": [[each.line, each.code, dict(each.facts)] for each in reading.left_out],
        "name": reading.name,
    }


def reading_from(told: dict[str, Any]) -> Reading:
    """The reading that `told_reading` told."""
    return Reading(
        tuple(found_from(row) for row in told["found"]),
        tuple(LeftOut(line, Why(code), _facts(facts)) for line, code, facts in told["left_out"]),
        told["name"],
    )


def told_table(table: Table) -> dict[str, Any]:
    """A sheet as plain values."""
    return asdict(table)


def table_from(told: dict[str, Any]) -> Table:
    """The sheet that `told_table` told."""
    return Table(
        tuple(told["header"]),
        tuple(tuple(row) for row in told["rows"]),
        tuple(told["sheets"]),
        told["sheet"],
        told["first_line"],
    )


def told_columns(columns: Columns) -> dict[str, int | None]:
    """Which column says what, as plain values."""
    return asdict(columns)


def columns_from(told: dict[str, int | None]) -> Columns:
    """The columns that `told_columns` told."""
    return Columns(**told)


def _facts(facts: dict[str, Fact]) -> Facts:
    return tuple(sorted(facts.items()))
