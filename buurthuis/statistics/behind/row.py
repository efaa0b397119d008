"""A row behind a figure, and the question for which rows are looked up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from buurthuis.rules.figures.keeping import Keeps
from buurthuis.rules.figures.spans import Span
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.frames import House


class Kind(StrEnum):
    """What one row is."""

    BOOKING = "booking"
    ACTIVITY = "activity"
    """A series, or a booking that is none of a series."""
    GROUP = "group"
    DAY = "day"
    """A house on a day."""
    SHIFT = "shift"
    """A shift that had to be done."""
    WORK = "work"
    """What somebody did, or wrote down."""


class Column(StrEnum):
    """What a row tells, in the order in which a table shows it."""

    DAY = "day"
    HOUSE = "house"
    ROOM = "room"
    GROUP = "group"
    STANDING = "standing"
    THEME = "theme"
    WHY = "why"
    NUMBER = "number"
    OF = "of"


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` is its part of the numerator, `of` its part of what that is divided by.

    `id` is of the booking, series, group, duty or entry; 0 of a day. `group` is None where it is a
    private person, who is nobody's business. `why` is a word of the program: a fate, a kind of work.
    """

    kind: Kind
    id: int
    venue_id: int
    day: date
    number: int
    of: int = 0
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room_id: int | None = None
    initiative_id: int | None = None
    group: str | None = ""
    standing: str = ""
    theme: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Some of the rows behind a figure, in the order of the clock; `total` is how many there are."""

    headings: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Page:
    """Which of many rows are wanted: from `first` on, `count` or all."""

    first: int = 0
    count: int | None = None

    @property
    def after(self) -> int | None:
        """Up to where."""
        return None if self.count is None else self.first + self.count

    def of(self, rows: list[Row]) -> tuple[Row, ...]:
        """The part of all rows that is wanted."""
        return tuple(rows[self.first : self.after])


@dataclass(frozen=True, slots=True)
class Looked:
    """For which figure rows are looked up: its code, the days that are over, and what counts."""

    code: str
    asked: Asked
    span: Span
    now: datetime
    houses: Mapping[int, House]
    keeps: Keeps
    page: Page
    with_private: bool


NOTHING = Rows((), (), 0)
