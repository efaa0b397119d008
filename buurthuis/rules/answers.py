"""When an answer to a request comes late, and how long the house may think better of it.

A house promises its answer within a term of its own. Three days is usual: what came on Friday
evening is then answered by Monday. What waits longer is late, and stands on the day list of the
managers. After twice the term the coordinator hears of it.

An answer lies in the tray for two minutes before its letter leaves, long enough to see that one
pressed the wrong button, and too short for the booker to miss it.
"""

from datetime import datetime, timedelta
from typing import Final

from buurthuis.rules.states import Status

USUAL_HOURS: Final = 72
TIME_TO_THINK: Final = timedelta(minutes=2)
AT_ONCE: Final = timedelta(0)

ANSWERS: Final = frozenset({Status.CONFIRMED, Status.REFUSED})


def late_since(*, now: datetime, within_hours: int) -> datetime:
    """What was asked at this moment or before waits longer than the house promised."""
    return now - timedelta(hours=within_hours)


def overdue_since(*, now: datetime, within_hours: int) -> datetime:
    """What was asked at this moment or before waits twice as long: somebody else must look."""
    return now - 2 * timedelta(hours=within_hours)


def is_late(*, asked_at: datetime, now: datetime, within_hours: int = USUAL_HOURS) -> bool:
    """Whether a request has waited longer than the house promised."""
    return asked_at <= late_since(now=now, within_hours=within_hours)


def can_be_taken_back(status: Status, *, leaves_at: datetime | None, now: datetime) -> bool:
    """Whether nobody has heard this answer yet; once the letter has left, it stands."""
    return status in ANSWERS and leaves_at is not None and now < leaves_at
