"""The days behind a figure that is counted by the day: hours that were open, day parts, the building."""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from buurthuis.rules.figures.columns import Building, Spaces
from buurthuis.rules.figures.sheet import Sheet, Table
from buurthuis.rules.figures.spans import Span
from buurthuis.statistics.behind.row import Column, Kind, Looked, Row, Rows
from buurthuis.statistics.frames import A_DAY
from buurthuis.statistics.sheets import sheets_of

HEADINGS: Final = (Column.DAY, Column.HOUSE, Column.NUMBER)


class Counted(NamedTuple):
    """Which numbers of a table a figure adds up and divides by."""

    table: Table
    number: int
    of: int | None = None


BY_DAY: Final[Mapping[str, Counted]] = {
    "OPEN": Counted(Table.SPACES, Spaces.OPEN),
    "DAGDEEL": Counted(Table.SPACES, Spaces.PARTS_USED, Spaces.PARTS_OPEN),
    "GEB": Counted(Table.BUILDING, Building.USED, Building.OPEN),
    "ONTM": Counted(Table.BUILDING, Building.PARTS_MET, Building.PARTS_OPEN),
}


def days_behind(looked: Looked) -> Rows:
    """Each house on each day, the first day first."""
    counted = BY_DAY[looked.code]
    venues = sorted(looked.houses)
    places = [(day, venue) for day in looked.span for venue in venues]
    wanted = places[looked.page.first : looked.page.after]
    days = sorted({day for day, _ in wanted})
    spans = [Span(day, day + A_DAY) for day in days]
    sheets = dict(zip(days, sheets_of(venues, spans, looked.now, looked.houses), strict=True))
    rows = tuple(_row(venue, day, sheets[day][venue], counted, looked) for day, venue in wanted)
    headings = HEADINGS if counted.of is None else (*HEADINGS, Column.OF)
    return Rows(headings, rows, len(places))


def _row(venue: int, day: date, sheet: Sheet, counted: Counted, looked: Looked) -> Row:
    rows = [row for _, row in looked.keeps.rows(sheet, counted.table)]
    number = sum(row[counted.number] for row in rows)
    of = 0 if counted.of is None else sum(row[counted.of] for row in rows)
    return Row(Kind.DAY, 0, venue, day, number, of)
