"""Figures of bookings: meetings, seats, visits, groups and discounts."""

from collections.abc import Iterator
from fractions import Fraction

from buurthuis.rules.figures.codes import Code, Reason, Unit
from buurthuis.rules.figures.columns import Counts, Groups
from buurthuis.rules.figures.figure import Figure
from buurthuis.rules.figures.question import (
    Question,
    portion,
    share_of,
    standing_name,
    total_of,
    without_value,
)
from buurthuis.rules.figures.sheet import Table
from buurthuis.rules.figures.spans import months_back

MONTHS_OF_HISTORY = 12
"""Who was not seen for so long before the days asked is new."""


def seats(asked: Question) -> Iterator[Figure]:
    """How full rooms were, of the bookings of which heads were counted."""
    minutes = asked.total(Table.COUNTS, Counts.MINUTES)
    coverage = portion(asked.total(Table.COUNTS, Counts.COUNTED_MINUTES), minutes)
    seated = asked.total(Table.COUNTS, Counts.TWICE_HEAD_MINUTES)
    capacity = asked.total(Table.COUNTS, Counts.CAPACITY_MINUTES)
    if minutes and not capacity:
        yield without_value(Code.STOEL, Unit.RATIO, Reason.NOTHING_COUNTED, coverage)
    else:
        yield share_of(Code.STOEL, seated, 2 * capacity, coverage=coverage)


def meetings(asked: Question) -> Iterator[Figure]:
    """How often people came together; beside it a series counts once."""
    yield total_of(Code.AANTAL, asked.total(Table.COUNTS, Counts.BOOKINGS), Unit.COUNT)
    series = {key[1] for key, _ in asked.rows(Table.SERIES)}
    activities = asked.total(Table.COUNTS, Counts.SINGLES) + len(series)
    yield total_of("AANTAL.ACTIVITIES", activities, Unit.COUNT)


def groups(asked: Question) -> Iterator[Figure]:
    """How many different groups came; who came in two houses is one group."""
    yield total_of(Code.GROEP, len(_groups(asked)), Unit.GROUPS)


def new_groups(asked: Question) -> Iterator[Figure]:
    """How many of them came for the first time ever."""
    since, span = asked.beside.known_since, asked.span
    if since is None or since > months_back(span.first, MONTHS_OF_HISTORY):
        yield without_value(Code.NIEUW, Unit.GROUPS, Reason.NO_HISTORY)
        return
    first_days = asked.beside.first_days
    found = [first_days[each] for each in _groups(asked) if each in first_days]
    yield total_of(Code.NIEUW, sum(day in span for day in found), Unit.GROUPS)


def _groups(asked: Question) -> set[int]:
    return {int(key[1]) for key, row in asked.rows(Table.GROUPS) if row[Groups.BOOKINGS]}


def visits(asked: Question) -> Iterator[Figure]:
    """How many came, added up over bookings: visits and not visitors. A band counts as its middle."""
    bookings, counted, least, twice, most = (
        asked.total(Table.COUNTS, each)
        for each in (Counts.BOOKINGS, Counts.COUNTED, Counts.LEAST, Counts.TWICE, Counts.MOST)
    )
    coverage = portion(counted, bookings)
    if bookings and not counted:
        for code in (Code.BEZOEK, "BEZOEK.LOW", "BEZOEK.HIGH"):
            yield without_value(code, Unit.VISITS, Reason.NOTHING_COUNTED, coverage)
        return
    # The middle of a band may be a half, so visits are counted in halves.
    yield Figure(Code.BEZOEK, Fraction(twice, 2), Unit.VISITS, twice, 2, coverage)
    yield total_of("BEZOEK.LOW", least, Unit.VISITS, coverage)
    yield total_of("BEZOEK.HIGH", most, Unit.VISITS, coverage)


def discounts(asked: Question) -> Iterator[Figure]:
    """How much less was charged than it costs to give the rooms."""
    yield total_of(Code.KORT, asked.total(Table.COUNTS, Counts.GIVEN), Unit.CENTS)
    for standing, cents in asked.by_standing(Table.COUNTS, Counts.GIVEN).items():
        yield total_of(f"KORT.{standing_name(standing)}", cents, Unit.CENTS)
