"""A sheet: everything that figures count, added up; sheets of days add to months, months to years.

Adding is all one can do with them, in any order, so what is kept per day or month is worth the
same as going through every booking again.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from operator import add
from typing import Self, TypeAlias

Key: TypeAlias = tuple[int | str, ...]
Row: TypeAlias = list[int]


class Table(StrEnum):
    """The tables of a sheet. What stands in a key comes first, then what is counted, all of it in minutes
    unless it says otherwise. Spaces are physical; rooms are what was booked.
    """

    TIME = "time"
    """(venue, space, standing, theme): used, used with set-up and clearing, prime, lost."""
    COUNTS = "counts"
    """(venue, room, standing, theme): bookings, singles (not of a series), bookings with a head count,
    visits at least, twice the visits, visits at most, twice head·minutes, capacity·minutes of the
    counted, minutes of the counted, minutes of all, list cents, given cents, income cents, asked,
    refused."""
    SPACES = "spaces"
    """(venue, space): open, open and with an area, hundredths of m²·open, hundredths of m²·used,
    day parts open, day parts half used."""
    HOURS = "hours"
    """(venue, space, weekday, hour of the clock): used, open."""
    BUILDING = "building"
    """(venue,): hours of the building, of which used, day parts open, of which two groups met."""
    GROUPS = "groups"
    """(venue, initiative, room, standing, theme): bookings, minutes, of which prime."""
    SERIES = "series"
    """(venue, series, room, standing, theme): bookings."""
    ANSWERS = "answers"
    """(venue, room, standing, theme, whole hours until the answer): requests."""
    WATCHES = "watches"
    """(venue,): shifts, covered, covered a week ahead."""
    FILLS = "fills"
    """(venue, whole hours until somebody promised): shifts."""
    WORK = "work"
    """(venue, person, "holder" or "learner"): minutes, shifts, supervised shifts, supervised minutes."""
    WORK_DAYS = "work_days"
    """(venue, year, month): minutes of all; for rates that hold from a day."""


class Sheet:
    """Counted things, by table and key. Empty rows are not kept."""

    def __init__(self, tables: Mapping[Table, dict[Key, Row]] | None = None) -> None:
        self.tables: dict[Table, dict[Key, Row]] = {each: {} for each in Table}
        if tables:
            self.tables.update(tables)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sheet) and self.tables == other.tables

    __hash__ = None  # type: ignore[assignment]

    def count(self, table: Table, key: Key, *numbers: int) -> None:
        """Add numbers to a row."""
        if any(numbers):
            rows = self.tables[table]
            known = rows.get(key)
            rows[key] = list(map(add, known, numbers) if known else numbers)

    def add(self, other: Self) -> None:
        """Add another sheet to this one."""
        for table, rows in other.tables.items():
            mine = self.tables[table]
            for key, row in rows.items():
                known = mine.get(key)
                # A row is replaced and never changed, so that sheets may share it.
                mine[key] = list(map(add, known, row)) if known else row

    def only(self, table: Table, keeps: Callable[[Key], bool]) -> Iterable[tuple[Key, Row]]:
        """The rows of a table whose key is kept."""
        return ((key, row) for key, row in self.tables[table].items() if keeps(key))


def together(sheets: Iterable[Sheet]) -> Sheet:
    """The sum of sheets."""
    total = Sheet()
    for each in sheets:
        total.add(each)
    return total
