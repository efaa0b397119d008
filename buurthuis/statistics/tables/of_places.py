"""Tables of where and when: each room, and each hour of the week."""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from fractions import Fraction
from typing import Final

from flask_babel import gettext as _

from buurthuis.foundation.formatting import weekdays
from buurthuis.foundation.spreadsheet import Cell, Table
from buurthuis.rules.figures.columns import Counts, Spaces, Time
from buurthuis.rules.figures.figure import rounded
from buurthuis.rules.figures.sheet import Table as Of
from buurthuis.statistics.tables.asking import Wanted, hours, share

PLACE: Final = 1
"""Where the space or the room stands in a key."""


class Hour(IntEnum):
    """What is counted for an hour of the week, in minutes."""

    USED = 0
    OPEN = 1


def rooms(wanted: Wanted) -> Table:
    """A row for each room. A hall that can be divided has the hours of its parts, so none of its own."""
    headings = [
        *(_("House"), _("Room"), _("Bookable hours"), _("Used hours"), _("Use (time)")),
        *(_("Used hours, with set-up and clearing"), _("Lost hours"), _("Day parts open")),
        *(_("Day parts used for half or more"), _("Meetings"), _("Visits")),
    ]
    return Table(_("Rooms"), headings, _rooms(wanted))


def _rooms(wanted: Wanted) -> Iterator[Sequence[Cell]]:
    found, names = wanted.answer, wanted.names
    time = wanted.summed(found, Of.TIME, PLACE, Time)
    spaces = wanted.summed(found, Of.SPACES, PLACE, Spaces)
    counts = wanted.summed(found, Of.COUNTS, PLACE, Counts)
    there = {*time, *spaces, *counts}
    for room in (each for each in names.rooms if each in there):
        minutes, space, number = time[room], spaces[room], counts[room]
        yield [
            *(names.house_of(room), names.rooms[room]),
            *(hours(space[Spaces.OPEN]), hours(minutes[Time.USED])),
            share(minutes[Time.USED], space[Spaces.OPEN]),
            *(hours(minutes[Time.WITH_SETUP]), hours(minutes[Time.LOST])),
            *(space[Spaces.PARTS_OPEN], space[Spaces.PARTS_USED]),
            *(number[Counts.BOOKINGS], rounded(Fraction(number[Counts.TWICE], 2))),
        ]


def week(wanted: Wanted) -> Table:
    """A row for each room and each hour of the week in which it can be booked or was used."""
    headings = [
        *(_("House"), _("Room"), _("Day of the week"), _("From"), _("Bookable hours")),
        *(_("Used hours"), _("Use (time)")),
    ]
    return Table(_("Hours of the week"), headings, _week(wanted))


def _week(wanted: Wanted) -> Iterator[Sequence[Cell]]:
    names = wanted.names
    called = [name for _short, name in weekdays()]
    order = {room: number for number, room in enumerate(names.rooms)}
    rows = wanted.answer.rows(Of.HOURS)
    found = [(tuple(int(each) for each in key[PLACE:]), row) for key, row in rows]
    for (space, day, hour), row in sorted(found, key=lambda each: (order[each[0][0]], each[0])):
        yield [
            *(names.house_of(space), names.rooms[space], called[day], f"{hour:02}:00"),
            *(hours(row[Hour.OPEN]), hours(row[Hour.USED])),
            share(row[Hour.USED], row[Hour.OPEN]),
        ]
