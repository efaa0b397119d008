"""When a cancellation comes late.

A house asks for notice in hours before the start. The hours are counted on the local clock: 24
hours before 19:00 is 19:00 the day before, also in the night of a clock change. Exactly at the
boundary the booker is in time.
"""

from datetime import datetime, timedelta

from buurthuis.rules.calendar import clock_between, day_of, minute_of, moment_forgiving


def is_late(*, now: datetime, starts_at: datetime, notice_hours: int) -> bool:
    """Whether less notice is given than the house asks for."""
    return clock_between(now, starts_at) < timedelta(hours=notice_hours)


def in_time_until(*, starts_at: datetime, notice_hours: int) -> datetime:
    """The last moment at which a cancellation is in time."""
    return moment_forgiving(day_of(starts_at), minute_of(starts_at) - notice_hours * 60)
