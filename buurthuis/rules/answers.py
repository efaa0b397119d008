"""When an answer to a request comes late, and how long the house may think better of it.

A request waits too long after three days: one that came on Friday evening is then answered by
Monday. An answer lies in the tray for two minutes before its letter leaves, long enough to see
that one pressed the wrong button, and too short for the booker to miss it.
"""

from datetime import datetime, timedelta
from typing import Final

from buurthuis.rules.states import Status

LATE_AFTER: Final = timedelta(hours=72)
TIME_TO_THINK: Final = timedelta(minutes=2)
AT_ONCE: Final = timedelta(0)

ANSWERS: Final = frozenset({Status.CONFIRMED, Status.REFUSED})


def is_late(*, asked_at: datetime, now: datetime) -> bool:
    """Whether a request has waited longer than neighbours should."""
    return now - asked_at >= LATE_AFTER


def can_be_taken_back(status: Status, *, leaves_at: datetime | None, now: datetime) -> bool:
    """Whether nobody has heard this answer yet; once the letter has left, it stands."""
    return status in ANSWERS and leaves_at is not None and now < leaves_at
