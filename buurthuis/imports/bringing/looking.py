"""A look at all entries of an import together: what will happen with each, before anything is stored.

However many entries there are, the facts are read in a constant number of questions.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, cast

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.prospects import Prospect, prospects
from buurthuis.bookings.queries import Spaces, spaces_known
from buurthuis.bookings.wishes import Agreement, Order, Wish
from buurthuis.imports.bringing.choices import Choices, Prices
from buurthuis.imports.bringing.clashes import Clashes
from buurthuis.imports.bringing.entries import Entry
from buurthuis.imports.bringing.groups import Groups
from buurthuis.imports.bringing.known import known_entries
from buurthuis.imports.bringing.plan import Because, Fate, Looked, Plan
from buurthuis.imports.bringing.sorting import Sorter
from buurthuis.rules.availability import Problem
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.rules.tariffs import Quote
from buurthuis.tariffs.by_card import BROUGHT, Priced
from buurthuis.venues.models import Room, Venue

SETTLED: Final = Priced(Quote.of((), reason=BROUGHT), None, None, BROUGHT, is_recognised=False)
MOST_TURNS: Final = 6

TERMS: Final = frozenset(
    {
        *(Problem.IN_THE_PAST, Problem.TOO_SOON, Problem.TOO_FAR_AHEAD),
        *(Problem.OFF_THE_STEP, Problem.TOO_SHORT, Problem.TOO_LONG),
    }
)
"""The house agreed on the time long ago, so its terms for bookers do not count."""
ASKED: Final[Mapping[Problem, Because]] = {
    Problem.OUTSIDE_HOURS: Because.OUTSIDE_HOURS,
    Problem.TOO_MANY_PEOPLE: Because.TOO_MANY_PEOPLE,
    Problem.ALONE: Because.ALONE,
}
"""What somebody may say is good all the same; what is over was good then."""
GOOD: Final = TERMS | ASKED.keys()
REFUSED: Final[Mapping[Problem, Because]] = {
    Problem.CLOSED: Because.CLOSED,
    Problem.TAKEN: Because.TAKEN,
}


def look(
    venue: Venue,
    entries: Sequence[Entry],
    choices: Choices,
    *,
    now: datetime,
    spaces: Spaces | None = None,
) -> Plan:
    """What will happen with each entry; `spaces` are those of every room, where they are locked."""
    known = known_entries(venue)
    groups = Groups(venue, choices)
    sorter = Sorter(venue, groups, choices, known, now)
    rows = [sorter.sorted(entry) for entry in entries]
    places = {**spaces_known(venue.rooms), **(spaces or {})}
    clashes = Clashes(venue, places, rows)
    rows = clashes.closings(rows)
    rows = _placed(rows, choices, now=now, spaces=places)
    return Plan.of(clashes.explained(rows), groups.new)


def order_of(row: Looked, choices: Choices, now: datetime) -> Order:
    """What an entry asks for, in the words in which others ask."""
    found = row.entry.found
    wish = Wish(
        row.entry.period, found.people, row.entry.title, Purpose.OTHER, remark=row.entry.remark
    )
    is_free = row.is_past or choices.prices is Prices.SETTLED or _is_settled(row)
    is_good = row.is_past or row.entry.tick is True
    agreed = Agreement(GOOD if is_good else TERMS, SETTLED if is_free else None)
    # Whatever wants a place has a room and a group by now.
    return Order(cast(Room, row.room), wish, cast(Initiative, row.group), agreed=agreed)


def _is_settled(row: Looked) -> bool:
    """It was settled when it came, or a house would owe itself."""
    if row.group is not None and row.group.kind is Kind.INTERNAL:
        return True
    booking = row.known.booking if row.known else None
    return booking is not None and booking["price_reason"] == BROUGHT


def _placed(
    rows: Sequence[Looked], choices: Choices, *, now: datetime, spaces: Spaces
) -> list[Looked]:
    """The rows that want a place, with whether they can have it.

    A booking that cannot change stays where it is, in the way of others: then all are looked at
    again.
    """
    stuck: dict[int, Looked] = {}
    for turn in range(MOST_TURNS):
        wanting = [row for row in rows if row.wants_place and row.entry.number not in stuck]
        if turn == MOST_TURNS - 1:
            wanting = _without_changes(wanting, stuck)
        orders = [order_of(row, choices, now) for row in wanting]
        leaving = going(rows, besides=stuck.keys())
        found = prospects(orders, now=now, spaces=spaces, ignoring=leaving)
        judged = {
            row.entry.number: _judged(row, one) for row, one in zip(wanting, found, strict=True)
        }
        new = {number: row for number, row in judged.items() if row.known and _is_stuck(row)}
        if not new:
            known = {**judged, **stuck}
            return [known.get(row.entry.number, row) for row in rows]
        stuck |= new
    raise AssertionError("the last turn leaves no change that could get stuck")


def going(rows: Sequence[Looked], *, besides: Collection[int] = ()) -> list[int]:
    """The bookings that leave their place: those that move, and those that end."""
    return [
        row.known.booking_id
        for row in rows
        if row.known and row.known.booking_id and row.entry.number not in besides
        if row.fate is Fate.CANCEL or row.wants_place
    ]


def _is_stuck(row: Looked) -> bool:
    return row.fate not in (Fate.NEW, Fate.CHANGE)


def _without_changes(rows: Sequence[Looked], stuck: dict[int, Looked]) -> list[Looked]:
    """They kept getting into each other's way: what still wants to move stays where it is."""
    for row in rows:
        if row.fate is Fate.CHANGE:
            stuck[row.entry.number] = replace(row, fate=Fate.OUT, because=Because.TAKEN)
    return [row for row in rows if row.fate is not Fate.CHANGE]


def _judged(row: Looked, found: Prospect) -> Looked:
    """A row with what stands in its way, or its price."""
    problems = [each for each in found.problems if isinstance(each, Problem)]
    told = [REFUSED[each] for each in problems if each in REFUSED]
    if told:
        return replace(row, fate=Fate.OUT, because=told[0])
    asked = [ASKED[each] for each in problems if each in ASKED]
    if asked:
        return replace(row, fate=Fate.ASK, because=asked[0])
    if found.problems:
        return replace(row, fate=Fate.OUT, because=Because.NOT_BOOKABLE)
    if found.priced is None:
        return replace(row, fate=Fate.OUT, because=Because.NO_PRICE)
    return replace(row, prospect=found)
