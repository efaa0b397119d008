"""The one place that converts between the clock on the wall and a moment in time.

Neighbours speak of a day and a clock time; the program keeps moments in UTC. Between the two
stand the clock changes. On the last Sunday of March the clock jumps from 02:00 to 03:00: a time
between them does not exist, so it is refused. On the last Sunday of October the hour from 02:00
to 03:00 comes twice: we mean the first.

A clock time is a number of minutes since midnight. It may pass 1440: 1500 is 01:00 of the next
day, which is how an evening that ends after midnight is written down.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from buurthuis.rules.periods import NaiveMoment, Period, in_utc

ZONE: Final = ZoneInfo("Europe/Amsterdam")
MINUTES_A_DAY: Final = 24 * 60

# Outside these years the arithmetic of dates or the history of the zone turns strange.
YEARS: Final = range(1970, 2200)

_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[Tt ]"
    r"(?P<clock>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)"
    r"(?P<offset>[Zz]|[-+ ]\d{2}:\d{2})?",
    re.ASCII,
)


class MissingHour(ValueError):
    """The clock skips this time on this day, because summer time begins."""

    def __init__(self, day: date, clock: str) -> None:
        super().__init__(f"{clock} does not exist on {day}.")
        self.day = day
        self.clock = clock


class NoSuchWeek(ValueError):
    """The text does not name a week, such as 2026-W48."""


class NoSuchClock(ValueError):
    """The text does not name a clock time, such as 19:00."""


class NoSuchDay(ValueError):
    """The text does not name a day, such as 2026-11-26, of these times."""


class NoSuchMoment(ValueError):
    """The text does not name a moment as RFC 3339 writes it."""


class OffsetMissing(NoSuchMoment):
    """The text names a date and time without saying from which zone."""


@lru_cache(maxsize=8192)
def moment(day: date, minute: int) -> datetime:
    """The moment, in UTC, at which the clock of this day shows this minute.

    A time that comes twice means the first.

    Raises:
        MissingHour: the clock skips this time.
    """
    days, minute_of_its_day = divmod(minute, MINUTES_A_DAY)
    its_day = day + timedelta(days=days)
    hour, past_the_hour = divmod(minute_of_its_day, 60)
    shown = datetime.combine(its_day, time(hour, past_the_hour), ZONE)
    meant = shown.astimezone(UTC)
    if minute_of(meant) != minute_of_its_day:
        raise MissingHour(its_day, clock_name(minute))
    return meant


def moment_forgiving(day: date, minute: int) -> datetime:
    """As `moment`, but a time the clock skips means the first moment after the gap.

    For opening hours and day parts, which hold for every day of the year.
    """
    while True:
        try:
            return moment(day, minute)
        except MissingHour:
            minute += 1


def on_the_clock(moment: datetime) -> datetime:
    """The same moment as the clock in Amsterdam shows it.

    Raises:
        NaiveMoment: the moment has no offset.
    """
    if moment.tzinfo is UTC:
        return _shown(moment)
    if moment.utcoffset() is None:
        raise NaiveMoment(f"{moment} has no offset.")
    return moment.astimezone(ZONE)


@lru_cache(maxsize=8192)
def _shown(moment: datetime) -> datetime:
    """Only for moments in UTC: in Amsterdam's own time the hour that comes twice compares as one."""
    return moment.astimezone(ZONE)


def day_of(moment: datetime) -> date:
    """The day on which a moment falls in Amsterdam."""
    return on_the_clock(moment).date()


def minute_of(moment: datetime) -> int:
    """The minutes since midnight that the clock shows at a moment."""
    shown = on_the_clock(moment)
    return shown.hour * 60 + shown.minute


@lru_cache(maxsize=2048)
def day_period(day: date) -> Period:
    """A day from midnight to midnight: 24 hours, 23 in spring, 25 in autumn."""
    return Period(moment(day, 0), moment(day, MINUTES_A_DAY))


def clock_between(earlier: datetime, later: datetime) -> timedelta:
    """How much the clock and the calendar have moved on, clock changes left out.

    From 19:00 to 19:00 the next day is 24 hours, also when the night had 23 or 25.
    """
    return _face(in_utc(later)) - _face(in_utc(earlier))


@lru_cache(maxsize=8192)
def _face(moment: datetime) -> datetime:
    """What the clock shows at a moment in UTC, without saying in which zone."""
    return moment.astimezone(ZONE).replace(tzinfo=None)


def clock_minutes(period: Period) -> int:
    """The length of a period in clock minutes, which is what a house charges.

    A period inside the repeated hour of autumn may end at an earlier clock time than it began;
    then the minutes that really pass are counted.
    """
    shown = clock_between(period.start, period.end) // timedelta(minutes=1)
    return shown if shown > 0 else period.minutes


def week(text: str) -> date:
    """The Monday of the week that a text such as "2026-W48" names.

    Raises:
        NoSuchWeek: the text is something else, or that year has no such week.
    """
    named = _WEEK.fullmatch(text)
    if named is None or int(named[1]) not in YEARS:
        raise NoSuchWeek(text)
    try:
        return date.fromisocalendar(int(named[1]), int(named[2]), 1)
    except ValueError as wrong:
        raise NoSuchWeek(text) from wrong


def week_name(day: date) -> str:
    """The name of the week in which a day lies, such as "2026-W48"."""
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"


def parse_day(text: str) -> date:
    """The day that a text such as "2026-11-26" names, in one of `YEARS`.

    Raises:
        NoSuchDay: the text is something else.
    """
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise NoSuchDay(text)
    return day


def parse_clock(text: str, *, latest: int = MINUTES_A_DAY) -> int:
    """The minutes since midnight that a text such as "19:00" names; "24:00" ends the day.

    A later `latest` lets the evening run on: then "25:00" is 01:00 of the next day.

    Raises:
        NoSuchClock: the text is something else.
    """
    named = _CLOCK.fullmatch(text.strip())
    if named is None:
        raise NoSuchClock(text)
    hours, minutes = int(named[1]), int(named[2])
    if minutes > 59 or hours * 60 + minutes > latest:
        raise NoSuchClock(text)
    return hours * 60 + minutes


def clock_name(minute: int) -> str:
    """What the clock shows at a minute of the day: 1140 is "19:00", and so is 2580."""
    hours, minutes = divmod(minute % MINUTES_A_DAY, 60)
    return f"{hours:02d}:{minutes:02d}"


def parse_moment(text: str) -> datetime:
    """The moment, in UTC, that an RFC 3339 text names.

    Seconds may be left out. A space before the offset means "+", because that is what is left
    of a "+" that a web address carried without quoting it.

    Raises:
        OffsetMissing: the text has no offset.
        NoSuchMoment: the text is something else.
    """
    named = _MOMENT.fullmatch(text.strip())
    if named is None:
        raise NoSuchMoment(text)
    if named["offset"] is None:
        raise OffsetMissing(text)
    offset = named["offset"].upper().replace("Z", "+00:00").replace(" ", "+")
    try:
        shown = datetime.fromisoformat(f"{named['day']}T{named['clock']}{offset}")
    except ValueError as wrong:
        raise NoSuchMoment(text) from wrong
    if shown.year not in YEARS:
        raise NoSuchMoment(text)
    return shown.astimezone(UTC)


def rfc3339(moment: datetime) -> str:
    """The moment as RFC 3339 writes it, in Amsterdam's offset and to the second."""
    return on_the_clock(moment).isoformat(timespec="seconds")
