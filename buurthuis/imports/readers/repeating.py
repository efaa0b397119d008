"""How an event repeats: the rule as RFC 5545 writes it, refused when following it asks too much."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from dateutil.rrule import rrule, rrulestr

LONGEST_TEXT: Final = 500
MOST_STEPS: Final = 150_000
MOST_A_DAY: Final = 24
FREQUENCIES: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
CLOCK: Final = ("HOUR", "MINUTE", "SECOND")
TOO_OFTEN: Final = frozenset({"HOURLY", "MINUTELY", "SECONDLY"})
KNOWN: Final = frozenset(
    f"BY{unit}" for unit in ("DAY", "MONTH", "MONTHDAY", "YEARDAY", "WEEKNO", "SETPOS", *CLOCK)
) | {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}

DAYS_OF_MONTH: Final = dict(
    zip(range(1, 13), (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True)
)

_NUMBERED_DAY = re.compile(r"\d")
_PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)", re.ASCII)
_UNTIL = re.compile(r"\d{8}(?:T\d{6}Z?)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
ODD_RULES: Final = (ValueError, TypeError, OverflowError, IndexError, AttributeError)
"""What the library raises for parts that do not make sense together."""


class NoSuchRule(ValueError):
    """The text is no rule."""


class RuleTooLarge(ValueError):
    """To follow the rule would ask too much work, or it repeats within a day."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """A rule that can be followed: its parts without COUNT and UNTIL, and those two by themselves."""

    parts: str
    count: int | None
    until: str
    """As the file writes it; empty without one."""
    interval: int
    times_a_day: int

    def walls(self, start: datetime, last: datetime) -> Iterator[datetime]:
        """What the clock shows at each time, from `start` up to and including `last`.

        Raises:
            RuleTooLarge: there are too many steps between the two.
            NoSuchRule: the parts do not make sense together.
        """
        if last < start:
            return
        # Every day of every week, month or year that is not skipped is looked at.
        steps = (last - start).days // self.interval * self.times_a_day
        if steps > MOST_STEPS:
            raise RuleTooLarge(self.parts)
        try:
            yield from islice(self._rule(start, last), self.count)
        except ODD_RULES as error:
            raise NoSuchRule(self.parts) from error

    def comes_true(self, start: datetime) -> bool:
        """Whether the rule holds for any time at all from `start` on."""
        return next(iter(self._rule(start, None)), None) is not None

    def _rule(self, start: datetime, last: datetime | None) -> rrule:
        try:
            rule = rrulestr(self.parts, dtstart=start)
            assert isinstance(rule, rrule)  # noqa: S101 - a text without dates is one rule.
            bounded: rrule = rule.replace(until=last)
            return bounded
        except ODD_RULES as error:
            raise NoSuchRule(self.parts) from error


def repetition_of(text: str) -> Repetition:
    """The rule that a text means.

    Raises:
        NoSuchRule: it is none.
        RuleTooLarge: it repeats within a day.
    """
    parts = _parts(text)
    frequency = parts.get("FREQ", "")
    if frequency in TOO_OFTEN:
        raise RuleTooLarge(text)
    interval = _number(parts.get("INTERVAL", "1"))
    if frequency not in FREQUENCIES or interval == 0:
        raise NoSuchRule(text)
    times = 1
    for unit in CLOCK:
        times *= len(parts.get(f"BY{unit}", "0").split(","))
    if times > MOST_A_DAY:
        raise RuleTooLarge(text)
    if frequency in {"DAILY", "WEEKLY"}:
        _must_come_true(parts, text)
    count, until = parts.pop("COUNT", None), parts.pop("UNTIL", "")
    if until and not _is_time(until):
        raise NoSuchRule(text)
    return Repetition(
        ";".join(f"{name}={value}" for name, value in parts.items()),
        _number(count) if count is not None else None,
        until,
        interval,
        times,
    )


def _must_come_true(parts: dict[str, str], text: str) -> None:
    """Refuse what never comes, or only in other rules: day after day, one would look for it for ages.

    Rules by the month or year that never come true are found out quickly.
    """
    months = [int(each) for each in parts.get("BYMONTH", "1").split(",") if _NUMBER.fullmatch(each)]
    days = [each.lstrip("+-") for each in parts.get("BYMONTHDAY", "1").split(",")]
    longest = max((DAYS_OF_MONTH.get(month, 0) for month in months), default=0)
    comes = any(_NUMBER.fullmatch(day) and 1 <= int(day) <= longest for day in days)
    odd = {"BYYEARDAY", "BYWEEKNO", "BYSETPOS"} & set(parts)
    if not comes or odd or _NUMBERED_DAY.search(parts.get("BYDAY", "")):
        raise NoSuchRule(text)


def _parts(text: str) -> dict[str, str]:
    """The named parts, each at most once."""
    text = text.strip().upper().removeprefix("RRULE:").rstrip(";")
    if len(text) > LONGEST_TEXT:
        raise RuleTooLarge(text[:LONGEST_TEXT])
    parts: dict[str, str] = {}
    for part in text.split(";"):
        named = _PART.fullmatch(part.strip())
        if named is None or named[1] not in KNOWN or named[1] in parts:
            raise NoSuchRule(text)
        parts[named[1]] = named[2]
    return parts


def _is_time(text: str) -> bool:
    """Whether a text names a day, or a moment of one."""
    if not _UNTIL.fullmatch(text):
        return False
    try:
        datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d")  # noqa: DTZ007
    except ValueError:
        return False
    return True


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise NoSuchRule(text)
    return int(text)
