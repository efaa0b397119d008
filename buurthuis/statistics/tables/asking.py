"""What a table is about, and how its cells are written."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from fractions import Fraction
from functools import cached_property
from operator import add
from typing import Any, Final

from flask_babel import gettext as _
from sqlalchemy import select

from buurthuis.foundation.db import db
from buurthuis.foundation.spreadsheet import Cell
from buurthuis.rules.figures.codes import Reason, Unit
from buurthuis.rules.figures.figure import Figure, rounded
from buurthuis.rules.figures.sheet import Row
from buurthuis.rules.figures.sheet import Table as Of
from buurthuis.statistics import words
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.figures import Answer, compared
from buurthuis.venues.models import Room, Venue

READ_IN: Final = {Unit.MINUTES: 60, Unit.CENTS: 100}
"""Minutes are read as hours, cents as euros."""


@dataclass(frozen=True)
class Wanted:
    """What a table is about, and who reads it."""

    asked: Asked
    now: datetime
    with_private: bool = False
    """Whoever reads it may know what private people are called."""

    @cached_property
    def compared(self) -> tuple[Answer, Answer]:
        """The answer and the one before, worked out once for all tables."""
        return compared(self.asked, self.now)

    @property
    def answer(self) -> Answer:
        """What all of it comes to."""
        return self.compared[0]

    def summed(
        self, answer: Answer, table: Of, place: int, columns: type[IntEnum]
    ) -> defaultdict[Any, Row]:
        """The rows of a table that count, added up by what stands at a place of their keys.

        What is not there is a row of noughts.
        """
        sums: defaultdict[Any, Row] = defaultdict(lambda: [0] * len(columns))
        for key, row in answer.rows(table):
            sums[key[place]] = [*map(add, sums[key[place]], row)]
        return sums

    @cached_property
    def names(self) -> "Names":
        """What its houses and rooms are called."""
        return names_in(self.asked.venue_ids)


@dataclass(frozen=True, slots=True)
class Names:
    """What houses and rooms are called, and in which house a room is."""

    houses: dict[int, str]
    rooms: dict[int, str]
    house_of_room: dict[int, int]

    def house_of(self, room_id: int) -> str:
        """What the house of a room is called."""
        return self.houses[self.house_of_room[room_id]]


def names_in(venue_ids: Collection[int]) -> Names:
    """The names in these houses, also of rooms that are not let any more."""
    houses = select(Venue.id, Venue.name).where(Venue.id.in_(venue_ids)).order_by(Venue.name)
    rooms = (
        select(Room.id, Room.name, Room.venue_id)
        .where(Room.venue_id.in_(venue_ids))
        .order_by(Room.venue_id, Room.name, Room.id)
    )
    found = db.session.execute(rooms).all()
    return Names(
        {each.id: each.name for each in db.session.execute(houses)},
        {each.id: each.name for each in found},
        {each.id: each.venue_id for each in found},
    )


def value_of(figure: Figure | None) -> Cell:
    """The value in the unit in which it is read; in words where there are too few to tell."""
    if figure is None:
        return None
    if figure.value is None:
        return words.shown(figure) if figure.reason in (Reason.TOO_FEW, Reason.BESIDE) else None
    return amount(figure.value, figure.unit)


def amount(value: Fraction | int, unit: Unit) -> Cell:
    """A value as a number: hours and euros with at most four places, so that rows still add up."""
    return rounded(Fraction(value) / READ_IN.get(unit, 1))


def hours(minutes: int) -> Cell:
    """Minutes as hours."""
    return amount(minutes, Unit.MINUTES)


def euros(cents: int) -> Cell:
    """Cents as euros."""
    return amount(cents, Unit.CENTS)


def share(part: int, whole: int) -> Cell:
    """A part of a whole, as a number from 0 to 1; nothing where there is nothing to divide by."""
    return amount(Fraction(part, whole), Unit.RATIO) if whole else None


def heading(code: str, unit: Unit) -> str:
    """A figure with its unit, over a column: "Volunteer hours (hours)"."""
    return _("%(figure)s (%(unit)s)", figure=words.label(code), unit=words.unit(unit))
