"""When a house is open, and when a room of it can be booked.

Opening hours are kept per weekday, and each may hold from a day to a day. Hours may pass
midnight: an evening that closes at 01:00 is written as closing at 25:00 and belongs to the day
on which it opened. A holiday has no hours. A room may have hours of its own; on a day where it
has any, it is open only while both the room and the house are. Closures cut out what they cover.

Hours are clock times, so a day of a clock change opens at its usual time. Where the clock skips
the time itself, the house opens or closes at the first moment that does exist.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from buurthuis.rules.calendar import MINUTES_A_DAY, moment, moment_forgiving
from buurthuis.rules.periods import Period, intersect, merge, subtract

LATEST_CLOSING: Final = MINUTES_A_DAY + 12 * 60
"""A day may run on until noon of the next day."""


class NoSuchHours(ValueError):
    """Hours that no clock can keep: closing before opening, or a day too long."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of one weekday (Monday is 0), in clock minutes from its midnight.

    They hold from `valid_from` to `valid_to`, both days included.
    """

    weekday: int
    opens: int
    closes: int
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.weekday <= 6 and 0 <= self.opens < self.closes <= LATEST_CLOSING):
            raise NoSuchHours(f"Weekday {self.weekday}, {self.opens} to {self.closes}.")

    def hold_on(self, day: date) -> bool:
        """Whether these are hours of this day."""
        if day.weekday() != self.weekday:
            return False
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class DayPart:
    """A named part of the day, such as the morning, in clock minutes."""

    name: str
    starts: int
    ends: int


def windows(
    hours: Sequence[Hours], first: date, last: date, holidays: Collection[date] = ()
) -> list[Period]:
    """The time that opens on the days from first to last, both included, merged and in order.

    An evening that passes midnight counts whole for the day on which it opened, so days that
    are asked one by one never count an hour twice.
    """
    days = _days(first, last)
    return merge(window for day in days for window in _windows_on(day, hours, holidays))


def bookable(
    venue_hours: Sequence[Hours],
    room_hours: Sequence[Hours],
    closures: Sequence[Period],
    first: date,
    last: date,
    holidays: Collection[date] = (),
) -> list[Period]:
    """The time in which a room can be booked on the days from first to last, both included.

    What opened the day before and still runs on at the first midnight is part of it.
    """
    begins = moment(first, 0)
    found: list[Period] = []
    for day in _days(first - timedelta(days=1), last):
        house = _windows_on(day, venue_hours, holidays)
        if any(hours.hold_on(day) for hours in room_hours):
            house = intersect(house, _windows_on(day, room_hours, holidays))
        found.extend(window for window in house if window.end > begins)
    return subtract(found, closures)


def day_part_period(day_part: DayPart, day: date) -> Period:
    """The period that a part of the day means on one day."""
    starts = moment_forgiving(day, day_part.starts)
    return Period(starts, moment_forgiving(day, day_part.ends))


def _days(first: date, last: date) -> Iterator[date]:
    """Every day from first to last, both included."""
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _windows_on(day: date, hours: Sequence[Hours], holidays: Collection[date]) -> list[Period]:
    """The time that opens on one day, in the order of its hours."""
    if day in holidays:
        return []
    found: list[Period] = []
    for each in hours:
        if not each.hold_on(day):
            continue
        opens, closes = moment_forgiving(day, each.opens), moment_forgiving(day, each.closes)
        # Hours that lie wholly in the hour that March skips are no time at all.
        if opens < closes:
            found.append(Period(opens, closes))
    return found
