"""A rule of days that repeat as RFC 5545 writes it, such as "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=12"."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from buurthuis.rules.calendar import NoSuchMoment, day_of, minute_of, parse_moment
from buurthuis.rules.recurrence import Frequency, Mistake, Nth, Rule, WrongRule

LONGEST_TEXT: Final = 200
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)", re.ASCII)
_NTH = re.compile(r"(\+?[1-5]|-1)?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER = re.compile(r"\+?\d{1,4}|-1", re.ASCII)
_UNTIL = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?", re.ASCII)


def parse(text: str, *, starts_minute: int = 0) -> Rule:
    """The rule that an RFC 5545 text means, such as "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=12".

    `starts_minute` is when each day starts, in minutes of its clock: an UNTIL that names a
    moment means the last day that starts no later.

    Raises:
        WrongRule: it is no such text, or a rule that cannot be kept.
    """
    parts = _parts(text)
    frequency = parts.pop("FREQ", "")
    if frequency not in frozenset(Frequency):
        raise WrongRule(Mistake.FREQUENCY)
    interval = _number(parts.pop("INTERVAL", "1"))
    weekdays, nths = _by_day(parts.pop("BYDAY", ""), Frequency(frequency))
    first_of_week = parts.pop("WKST", "MO")
    if first_of_week != "MO" and frequency == Frequency.WEEKLY and interval > 1:
        raise WrongRule(Mistake.UNKNOWN_PART)  # It would decide which week is skipped.
    rule: dict[str, Any] = {
        "month_days": _numbers(parts.pop("BYMONTHDAY", "")),
        "month": _number(parts.pop("BYMONTH")) if "BYMONTH" in parts else None,
        "times": _number(parts.pop("COUNT")) if "COUNT" in parts else None,
        "until": _until(parts.pop("UNTIL"), starts_minute) if "UNTIL" in parts else None,
    }
    if parts:
        raise WrongRule(Mistake.UNKNOWN_PART)
    return Rule(Frequency(frequency), interval, weekdays=weekdays, nths=nths, **rule)


def written(rule: Rule) -> str:
    """The rule as a text; `parse` reads it back."""
    nths = (f"{nth.which}{WEEKDAYS[nth.weekday]}" for nth in rule.nths)
    parts = (
        ("FREQ", rule.frequency),
        ("INTERVAL", rule.interval if rule.interval > 1 else ""),
        ("BYMONTH", rule.month or ""),
        ("BYMONTHDAY", _listed(rule.month_days)),
        ("BYDAY", _listed(WEEKDAYS[day] for day in rule.weekdays) or _listed(nths)),
        ("COUNT", rule.times or ""),
        ("UNTIL", f"{rule.until:%Y%m%d}" if rule.until else ""),
    )
    return ";".join(f"{name}={value}" for name, value in parts if value)


def _parts(text: str) -> dict[str, str]:
    """The named parts of the text, each at most once."""
    if len(text) > LONGEST_TEXT:
        raise WrongRule(Mistake.NOT_A_RULE)
    named = [
        _PART.fullmatch(part) for part in text.strip().upper().removeprefix("RRULE:").split(";")
    ]
    parts = {part[1]: part[2] for part in named if part is not None}
    if len(parts) < len(named):
        raise WrongRule(Mistake.NOT_A_RULE)
    return parts


def _by_day(text: str, frequency: Frequency) -> tuple[tuple[int, ...], tuple[Nth, ...]]:
    """Weekdays of a week, or numbered ones of a month."""
    weekdays, nths = set(), set()
    for each in text.split(",") if text else ():
        named = _NTH.fullmatch(each)
        if named is None:
            raise WrongRule(Mistake.NO_SUCH_DAY)
        is_numbered, weekday = named[1] is not None, WEEKDAYS.index(named[2])
        if is_numbered == (frequency == Frequency.WEEKLY):
            raise WrongRule(Mistake.UNKNOWN_PART)
        if is_numbered:
            nths.add(Nth(int(named[1]), weekday))
        else:
            weekdays.add(weekday)
    return tuple(sorted(weekdays)), tuple(sorted(nths))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted({_number(each) for each in text.split(",")})) if text else ()


def _number(text: str) -> int:
    """A number of a few figures, so that none can be huge."""
    if _NUMBER.fullmatch(text) is None:
        raise WrongRule(Mistake.TOO_MANY if text.isdecimal() else Mistake.NOT_A_RULE)
    return int(text)


def _until(text: str, starts_minute: int) -> date:
    """The last day that starts no later than the moment, or the day itself that is named."""
    named = _UNTIL.fullmatch(text)
    if named is None:
        raise WrongRule(Mistake.NOT_A_RULE)
    year, month, day, hour, minute, second, in_utc = named.groups()
    try:
        if in_utc:
            moment = parse_moment(f"{year}-{month}-{day}T{hour}:{minute}:{second}Z")
            its_day, its_minute = day_of(moment), minute_of(moment)
        else:
            its_day = date(int(year), int(month), int(day))
            its_minute = int(hour) * 60 + int(minute) if hour else starts_minute
    except (ValueError, NoSuchMoment):
        raise WrongRule(Mistake.NO_SUCH_DAY) from None
    return its_day if its_minute >= starts_minute else its_day - timedelta(days=1)


def _listed(values: Iterable[object]) -> str:
    return ",".join(str(value) for value in values)
