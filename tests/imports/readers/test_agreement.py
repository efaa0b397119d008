"""Ordinary calendars: both readers find the same, so that a doubt is worth looking at."""

from datetime import date, datetime, time, timedelta

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from buurthuis.imports.readers.rows import Why
from tests.imports.readers.calendar_files import AMSTERDAM, calendar, event, reading, whys

RULES = (
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=WEEKLY;WKST=SU;BYDAY=SA,SU",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYMONTHDAY=1,15",
    "FREQ=YEARLY",
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
)
# In the night in which the clocks change both answers have their reasons.
CLOCKS = st.times(time(4), time(20)).map(lambda clock: clock.replace(second=0, microsecond=0))
DAYS = st.dates(date(2025, 6, 1), date(2026, 12, 1))


@st.composite
def series(draw: st.DrawFn) -> bytes:
    """A series as calendars write them: on the clock of Amsterdam, in UTC, or in whole days."""
    start = datetime.combine(draw(DAYS), draw(CLOCKS))
    kind = draw(st.sampled_from(["zone", "windows", "utc", "days"]))
    rule = draw(st.sampled_from(RULES))
    minutes = draw(st.integers(15, 180))
    match draw(st.sampled_from(["ends never", "ends by count", "ends on a day"])):
        case "ends by count":
            rule += f";COUNT={draw(st.integers(1, 40))}"
        case "ends on a day":
            last = start + timedelta(days=draw(st.integers(0, 300)))
            rule += f";UNTIL={last:%Y%m%d}" + ("" if kind == "days" else "T225900Z")
    gone = [start + timedelta(days=7 * draw(st.integers(0, 4))) for _ in range(2)]
    end = start + timedelta(minutes=minutes) if kind != "days" else start + timedelta(days=2)
    lines = [
        f"DTSTART{told(start, kind)}",
        f"DTEND{told(end, kind)}",
        f"RRULE:{rule}",
        *(f"EXDATE{told(each, kind)}" for each in gone),
    ]
    return calendar(event(*lines), event(*moved(draw, start, kind)))


def told(wall: datetime, kind: str) -> str:
    match kind:
        case "zone":
            return f";TZID=Europe/Amsterdam:{wall:%Y%m%dT%H%M%S}"
        case "windows":
            return f";TZID=W. Europe Standard Time:{wall:%Y%m%dT%H%M%S}"
        case "utc":
            return f":{wall:%Y%m%dT%H%M%SZ}"
    return f";VALUE=DATE:{wall:%Y%m%d}"


def moved(draw: st.DrawFn, start: datetime, kind: str) -> list[str]:
    """One time of the series that goes on at another hour."""
    replaced = start + timedelta(days=7 * draw(st.integers(5, 9)))
    later = replaced + timedelta(days=draw(st.integers(0, 3)), minutes=30)
    return [
        f"RECURRENCE-ID{told(replaced, kind)}",
        f"DTSTART{told(later, kind)}",
        f"DTEND{told(later + timedelta(days=1 if kind == 'days' else 0, hours=1), kind)}",
    ]


@settings(max_examples=40)
@for_all(series())
def test_both_readers_find_the_same_times_of_an_ordinary_series(given):
    for row in reading(given).found:
        assert Why.READERS_DISAGREE not in whys(row), row
        if row.is_all_day:
            assert row.starts_at.astimezone(AMSTERDAM).time() == time()
