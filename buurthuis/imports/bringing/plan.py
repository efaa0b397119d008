"""What will happen with each entry of an import, as it is shown before and insisted on when it is done."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Final

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.prospects import Prospect
from buurthuis.imports.bringing.entries import Entry
from buurthuis.imports.bringing.known import Known
from buurthuis.imports.house import HouseClosure
from buurthuis.rules.money import Cents
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Room


class Fate(StrEnum):
    """What will happen with an entry."""

    NEW = "new"
    CHANGE = "change"
    CANCEL = "cancel"
    CLOSE = "close"
    ASK = "ask"
    """Nothing, unless somebody says that it is good."""
    OUT = "out"
    """Nothing; something is in the way."""
    SAME = "same"
    """Nothing; it is here already."""


ACTS: Final = frozenset({Fate.NEW, Fate.CHANGE, Fate.CANCEL, Fate.CLOSE})


class Because(StrEnum):
    """Why an entry waits for somebody to look at it, or stays out."""

    # Somebody must say that it is good.
    DOUBT = "doubt"
    TENTATIVE = "tentative"
    STAYS_FREE = "stays_free"
    OUTSIDE_HOURS = "outside_hours"
    TOO_MANY_PEOPLE = "too_many_people"
    ALONE = "alone"
    CHANGED_HERE = "changed_here"
    GONE = "gone"
    CANCELLED_THERE = "cancelled_there"
    # It stays out.
    TAKEN = "taken"
    CLOSED = "closed"
    CLOSED_ALREADY = "closed_already"
    UNKNOWN_ROOM = "unknown_room"
    NO_ROOM_OF_OURS = "no_room_of_ours"
    NO_PRICE = "no_price"
    NO_LENGTH = "no_length"
    TOO_LONG = "too_long"
    WHOLE_DAY = "whole_day"
    TWICE = "twice"
    ENDED_HERE = "ended_here"
    OVER = "over"
    NOT_WANTED = "not_wanted"
    NOT_BOOKABLE = "not_bookable"


@dataclass(frozen=True, slots=True)
class Clash:
    """What holds the time of an entry: a booking, closed days, or an earlier entry of the file (`line`)."""

    period: Period
    title: str = ""
    group: str = ""
    is_closure: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """An entry, what will happen with it, and why."""

    entry: Entry
    fate: Fate
    because: Because | None = None
    room: Room | None = None
    group: Initiative | None = None
    known: Known | None = None
    """What is here of it already."""
    prospect: Prospect | None = None
    closure: HouseClosure | None = None
    clash: Clash | None = None
    differs: tuple[str, ...] = ()
    """What a change changes: when, room, title, people, remark."""
    is_past: bool = False

    @property
    def wants_place(self) -> bool:
        """It asks for a room at a time that it does not have yet."""
        if self.fate is Fate.CHANGE:
            return not {"when", "room"}.isdisjoint(self.differs)
        return self.fate is Fate.NEW

    @property
    def total_cents(self) -> Cents:
        """What it costs, where it is priced anew."""
        priced = self.prospect.priced if self.prospect else None
        return priced.quote.total_cents if priced and self.fate in ACTS else 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that will happen, in the order of the file."""

    rows: Sequence[Looked]
    new_groups: Sequence[Initiative] = ()
    counts: Counter[Fate] = field(default_factory=Counter)

    @classmethod
    def of(cls, rows: Iterable[Looked], new_groups: Iterable[Initiative]) -> "Plan":
        """The plan of these rows, counted; groups that nobody needs are not made."""
        known = list(rows)
        needed = {id(row.group) for row in known if row.fate is Fate.NEW}
        made = [group for group in new_groups if id(group) in needed]
        return cls(known, made, Counter(row.fate for row in known))

    @property
    def deeds(self) -> list[Looked]:
        """The rows with which something happens."""
        return [row for row in self.rows if row.fate in ACTS]

    @property
    def past(self) -> int:
        """How many of the new ones are over."""
        return sum(row.is_past for row in self.rows if row.fate is Fate.NEW)

    @property
    def total_cents(self) -> Cents:
        """What the new bookings cost together."""
        return sum(row.total_cents for row in self.rows if row.fate is Fate.NEW)

    @property
    def seen(self) -> str:
        """A hash of what happens: who presses the button gets exactly what stood beside it."""
        told = sha256()
        for row in self.deeds:
            told.update("\x1f".join(_told(row)).encode("utf-8", "replace") + b"\x1e")
        return told.hexdigest()[:32]


def _told(row: Looked) -> Iterable[str]:
    found, group = row.entry.found, row.group
    yield from (str(row.entry.number), row.fate, row.entry.said, str(row.total_cents))
    yield str(row.room.id if row.room else "")
    yield "" if group is None else str(group.id) if group.id > 0 else group.name
    yield f"{row.known.booking_id} {row.known.sequence}" if row.known else ""
    yield f"{found.starts_at} {found.ends_at} {row.closure}"
