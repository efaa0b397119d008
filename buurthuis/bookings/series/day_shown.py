"""One day of a series as it is shown: what it costs, or why it cannot be had and what would help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from buurthuis.bookings.prospects import Prospect
from buurthuis.bookings.queries import Offer
from buurthuis.bookings.refusals import NotBookable
from buurthuis.bookings.series.models import Why
from buurthuis.extras.refusals import ExtraTooLate, NotInThisRoom, OutOfStock
from buurthuis.extras.shelf import Lack
from buurthuis.rules.availability import Obstacle, Problem
from buurthuis.rules.calendar import day_of
from buurthuis.rules.periods import Period
from buurthuis.tariffs.queries import Priced
from buurthuis.venues.models import Room

OF_THE_WISH = frozenset(
    {
        *(Problem.OFF_THE_STEP, Problem.TOO_SHORT, Problem.TOO_LONG),
        *(Problem.TOO_MANY_PEOPLE, Problem.BUFFER_TOO_LONG),
    }
)
"""What stands in the way on every day, so that no choice for single days helps."""

WHY = {
    Problem.IN_THE_PAST: Why.TOO_SOON,
    Problem.TOO_SOON: Why.TOO_SOON,
    Problem.TOO_FAR_AHEAD: Why.TOO_FAR_AHEAD,
    Problem.CLOSED: Why.CLOSED,
    Problem.OUTSIDE_HOURS: Why.OUTSIDE_HOURS,
    Problem.TAKEN: Why.TAKEN,
    Problem.ALONE: Why.ALONE,
}
"""What stands in the way of one day, as a series keeps it."""

LACKING: Mapping[type[Lack], Why] = {
    OutOfStock: Why.OUT_OF_STOCK,
    ExtraTooLate: Why.EXTRA_TOO_LATE,
}
"""Why a day cannot have all its extras."""


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day of a series: it can be booked, or `why` it cannot and what else is free then.

    A day that the booker leaves out keeps its `hindrance`: what stood in its way, if anything did.
    """

    day: date
    room: Room
    period: Period | None
    why: Why | None = None
    problems: Sequence[Obstacle] = ()
    holiday: str = ""
    priced: Priced | None = None
    elsewhere: list[Offer] = field(default_factory=list)
    prospect: Prospect | None = None
    hindrance: Why | None = None

    @property
    def lacks(self) -> Sequence[Lack]:
        """The extras that cannot come along; without them the day can be had."""
        if self.prospect is None or self.prospect.priced is None:
            return ()
        return self.prospect.lacks

    @property
    def without(self) -> frozenset[int]:
        """The same extras by id."""
        return frozenset(each.facts["extra"].id for each in self.lacks)

    @property
    def is_bookable(self) -> bool:
        """It would be booked as it is shown."""
        return self.why is None


def why_not(prospect: Prospect, holidays: Mapping[date, str]) -> Why | None:
    """Why one day cannot be had.

    Raises:
        NotBookable: the wish itself breaks a rule of the house.
        NotInThisRoom: the house does not have one of its extras for this room.
    """
    order, problems = prospect.order, prospect.problems
    if any(problem in OF_THE_WISH for problem in problems):
        raise NotBookable(problems, order.room, order.wish.ask)
    if not problems:
        return _why_not_with_extras(prospect)
    first = problems[0]
    why = WHY[first] if isinstance(first, Problem) else Why.FAIR_USE
    is_holiday = day_of(order.wish.period.start) in holidays
    return Why.HOLIDAY if why == Why.OUTSIDE_HOURS and is_holiday else why


def _why_not_with_extras(prospect: Prospect) -> Why | None:
    if prospect.priced is None:
        return Why.NO_PRICE
    for lack in prospect.lacks:
        if isinstance(lack, NotInThisRoom):
            raise lack
        return LACKING[type(lack)]
    return None


def shown_as(
    day: date, room: Room, prospect: Prospect | None, holidays: Mapping[date, str]
) -> DayShown:
    """What was found of one day; None where the clock skips its time.

    Raises:
        NotBookable, NotInThisRoom: as `why_not`.
    """
    if prospect is None:
        return DayShown(day, room, None, Why.NO_SUCH_TIME)
    why = why_not(prospect, holidays)
    return DayShown(
        day,
        prospect.order.room,
        prospect.order.wish.period,
        why,
        problems=prospect.problems,
        holiday=holidays.get(day, "") if why == Why.HOLIDAY else "",
        priced=None if why else prospect.priced,
        prospect=prospect,
    )
