"""When a cancellation comes late.

A house asks for notice in hours before the start. The hours are counted on the local clock: 24
hours before 19:00 is 19:00 the day before, also in the night of a clock change. Exactly at the
boundary the booker is in time.
"""

from datetime import datetime, timedelta

from buurthuis.rules.calendar import clock_between


def is_late(*, now: datetime, starts_at: datetime, notice_hours: int) -> bool:
    """Whether less notice is given than the house asks for."""
    return clock_between(now, starts_at) < timedelta(hours=notice_hours)
