"""Opening a file that somebody brought: what kind it is, and what it says."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, cast

from buurthuis.imports.bringing.drafting import MOST_ROWS
from buurthuis.imports.readers import apart
from buurthuis.imports.readers.parcels import is_calendar
from buurthuis.imports.readers.refusals import CannotBeRead
from buurthuis.imports.readers.rows import LeftOut, Reading, Table, Why
from buurthuis.rules.calendar import ZONE, day_of, day_period
from buurthuis.rules.periods import Period

YEARS_BACK: Final = (30, 10, 3, 1, 0)
YEARS_AHEAD: Final = 3
A_YEAR: Final = timedelta(days=366)
BEFORE: Final = cast(Why, "before")  # day: there was too much before it.


def opened(body: bytes, filename: str, *, now: datetime) -> Reading | Table:
    """What a file says: that of a calendar, or a table whose columns are still to be matched.

    What repeats for ever is read for some years ahead, and where there is too much of it, for fewer
    years back. Reading happens in a process of its own.

    Raises:
        CannotBeRead: it is neither, or it asks too much.
    """
    if is_calendar(body, filename):
        return _calendar(body, now)
    return apart.read_table(body, filename)


def _calendar(body: bytes, now: datetime) -> Reading:
    for years in YEARS_BACK:
        is_last = years == YEARS_BACK[-1]
        span = _span(now, years)
        try:
            reading = apart.read_calendar(body, period=span, zone=ZONE)
        except CannotBeRead as refusal:
            if is_last or refusal.facts.get("why") != "too-many-rows":
                raise
            continue
        if is_last or len(reading.found) <= MOST_ROWS:
            break
    return reading if years == YEARS_BACK[0] else _since(span, reading)


def _since(span: Period, reading: Reading) -> Reading:
    """The reading that says from when on it is."""
    left = LeftOut.of(0, BEFORE, day=day_of(span.start).isoformat())
    return replace(reading, left_out=(left, *reading.left_out))


def _span(now: datetime, years_back: int) -> Period:
    """The time within which entries are brought: what was, for the figures, and what comes."""
    today = day_period(day_of(now))
    return Period(today.start - years_back * A_YEAR, today.end + YEARS_AHEAD * A_YEAR)
