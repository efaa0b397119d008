"""What a key-holder hears of a shift: when they are reminded, and for how long a tap can be undone.

A reminder goes two days and three hours before, each once for the start it tells of, and not to who
heard of that start only afterwards. That a shift moved is told by `shifts.has_moved`.
"""

from datetime import date, datetime, timedelta
from typing import Final

from buurthuis.rules.calendar import day_of, minute_of

TWO_DAYS: Final = timedelta(hours=48)
THREE_HOURS: Final = timedelta(hours=3)
SECOND_THOUGHTS: Final = timedelta(minutes=2)
EVENING_MINUTE: Final = 18 * 60
LATEST_MINUTE: Final = 22 * 60


def is_reminder_due(
    ahead: timedelta,
    *,
    starts_at: datetime,
    told_at: datetime,
    reminded_of: datetime | None,
    now: datetime,
) -> bool:
    """Whether a reminder goes now, so long before the start; `reminded_of` is the start of the last one."""
    goes_at = starts_at - ahead
    return goes_at <= now < starts_at and told_at < goes_at and reminded_of != starts_at


def evening_of(now: datetime) -> date | None:
    """The day whose evening list goes out now; None at other hours than from six to ten."""
    return day_of(now) if EVENING_MINUTE <= minute_of(now) < LATEST_MINUTE else None


def can_be_taken_back(*, since: datetime, now: datetime) -> bool:
    """Whether a tap is so fresh that it can be undone as if it had not happened."""
    return now < since + SECOND_THOUGHTS
