"""The very rows behind a figure as a table, and what changed in days that were over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from buurthuis.foundation.access import may, visitor
from buurthuis.foundation.formatting import clock, linked, short_day
from buurthuis.pages.board.choice import Choice
from buurthuis.rules.figures.codes import Unit
from buurthuis.statistics import row_words, words
from buurthuis.statistics.behind.row import Column, Kind, Row
from buurthuis.statistics.changelog import Changed, changes_of
from buurthuis.statistics.rows import rows_behind
from buurthuis.venues.known import room_as_known

PER_PAGE: Final = 20
MOST_PAGES: Final = 100_000
MOST_CHANGES: Final = 10
NUMERIC: Final = frozenset({Column.NUMBER, Column.OF})
_WHAT: Final[dict[str, Any]] = {
    "booking": _l("A booking"),
    "attendance": _l("Who came"),
    "activity_tag": _l("A theme"),
    "duty": _l("A shift"),
    "duty_booking": _l("A shift"),
    "presence": _l("A shift"),
    "hours_correction": _l("Hours of a shift"),
    "learner_hours": _l("Hours of who learns"),
    "volunteer_work": _l("Volunteer work"),
    "house": _l("Hours or rooms of the house"),
    "program": _l("The way of counting"),
}


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of rows, as cells."""

    head: list[str]
    rows: list[list[Any]]
    numeric: list[int]
    total: int
    first: int
    last: int
    pages: tuple[tuple[str, str] | None, tuple[str, str] | None]


def behind(code: str, unit: Unit, choice: Choice, now: datetime, page: int) -> Behind | None:
    """The rows on one page; None where a figure has none of its own."""
    page = min(max(page, 1), MOST_PAGES)
    first = (page - 1) * PER_PAGE
    found = rows_behind(
        code, choice.asked, now, first=first, count=PER_PAGE, with_private=choice.tells_private
    )
    if not found.total:
        return None
    tell = _teller(code, unit, choice)
    last = first + len(found.rows)
    columns = [each for each in found.headings if _tells_apart(each, found.rows, choice)]
    return Behind(
        [row_words.heading(each, columns) for each in columns],
        [[tell(row, column) for column in columns] for row in found.rows],
        [place for place, each in enumerate(columns) if each in NUMERIC],
        found.total,
        first + 1,
        last,
        _pages(code, choice, page, has_more=last < found.total),
    )


def changes(choice: Choice) -> list[list[str]]:
    """What changed after days were over, and made their figures others."""
    names = {each.id: each.name for each in choice.venues}
    found = changes_of(choice.asked.venue_ids, choice.days.span, most=MOST_CHANGES)
    return [_change(each, names) for each in found]


def _tells_apart(column: Column, rows: Sequence[Row], choice: Choice) -> bool:
    """Of one house nobody needs its name on every line, nor what is the same of all rows."""
    if column is Column.HOUSE:
        return len(choice.venues) > 1
    return column is not Column.WHY or len({each.why for each in rows}) > 1


def _change(each: Changed, names: dict[int, str]) -> list[str]:
    what = _WHAT.get(each.what, each.what)
    row = str(what) if each.what in ("house", "program") else f"{what} ({each.row_id})"
    when = f"{short_day(each.applied_at)}, {clock(each.applied_at)}"
    return [when, names.get(each.venue_id, ""), short_day(each.day), row]


def _teller(code: str, unit: Unit, choice: Choice) -> Callable[[Row, Column], Any]:
    names = {each.id: each for each in choice.venues}

    def tell(row: Row, column: Column) -> Any:
        match column:
            case Column.DAY:
                return _day(row, names)
            case Column.HOUSE:
                return names[row.venue_id].name if row.venue_id in names else ""
            case Column.ROOM:
                room = None if row.room_id is None else room_as_known(row.room_id)
                return room.name if room else ""
            case Column.GROUP:
                return _("A private person") if row.group is None else row.group
            case Column.STANDING:
                return words.standing_word(row.standing)
            case Column.THEME:
                return words.theme_word(row.theme)
            case Column.WHY:
                return row_words.why(row.why)
            case Column.NUMBER:
                return words.part_of(code, unit, row.number)
            case _:
                return words.part_of(code, unit, row.of)

    return tell


def _day(row: Row, venues: dict[int, Any]) -> str | Markup:
    """The day and the clock; who works at the desk opens the booking itself."""
    told = f"{short_day(row.day)} {row.day.year}"
    if row.starts_at and row.ends_at:
        told += f", {clock(row.starts_at)}–{clock(row.ends_at)}"
    venue = venues.get(row.venue_id)
    if row.kind is not Kind.BOOKING or venue is None or not may(visitor(), "desk.see", venue):
        return told
    address = url_for("desk.booking", slug=venue.slug, booking_id=row.id)
    return linked(told, address)


def _pages(
    code: str, choice: Choice, page: int, *, has_more: bool
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    def to(number: int) -> str:
        return choice.to("board.figure", figure=code, page=number, _anchor="rows")

    before = (_("Previous"), to(page - 1)) if page > 1 else None
    return before, (_("Next"), to(page + 1)) if has_more else None
