"""The lines of a season's list, and a look at all of them together before anything is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.prospects import Prospect, prospects
from buurthuis.bookings.queries import Spaces
from buurthuis.bookings.series.day_shown import WHY
from buurthuis.bookings.series.models import Why
from buurthuis.bookings.series.wishes import SeriesWish
from buurthuis.bookings.wishes import Order
from buurthuis.rules.availability import Problem
from buurthuis.rules.calendar import MissingHour
from buurthuis.rules.money import Cents
from buurthuis.venues.models import Room

MOST_LINES = 60
MOST_DAYS = 2500


@dataclass(frozen=True, slots=True)
class Line:
    """A group, a room, and one day or every week; a group without a number is new."""

    group: Initiative
    room: Room
    wish: SeriesWish
    is_weekly: bool

    def order(self, day: date) -> Order:
        """What is asked for on one of its days.

        Raises:
            MissingHour: the clock skips its start or its end.
        """
        wish = self.wish.on(day)
        asked = wish if self.is_weekly else replace(wish, is_series=False)
        return Order(self.room, asked, self.group)


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A line with the days that can be booked, and those that cannot, each with why."""

    line: Line
    days: list[tuple[date, Prospect]] = field(default_factory=list)
    left_out: dict[date, Why] = field(default_factory=dict)

    @property
    def total_cents(self) -> Cents:
        """What its days cost together."""
        priced = (each.priced for _day, each in self.days)
        return sum(each.quote.total_cents for each in priced if each is not None)


def look(lines: Sequence[Line], *, now: datetime, spaces: Spaces | None = None) -> list[LookedAt]:
    """Look at all lines together: what an earlier line takes is taken for the next ones."""
    found = [LookedAt(line) for line in lines]
    asked: list[tuple[LookedAt, date, Order]] = []
    for each in found:
        for day in each.line.wish.days():
            try:
                asked.append((each, day, each.line.order(day)))
            except MissingHour:
                each.left_out[day] = Why.NO_SUCH_TIME
    seen = prospects([order for *_, order in asked], now=now, spaces=spaces)
    for (each, day, _order), prospect in zip(asked, seen, strict=True):
        if prospect.is_bookable:
            each.days.append((day, prospect))
        else:
            each.left_out[day] = _why(prospect)
    return found


def seen_text(found: Sequence[LookedAt]) -> str:
    """What a look showed, in short: how many days of each line, and what they cost."""
    return " ".join(f"{len(each.days)}:{each.total_cents}" for each in found)


def _why(prospect: Prospect) -> Why:
    if not prospect.problems:
        return Why.NO_PRICE
    first = prospect.problems[0]
    return WHY.get(first, Why.LEFT_OUT) if isinstance(first, Problem) else Why.FAIR_USE
