"""When a booker is reminded: once, by day, on the day before.

The letter goes between nine in the morning and eight in the evening on the Amsterdam clock, so
that nobody is woken. Who heard only that day that the booking is certain needs no reminder: the
letter with the yes is still at hand.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from buurthuis.rules.calendar import day_of, day_period, minute_of
from buurthuis.rules.periods import Period

FIRST_MINUTE: Final = 9 * 60
LAST_MINUTE: Final = 20 * 60
A_DAY: Final = timedelta(days=1)


def starts_to_remind_of(now: datetime) -> Period | None:
    """Bookings that start in this period are reminded of now; None outside the hours for it."""
    if not FIRST_MINUTE <= minute_of(now) < LAST_MINUTE:
        return None
    return day_period(day_of(now) + A_DAY)


def is_needed(*, starts_at: datetime, certain_since: Iterable[datetime | None]) -> bool:
    """Whether the yes came before the day on which the reminder would go."""
    day_before = day_of(starts_at) - A_DAY
    heard = [moment for moment in certain_since if moment is not None]
    return all(day_of(moment) < day_before for moment in heard)
