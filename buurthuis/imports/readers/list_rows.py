"""Rows of a list as entries, by the columns that somebody matched; nothing that is unclear is guessed."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from buurthuis.imports.readers.list_values import (
    WHOLE_DAY,
    NoSuchClock,
    NoSuchDay,
    at,
    clock_part,
    clocks_in,
    day_in,
    has_two_meanings,
    length_in,
    order_of,
    people_in,
    status_in,
)
from buurthuis.imports.readers.rows import Columns, Doubt, Found, LeftOut, Reading, Table, Why
from buurthuis.imports.readers.words import one_line, paragraphs
from buurthuis.imports.readers.zones import clock_doubt, in_zone

DAY: Final = timedelta(days=1)
LATE: Final = timedelta(hours=8)
"""What ends before this on the clock, and before it starts, ends on the next day."""
LONGEST_SHOWN: Final = 80


def rows_of(table: Table, columns: Columns, zone: ZoneInfo) -> Reading:
    """What a list says, read by these columns; `zone` is the clock of the house."""
    reader = _Reader(table, columns, zone)
    return Reading(tuple(reader.found()), tuple(reader.left_out), table.sheet)


class _Reader:
    """Reads row after row, and remembers the day above and the keys that were there."""

    def __init__(self, table: Table, columns: Columns, zone: ZoneInfo) -> None:
        self._table = table
        self._columns = columns
        self._zone = zone
        self._order = order_of(
            self._cells(columns.day if columns.day is not None else columns.start)
        )
        self._above: date | None = None
        self._lines: dict[str, int] = {}
        self.left_out: list[LeftOut] = []

    def found(self) -> Iterator[Found]:
        """A row for each that can be read; the others are left out, each with its reason."""
        for line, row in enumerate(self._table.rows, start=self._table.first_line):
            if not any(row):
                continue
            try:
                yield self._once(self._entry(line, row))
            except NoSuchDay as error:
                self._leave_out(line, Why.NO_SUCH_DAY, error)
            except NoSuchClock as error:
                self._leave_out(line, Why.NO_SUCH_CLOCK, error)

    def _leave_out(self, line: int, why: Why, error: ValueError) -> None:
        self.left_out.append(LeftOut.of(line, why, text=str(error)[:LONGEST_SHOWN]))

    def _cells(self, column: int | None) -> list[str]:
        """What stands in one column; nothing in one that is not there."""
        if column is None or column >= len(self._table.header):
            return []
        return [row[column] for row in self._table.rows]

    def _entry(self, line: int, row: tuple[str, ...]) -> Found:
        """One row as an entry."""
        cell = _Cells(row, self._columns)
        doubts: list[Doubt] = []
        day = self._day(cell, doubts)
        start, end, is_all_day = self._clocks(cell, day, doubts)
        people = people_in(cell.people) if cell.people else None
        if cell.people and people is None:
            doubts.append(Doubt.of(Why.NUMBER, text=cell.people[:LONGEST_SHOWN]))
        starts_at = in_zone(start, self._zone).astimezone(UTC)
        ends_at = max(starts_at, in_zone(end, self._zone).astimezone(UTC))
        if not is_all_day:
            unclear = (clock_doubt(each, self._zone) for each in (start, end))
            doubts.extend(dict.fromkeys(doubt for doubt in unclear if doubt is not None))
            if ends_at - starts_at > DAY:
                doubts.append(Doubt.of(Why.LONG, hours=(ends_at - starts_at) // timedelta(hours=1)))
        return Found(
            line,
            f"id:{one_line(cell.key)}" if cell.key else _key(starts_at, cell.place, cell.title),
            starts_at,
            ends_at,
            is_all_day,
            title=one_line(cell.title),
            place=one_line(cell.place),
            group=one_line(cell.group),
            kind=one_line(cell.kind),
            remark=paragraphs(cell.remark),
            people=people,
            status=status_in(cell.status),
            doubts=tuple(doubts),
        )

    def _day(self, cell: "_Cells", doubts: list[Doubt]) -> date:
        """The day of a row; where it has none, that of the row above, with a doubt."""
        text = cell.day if self._columns.day is not None else cell.start
        if not text and self._columns.day is not None and self._above is not None:
            doubts.append(Doubt.of(Why.DAY_ABOVE, day=self._above.isoformat()))
            return self._above
        day = day_in(text, self._order)
        if not self._order.is_sure and has_two_meanings(text):
            doubts.append(Doubt.of(Why.DAY_OR_MONTH, text=text[:LONGEST_SHOWN]))
        self._above = day
        return day

    def _clocks(
        self, cell: "_Cells", day: date, doubts: list[Doubt]
    ) -> tuple[datetime, datetime, bool]:
        """From when until when on the clock, and whether it is whole days."""
        last = self._last_day(cell, day)
        told = clock_part(cell.start) or (clock_part(cell.day) if not cell.start else "")
        if not told or told.lower() in WHOLE_DAY:
            return at(day, timedelta(0)), at((last or day) + DAY, timedelta(0)), True
        start, end = clocks_in(told)
        starts = at(day, start)
        if cell.end and clock_part(cell.end):
            end = clocks_in(clock_part(cell.end))[0]
        if end is None and cell.minutes:
            return starts, starts + length_in(cell.minutes), False
        if end is None:
            doubts.append(Doubt.of(Why.NO_END))
            return starts, starts, False
        return self._ended(starts, at(last or day, end), is_told=last is not None, doubts=doubts)

    def _last_day(self, cell: "_Cells", day: date) -> date | None:
        """The day on which it ends, where the row says so."""
        if cell.last_day:
            return day_in(cell.last_day, self._order)
        try:
            return day_in(cell.end, self._order) if cell.end else None
        except NoSuchDay:
            return None

    def _ended(
        self, starts: datetime, ends: datetime, *, is_told: bool, doubts: list[Doubt]
    ) -> tuple[datetime, datetime, bool]:
        midnight = timedelta(0)
        if starts == at(starts.date(), midnight) and ends == at(ends.date(), midnight) and is_told:
            # From midnight to midnight: how calendars write whole days into a list.
            return starts, max(ends, starts + DAY), True
        if ends <= starts and not is_told and ends - at(ends.date(), midnight) <= LATE:
            ends += DAY
        if ends <= starts:
            doubts.append(Doubt.of(Why.END_BEFORE_START, end=f"{ends:%Y-%m-%d %H:%M}"))
            ends = starts
        return starts, ends, False

    def _once(self, found: Found) -> Found:
        """The same row; of two with one key the second gets a key of its own, and a doubt."""
        key, count = found.key, 1
        while found.key in self._lines:
            count += 1
            found = replace(found, key=f"{key}#{count}")
        if count > 1:
            doubt = Doubt.of(Why.TWICE, other=self._lines[key])
            found = replace(found, doubts=(*found.doubts, doubt))
        self._lines[found.key] = found.line
        return found


class _Cells:
    """The cells of one row by what they mean; empty where no column says it."""

    def __init__(self, row: tuple[str, ...], columns: Columns) -> None:
        self._row = row
        self._columns = columns

    def __getattr__(self, meaning: str) -> str:
        column: int | None = getattr(self._columns, meaning)
        return self._row[column].strip() if column is not None and column < len(self._row) else ""


def _key(starts_at: datetime, place: str, title: str) -> str:
    """What a row without a number of its own is known by."""
    words = (one_line(each).casefold() for each in (place, title))
    told = "\n".join((starts_at.isoformat(), *words))
    return hashlib.sha256(told.encode()).hexdigest()[:32]
