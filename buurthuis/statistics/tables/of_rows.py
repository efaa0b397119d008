"""The very rows behind a figure as a table: what stands under "Part" adds up to its part."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from flask_babel import gettext as _

from buurthuis.foundation.spreadsheet import Cell, Table
from buurthuis.statistics import row_words, words
from buurthuis.statistics.rows import Column, Kind, Row, Rows, rows_behind
from buurthuis.statistics.tables.asking import Wanted

A_PAGE: Final = 5_000
"""So many rows are read at a time, however many there are."""


def behind(code: str) -> Callable[[Wanted], Table]:
    """What makes the table of the rows behind a figure."""
    return lambda wanted: rows_table(code, wanted)


def rows_table(code: str, wanted: Wanted) -> Table:
    """The rows behind a figure, in the order of the clock; nobody who did a shift is named."""
    first = _page(code, wanted, 0)
    columns = first.headings
    headings = [_("Number"), *(row_words.heading(each, columns) for each in columns)]
    if Column.DAY in columns:
        headings[2:2] = [_("From"), _("Until")]
    found = (_cells(row, columns, wanted) for row in _all(code, wanted, first))
    return Table(_("Rows behind %(figure)s", figure=words.label(code)), headings, found)


def _page(code: str, wanted: Wanted, first: int) -> Rows:
    return rows_behind(
        code,
        wanted.asked,
        wanted.now,
        first=first,
        count=A_PAGE,
        with_private=wanted.with_private,
    )


def _all(code: str, wanted: Wanted, page: Rows) -> Iterator[Row]:
    begins = 0
    while page.rows:
        yield from page.rows
        begins += len(page.rows)
        if begins >= page.total:
            return
        page = _page(code, wanted, begins)


def _cells(row: Row, columns: Sequence[Column], wanted: Wanted) -> Sequence[Cell]:
    known: dict[Column, Cell] = {
        Column.DAY: row.day,
        Column.HOUSE: wanted.names.houses.get(row.venue_id, ""),
        Column.ROOM: "" if row.room_id is None else wanted.names.rooms.get(row.room_id, ""),
        Column.GROUP: _("A private person") if row.group is None else row.group,
        Column.STANDING: words.standing_word(row.standing),
        Column.THEME: words.theme_word(row.theme),
        Column.WHY: row_words.why(row.why),
        Column.NUMBER: row.number,
        Column.OF: row.of,
    }
    cells = [
        row.id or None if row.kind is not Kind.DAY else None,
        *(known[each] for each in columns),
    ]
    if Column.DAY in columns:
        cells[2:2] = [row.starts_at, row.ends_at]
    return cells
