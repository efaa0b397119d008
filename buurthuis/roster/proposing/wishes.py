"""What is wished of a proposal, each wish as costs of columns: the lower their sum, the better."""

from collections.abc import Callable
from typing import Final

from buurthuis.roster.proposing.ends import both_ends, one_house
from buurthuis.roster.proposing.model import CLOSE, OPEN
from buurthuis.roster.proposing.program import Column
from buurthuis.roster.proposing.seats import Seats

DOORS: Final = 20
"""What it costs when nobody opens, or nobody closes."""

INSIDE: Final = 4
"""What it costs when nobody hosts, or takes over where nobody hosts."""

SECOND: Final = 1
"""What it costs when the second of two people is missing."""

SHARE: Final = 1000
"""How finely shares of what people offered are told apart."""

Costs = dict[Column, int]
Wish = tuple[str, Callable[[Seats], Costs]]


def cover(seats: Seats) -> Costs:
    """Leave as few shifts open as can be, doors first."""
    costs = {}
    for shift, columns in enumerate(seats.open):
        for column, seat in zip(columns, reversed(seats.options.seats[shift]), strict=True):
            first = DOORS if seat.kind in (OPEN, CLOSE) else INSIDE
            costs[column] = SECOND if seat.place else first
    return costs


def stay(seats: Seats) -> Costs:
    """Let as many as can be keep what they have."""
    options = seats.options
    numbers = {each.id: number for number, each in enumerate(options.people)}
    standing = options.instance.standing
    kept = ((numbers.get(standing[id_]), options.number.get(id_)) for id_ in standing)
    return {seats.does[each]: -1 for each in kept if each in seats.does}


def share(seats: Seats) -> Costs:
    """Let everybody do as near as can be the same share of what they offered.

    Somebody costs the square of what they do, divided by what they offered. So each shift costs
    more than the one before, and the more so the less somebody offered.
    """
    costs = {}
    for person, can in enumerate(seats.options.can):
        taker, has = seats.options.people[person], seats.count(person)
        rooms = (
            min(len(shifts), seats.options.room_in(person, shifts[0]))
            for shifts in seats.by_week(can).values()
        )
        steps = [seats.new(is_yes=step < has) for step in range(sum(rooms))]
        seats.steps[person] = steps
        for nth, column in enumerate(steps, taker.done + 1):
            costs[column] = SHARE * (2 * nth - 1) // max(1, taker.offered)
        terms = dict.fromkeys((seats.does[person, shift] for shift in can), 1.0)
        seats.program.row(terms | dict.fromkeys(steps, -1.0), at_least=0, at_most=0)
    return costs


def like(seats: Seats) -> Costs:
    """Give people the times they like, and the work they like."""
    people, shifts = seats.options.people, seats.options.seats
    likes = {
        column: max(people[person].likes(seat) for seat in shifts[shift])
        for (person, shift), column in seats.does.items()
    }
    return {column: -much for column, much in likes.items() if much}


IN_ORDER: Final[tuple[Wish, ...]] = (
    ("cover", cover),
    ("stay", stay),
    ("share", share),
    ("like", like),
    ("both_ends", both_ends),
    ("one_house", one_house),
)
"""All wishes. What was reached for one is never given up for a later one."""
