"""Sheets of which the hours of the clock are only added up when somebody asks for them.

Two thirds of a sheet are its hours of the clock, which one picture shows. Whatever else is asked
need not wait for them.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from buurthuis.rules.figures.sheet import Key, Row, Sheet, Table, together
from buurthuis.rules.figures.sheet_file import sheet_from, sheet_text

Rows = dict[Key, Row]


class LateTables(dict[Table, Rows]):
    """The tables of a sheet; the hours stand ready as texts, and as rows of other sheets."""

    def __init__(self, tables: dict[Table, Rows], texts: list[str], others: list[Rows]) -> None:
        super().__init__(tables)
        self.texts = texts
        self.others = others

    def __missing__(self, table: Table) -> Rows:
        """Add the hours up, now that somebody asks."""
        if table is not Table.HOURS:
            raise KeyError(table)
        found = self[Table.HOURS] = _hours_of(self.texts, self.others)
        self.texts, self.others = [], []
        return found

    def items(self) -> Any:
        """All of them."""
        self._all_here()
        return super().items()

    def keys(self) -> Any:
        """The names of all."""
        self._all_here()
        return super().keys()

    def values(self) -> Any:
        """The rows of all."""
        self._all_here()
        return super().values()

    def __iter__(self) -> Iterator[Table]:
        self._all_here()
        return super().__iter__()

    def __len__(self) -> int:
        self._all_here()
        return super().__len__()

    def __contains__(self, table: object) -> bool:
        self._all_here()
        return super().__contains__(table)

    def __eq__(self, other: object) -> bool:
        self._all_here()
        if isinstance(other, LateTables):
            other._all_here()
        return super().__eq__(other)

    __hash__ = None

    def _all_here(self) -> None:
        self[Table.HOURS]


def _hours_of(texts: Iterable[str], others: Iterable[Rows]) -> Rows:
    """Used and open by space, weekday and hour. Ten thousands of rows are added, so in one go."""
    sums: Rows = {}
    for text in texts:
        for venue, space, weekday, hour, used, open_ in json.loads(text).get(Table.HOURS.value, ()):
            key = (venue, space, weekday, hour)
            known = sums.get(key)
            if known is None:
                sums[key] = [used, open_]
            else:
                known[0] += used
                known[1] += open_
    return together([Sheet({Table.HOURS: sums}), *map(_of_hours, others)]).tables[Table.HOURS]


def _of_hours(rows: Rows) -> Sheet:
    return Sheet({Table.HOURS: rows})


def body_of(sheet: Sheet) -> str:
    """A sheet as it is kept: what is always read, and in a line of its own the hours of the clock."""
    tables = dict(sheet.tables)
    hours = {Table.HOURS: tables.pop(Table.HOURS)}
    return f"{sheet_text(Sheet(tables))}\n{sheet_text(Sheet(hours))}"


def sheet_of_body(body: str) -> Sheet:
    """The sheet that a body tells; its hours wait."""
    rest, _, hours = body.partition("\n")
    return _late(sheet_from(rest), [hours], [])


def added(sheets: Iterable[Sheet]) -> Sheet:
    """The sum of sheets; hours that wait go on waiting."""
    total, texts, others = Sheet(), list[str](), list[Rows]()
    for each in sheets:
        tables = each.tables
        if isinstance(tables, LateTables) and not dict.__contains__(tables, Table.HOURS):
            texts += tables.texts
            others += tables.others
        else:
            others.append(tables[Table.HOURS])
        _add_all_but_hours(total, tables)
    return _late(total, texts, others)


def _add_all_but_hours(total: Sheet, tables: dict[Table, Rows]) -> None:
    rest: dict[Table, Rows] = {
        name: rows for name, rows in dict.items(tables) if name is not Table.HOURS
    }
    total.add(Sheet(rest))


def _late(sheet: Sheet, texts: list[str], others: list[Rows]) -> Sheet:
    sheet.tables.pop(Table.HOURS, None)
    sheet.tables = LateTables(sheet.tables, texts, others)
    return sheet
