"""What readers of foreign calendars and lists give back: rows, what makes one doubt, what was left out.

Everything here is a frozen value: equal when it says the same, and to be kept as JSON
(`readers/carrying.py`). Nothing here knows the database or the web.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

Fact = str | int
Facts = tuple[tuple[str, Fact], ...]
"""What fills a sentence, in the order of its names: `dict(facts)` gives it by name."""


class EntryStatus(StrEnum):
    """What the other calendar says of an entry."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"


class Why(StrEnum):
    """Why somebody must look at a row, or why there is no row; behind each the facts it comes with."""

    # Doubts: there is a row, and somebody must look at it.
    FLOATING = "floating"  # zone: the time has no zone; it was read on this clock.
    UNKNOWN_ZONE = "unknown-zone"  # zone, read_as
    GUESSED_ZONE = "guessed-zone"  # zone, read_as: a name of no standard that looks like one.
    READERS_DISAGREE = "readers-disagree"  # one, other: two answers in words; "" is no answer.
    MISSING_HOUR = "missing-hour"  # clock: the clock skips this time; read as an hour later.
    COMES_TWICE = "comes-twice"  # clock: this time comes twice that night; the first was meant.
    NO_END = "no-end"  # none; the row ends when it starts.
    END_BEFORE_START = "end-before-start"  # end; the row ends when it starts.
    LONG = "long"  # hours: it lasts longer than a day and is no whole days.
    DAY_OR_MONTH = "day-or-month"  # text: 3/4 can be 3 April or March 4; the first was meant.
    DAY_ABOVE = "day-above"  # day: the row has none; that of the row above was meant.
    TWICE = "twice"  # other: the entry with that number has the same name and says something else.
    LETTERS = "letters"  # none; some letters could not be read.
    DAMAGED = "damaged"  # text: a part of the entry could not be read.
    NUMBER = "number"  # text: the number of people is no number.
    # Left out: there is no row.
    NO_START = "no-start"  # none
    NO_SUCH_DAY = "no-such-day"  # text
    NO_SUCH_CLOCK = "no-such-clock"  # text
    RULE_TOO_LARGE = "rule-too-large"  # rule: repeating it asks too much work.
    NO_SUCH_RULE = "no-such-rule"  # rule: it repeats in a way that cannot be read.
    NOT_AN_EVENT = "not-an-event"  # kind, count: tasks, notes and the like of the whole file.
    CUT_SHORT = "cut-short"  # none: the file ends in the middle; its last event is left out.
    OLDER = "older"  # newer: its number; a newer edition of the same entry is in the file.


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why somebody must look at a row before it is brought in."""

    code: Why
    facts: Facts = ()

    @classmethod
    def of(cls, code: Why, **facts: Fact) -> Self:
        """A doubt with its facts by name."""
        return cls(code, tuple(sorted(facts.items())))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that could not be read; `line` is 0 for the file as a whole."""

    line: int
    code: Why
    facts: Facts = ()

    @classmethod
    def of(cls, line: int, code: Why, **facts: Fact) -> Self:
        """What was left out, with its facts by name."""
        return cls(line, code, tuple(sorted(facts.items())))


@dataclass(frozen=True, slots=True)
class Found:
    """One occurrence: an event of a calendar, one time of a series, or a row of a table."""

    line: int
    """The number of the event in its file from 1, or of the row as a spreadsheet shows it."""
    key: str
    """The same at every reading of the same occurrence, also when its time or words changed.

    A row of a table without a column of keys is known by its start, place and title.
    """
    starts_at: datetime
    """In UTC, in whole seconds, as is `ends_at`."""
    ends_at: datetime
    """Never before `starts_at`; equal to it only with a doubt that says why."""
    is_all_day: bool = False
    """Whole days on the clock of the house."""
    title: str = ""
    place: str = ""
    group: str = ""
    kind: str = ""
    """The first category, or the column of that name, such as "Gesloten"."""
    remark: str = ""
    people: int | None = None
    status: EntryStatus = EntryStatus.CONFIRMED
    is_busy: bool = True
    """Whether it takes the room: False where the calendar says that its owner stays free."""
    is_private: bool = False
    """Whether its owner marked it private: its words are not for everybody."""
    series: str = ""
    """What the times of one series share; empty for what comes once."""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file says within a period, in the order of the file and then of time."""

    found: tuple[Found, ...]
    left_out: tuple[LeftOut, ...] = ()
    name: str = ""
    """What the calendar or the sheet calls itself."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as text: days as 2026-11-26, clock times as 19:00, moments as both with a space."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """Each as long as the header; the first stands on line `first_line` of the file."""
    sheets: tuple[str, ...] = ()
    """The names of all sheets of the file; none for CSV."""
    sheet: str = ""
    """The one that was read."""
    first_line: int = 2


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table, from 0, says what; None where none does."""

    day: int | None = None
    """The day on which it starts; None when `start` holds a day and a clock time."""
    start: int | None = None
    end: int | None = None
    last_day: int | None = None
    """The day on which it ends, where that has a column of its own."""
    minutes: int | None = None
    """How long it lasts, as 90, 1:30 or 1,5 uur, where there is no end."""
    title: int | None = None
    place: int | None = None
    group: int | None = None
    kind: int | None = None
    remark: int | None = None
    people: int | None = None
    status: int | None = None
    key: int | None = None
    """A number or code that each row keeps for good."""

    @property
    def tells_when(self) -> bool:
        """Whether a start can be read from these columns."""
        return self.day is not None or self.start is not None


MOST_FOUND: Final = 20_000
"""How many occurrences one reading gives at most."""


class Unreadable(ValueError):
    """The file as a whole cannot be read, or would ask too much; `code` and `facts` say why."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
