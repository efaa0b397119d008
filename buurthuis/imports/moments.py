"""Days, clock times and moments as people write them in a file."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from buurthuis.rules.calendar import YEARS, NoSuchMoment, OffsetMissing, moment, parse_moment
from buurthuis.rules.opening import LATEST_CLOSING

DAY = len("2026-01-31")


def day_in(text: str) -> date | None:
    """The day that a text such as "2026-01-31" names."""
    try:
        return date.fromisoformat(text) if len(text) == DAY else None
    except ValueError:
        return None


def minute_in(value: Any) -> int | None:
    """The minute that "19:00" or a TOML time names; "25:00" is one o'clock in the night after."""
    if isinstance(value, time) and not value.second and not value.microsecond:
        return value.hour * 60 + value.minute
    if not isinstance(value, str):
        return None
    hours, colon, minutes = value.strip().partition(":")
    if not (colon and _is_number(hours) and _is_number(minutes) and len(minutes) == 2):
        return None
    minute = int(hours) * 60 + int(minutes)
    return minute if int(minutes) < 60 and minute <= LATEST_CLOSING else None


def moment_in(value: Any, *, is_end: bool) -> datetime:
    """The moment that a value names: with an offset, by the clock in Amsterdam, or by its day.

    A day as a beginning means its first moment, a day as an end means its last.

    Raises:
        ValueError: it names no moment; MissingHour when the clock skips it.
    """
    if isinstance(value, str):
        value = _value_in(value)
    if isinstance(value, datetime):
        return _on_whole_minutes(value)
    if isinstance(value, date) and value.year in YEARS:
        return moment(value + timedelta(days=1) if is_end else value, 0)
    raise NoSuchMoment(str(value)[:40])


def _value_in(text: str) -> date:
    day = day_in(text)
    if day is not None:
        return day
    try:
        return parse_moment(text)
    except OffsetMissing:
        return datetime.fromisoformat(text)


def _on_whole_minutes(value: datetime) -> datetime:
    if value.year not in YEARS or value.second or value.microsecond:
        raise NoSuchMoment(str(value))
    if value.tzinfo is None:
        return moment(value.date(), value.hour * 60 + value.minute)
    return value.astimezone(UTC)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and 1 <= len(text) <= 2
