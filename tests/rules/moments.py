"""Builders and strategies for the tests of the rules: short names for times, and random ones."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from buurthuis.rules.calendar import moment
from buurthuis.rules.periods import Period

FRIDAY = date(2026, 11, 27)
SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)

_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def at(hour: float, day: date = FRIDAY) -> datetime:
    """The moment at which the clock shows this hour: 10.5 is 10:30, and 25 is 01:00 tomorrow."""
    return moment(day, round(hour * 60))


def span(start: float, end: float, day: date = FRIDAY) -> Period:
    """From one hour to another on one day."""
    return Period(at(start, day), at(end, day))


@st.composite
def periods(draw: st.DrawFn, within_minutes: int = 600) -> Period:
    """Short periods close together, so that they often meet."""
    start = draw(st.integers(0, within_minutes))
    length = draw(st.integers(1, within_minutes // 4))
    return Period(_BEGIN + timedelta(minutes=start), _BEGIN + timedelta(minutes=start + length))


def minutes_of(covered: list[Period]) -> set[int]:
    """Every whole minute that lies in the periods: the slow and sure way to compare them."""
    return {
        minute
        for period in covered
        for minute in range(_since_then(period.start), _since_then(period.end))
    }


def _since_then(moment: datetime) -> int:
    return (moment - _BEGIN) // timedelta(minutes=1)
