"""Wishes about shifts together: who opens also closes, and nobody is in two houses on one day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from buurthuis.roster.proposing.model import CLOSE, OPEN
from buurthuis.roster.proposing.program import Column
from buurthuis.roster.proposing.seats import Seats
from buurthuis.rules.calendar import day_of

MANY: Final = 1500
"""Where people could open and close more sessions than this, the last percent is not proven, and
the wish after it is left to chance: it would take longer than all others together."""

OTHER_END: Final = {OPEN: CLOSE, CLOSE: OPEN}

Costs = dict[Column, int]
Houses = dict[int, list[Column]]


def both_ends(seats: Seats) -> Costs:
    """Let who opens a session close it too."""
    costs = _beside_promises(seats)
    by_person: dict[int, list[Column]] = defaultdict(list)
    by_week: dict[tuple[int, int, date], list[Column]] = defaultdict(list)
    for person, opening, closing in _pairs(seats):
        both = seats.new(is_yes=seats.has(person, opening) and seats.has(person, closing))
        for end in (opening, closing):
            seats.program.row({both: 1.0, seats.does[person, end]: -1.0}, at_most=0)
        costs[both] = -1
        by_person[person].append(both)
        first, last = (seats.options.shifts[each].week for each in (opening, closing))
        if first == last:
            by_week[person, seats.options.room_in(person, opening), first].append(both)
    # Nobody has more pairs than half of what they do, rounded down: rounding makes the proof quick.
    for person, pairs in by_person.items():
        _at_most_half(seats, pairs, seats.most(person))
    for (_, room, _), pairs in by_week.items():
        _at_most_half(seats, pairs, room)
    seats.program.good_enough = 0.01 if len(costs) > MANY else 0.0
    return costs


def one_house(seats: Seats) -> Costs:
    """Let nobody go to a second house on one day."""
    if seats.program.good_enough:
        return {}
    days: dict[tuple[int, date], Houses] = defaultdict(lambda: defaultdict(list))
    for (person, shift), column in seats.does.items():
        if seats.program.is_open(column):
            one = seats.options.shifts[shift]
            days[person, day_of(one.period.start)][one.house].append(column)
    costs: Costs = {}
    for (person, day), houses in days.items():
        fixed = seats.options.people[person].fixed
        promised = {each.house for each in fixed if day_of(each.period.start) == day}
        if len(promised | set(houses)) > 1:
            costs |= _second_houses(seats, houses, promised)
    return costs


def _pairs(seats: Seats) -> Iterator[tuple[int, int, int]]:
    """Who could still have both ends of which session."""
    for person in range(len(seats.options.people)):
        for ends in seats.options.both_ends(person):
            if all(seats.program.is_open(seats.does[person, end]) for end in ends):
                yield person, *ends


def _beside_promises(seats: Seats) -> Costs:
    """The other end of a session of which somebody promised one end already."""
    costs = {}
    for person, taker in enumerate(seats.options.people):
        promised = {(each.session, OTHER_END.get(each.kind)) for each in taker.fixed}
        for shift in seats.options.can[person]:
            one = seats.options.shifts[shift]
            if (one.session, one.kind) in promised:
                costs[seats.does[person, shift]] = -1
    return costs


def _at_most_half(seats: Seats, pairs: list[Column], shifts: int) -> None:
    if len(pairs) > shifts // 2:
        seats.program.row(dict.fromkeys(pairs, 1.0), at_most=shifts // 2)


def _second_houses(seats: Seats, houses: Houses, promised: set[int]) -> Costs:
    """What each house costs that one person goes to on one day, beyond the first."""
    goes, costs = {}, {}
    for house, columns in houses.items():
        if house in promised:
            continue
        goes[house] = seats.new(is_yes=any(seats.values[column] > 0.5 for column in columns))
        for column in columns:
            seats.program.row({column: 1.0, goes[house]: -1.0}, at_most=0)
    if promised:
        return dict.fromkeys(goes.values(), 1)
    went = sum(seats.values[column] > 0.5 for column in goes.values())
    more = [seats.new(is_yes=nth < went) for nth in range(1, len(goes))]
    terms = dict.fromkeys(goes.values(), 1.0) | dict.fromkeys(more, -1.0)
    seats.program.row(terms, at_most=1)
    costs.update(dict.fromkeys(more, 1))
    return costs
