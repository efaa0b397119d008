"""Opening a file that somebody brought: what kind it is, and what it says."""

from datetime import datetime, timedelta
from typing import Final

from buurthuis.imports.readers import apart
from buurthuis.imports.readers.parcels import is_calendar
from buurthuis.imports.readers.rows import Reading, Table
from buurthuis.rules.calendar import ZONE, day_of, day_period
from buurthuis.rules.periods import Period

YEARS_BACK: Final = timedelta(days=3660)
YEARS_AHEAD: Final = timedelta(days=1100)


def opened(body: bytes, filename: str, *, now: datetime) -> Reading | Table:
    """What a file says: that of a calendar, or a table whose columns are still to be matched.

    What repeats for ever is read for some years ahead. Reading happens in a process of its own.

    Raises:
        CannotBeRead: it is neither, or it asks too much.
    """
    if is_calendar(body, filename):
        return apart.read_calendar(body, period=span_around(now), zone=ZONE)
    return apart.read_table(body, filename)


def span_around(now: datetime) -> Period:
    """The time within which entries are brought: what was, for the figures, and what comes."""
    today = day_period(day_of(now))
    return Period(today.start - YEARS_BACK, today.end + YEARS_AHEAD)
