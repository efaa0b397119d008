"""The budget from which a house gives discounts in a year: when it warns, and when it runs out.

A budget never stands in the way of a booking. It tells residents what they give, early enough to
decide something else.
"""

from datetime import date, timedelta
from typing import Final

from buurthuis.rules.money import WHOLE, BasisPoints, Cents

NEARLY_EMPTY: Final[BasisPoints] = 8000
EMPTY: Final[BasisPoints] = WHOLE
THRESHOLDS: Final = (NEARLY_EMPTY, EMPTY)


def reached(budget: Cents, used: Cents) -> BasisPoints:
    """The highest threshold that was reached by what is used in cents; 0 while all is well.

    A budget of nothing is empty as soon as something is given.

    >>> reached(100_00, 79_99), reached(100_00, 80_00), reached(100_00, 120_00)
    (0, 8000, 10000)
    """
    passed = [each for each in THRESHOLDS if used and used * WHOLE >= budget * each]
    return max(passed, default=0)


def runs_out_on(budget: Cents, given: Cents, *, year: int, today: date) -> date | None:
    """The day on which a budget of cents is used up, if it goes on as it went from New Year until today.

    None when it lasts, when nothing was given yet, or when today lies in another year.

    >>> runs_out_on(365_00, 100_00, year=2026, today=date(2026, 2, 19))
    datetime.date(2026, 7, 2)
    """
    first = date(year, 1, 1)
    days_gone = (today - first).days + 1
    if today.year != year or given <= 0:
        return None
    days = -(-budget * days_gone // given)
    day = first + timedelta(days=max(days, days_gone) - 1) if days <= 366 else None
    return day if day is not None and day.year == year else None
