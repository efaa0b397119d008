"""Days that repeat: which days a rule such as "every Tuesday, 12 times" means.

A rule is a small part of RFC 5545: every day, every week on some weekdays, every month on some
days or on "the first Tuesday", every year. It always ends, after a number of times or on a day.
It gives days and no moments: each day gets its own moment from rules/calendar.py, so that 19:00
stays 19:00 across both clock changes.

Nothing here can explode. A rule gives at most `MOST_TIMES` days, none later than `MOST_YEARS`
years after the first, and what is refused is refused before more than that was looked at.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

MOST_TIMES: Final = 366
MOST_YEARS: Final = 2
LAST: Final = -1
"""The last of its month: the last day, or the last of a weekday."""


_LEAP_YEAR: Final = 2024


class Frequency(StrEnum):
    """How often; a rule that would come more than once a day is no rule of ours."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


class Mistake(StrEnum):
    """Why a rule is refused."""

    NOT_A_RULE = "not_a_rule"
    FREQUENCY = "frequency"  # each hour or second, or no word for how often
    UNKNOWN_PART = "unknown_part"  # a part of RFC 5545 that we leave out, or two that clash
    INTERVAL = "interval"
    NO_END = "no_end"
    TWO_ENDS = "two_ends"
    NO_SUCH_DAY = "no_such_day"  # 31 February, the sixth Tuesday
    FIRST_NOT_HIT = "first_not_hit"
    ENDS_TOO_EARLY = "ends_too_early"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"


class WrongRule(ValueError):
    """The rule cannot be kept; `mistake` says why."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake)
        self.mistake = mistake


@dataclass(frozen=True, slots=True, order=True)
class Nth:
    """A weekday of a month: (1, 1) is the first Tuesday, (LAST, 4) the last Friday."""

    which: int
    weekday: int


@dataclass(frozen=True, slots=True)
class Rule:
    """How often, on which days, and until when.

    `weekdays` (Monday is 0) are of a week; `month_days` or `nths` are of a month, or of `month`
    in every year. Without them a rule repeats the day on which it begins.

    Raises:
        WrongRule: the rule has no end or two, asks for days that never come, or mixes its parts.
    """

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    nths: tuple[Nth, ...] = ()
    month: int | None = None
    times: int | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        for mistake, is_made in (
            (Mistake.UNKNOWN_PART, not _fits(self)),
            (Mistake.INTERVAL, not 1 <= self.interval <= MOST_TIMES),
            (Mistake.NO_SUCH_DAY, not _can_come(self)),
            (Mistake.NO_END, self.times is None and self.until is None),
            (Mistake.TWO_ENDS, self.times is not None and self.until is not None),
            (Mistake.TOO_MANY, self.times is not None and self.times > MOST_TIMES),
            (Mistake.ENDS_TOO_EARLY, self.times is not None and self.times < 1),
        ):
            if is_made:
                raise WrongRule(mistake)

    def ending(self, until: date) -> "Rule":
        """The same days, until another last one."""
        return replace(self, times=None, until=until)


def days(rule: Rule, first: date) -> list[date]:
    """The days that a rule means when it begins on `first`, in order; `first` is one of them.

    Raises:
        WrongRule: the first day is not one of its days, or it goes on too long or too often.
    """
    last = last_day_for(first)
    if rule.until is not None and rule.until < first:
        raise WrongRule(Mistake.ENDS_TOO_EARLY)
    if rule.until is not None and rule.until > last:
        raise WrongRule(Mistake.TOO_LONG)
    return list(_found(rule, first, rule.until or last))


@lru_cache(maxsize=64)
def _found(rule: Rule, first: date, last: date) -> tuple[date, ...]:
    """Looked up once: a page that asks, its form and its booking all ask for the same days."""
    found: list[date] = []
    for day in _candidates(rule, first, last):
        if not found and day != first:
            raise WrongRule(Mistake.FIRST_NOT_HIT)
        if len(found) == MOST_TIMES:
            raise WrongRule(Mistake.TOO_MANY)
        found.append(day)
        if len(found) == rule.times:
            return tuple(found)
    if not found:
        raise WrongRule(Mistake.FIRST_NOT_HIT)
    if rule.times is not None:
        raise WrongRule(Mistake.TOO_LONG)
    return tuple(found)


def last_day_for(first: date) -> date:
    """The last day on which something that begins on `first` may still repeat."""
    year = first.year + MOST_YEARS
    return date(year, first.month, min(first.day, calendar.monthrange(year, first.month)[1]))


def _candidates(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The days of a rule from the first day to the last, both included."""
    in_order = {
        Frequency.DAILY: _daily,
        Frequency.WEEKLY: _weekly,
        Frequency.MONTHLY: _monthly,
        Frequency.YEARLY: _yearly,
    }[rule.frequency]
    return (day for day in in_order(rule, first, last) if first <= day <= last)


def _daily(rule: Rule, first: date, last: date) -> Iterator[date]:
    length = (last - first).days
    return (first + timedelta(days=ahead) for ahead in range(0, length + 1, rule.interval))


def _weekly(rule: Rule, first: date, last: date) -> Iterator[date]:
    monday = first - timedelta(days=first.weekday())
    weekdays = sorted(set(rule.weekdays)) or [first.weekday()]
    for ahead in range(0, (last - monday).days + 1, 7 * rule.interval):
        yield from (monday + timedelta(days=ahead + weekday) for weekday in weekdays)


def _monthly(rule: Rule, first: date, last: date) -> Iterator[date]:
    months = range(_month_of(first), _month_of(last) + 1, rule.interval)
    for year, month in (divmod(number, 12) for number in months):
        yield from _days_in_month(rule, first, year, month + 1)


def _month_of(day: date) -> int:
    """The months that have passed since the year 0, so that they can be counted on."""
    return 12 * day.year + day.month - 1


def _yearly(rule: Rule, first: date, last: date) -> Iterator[date]:
    for year in range(first.year, last.year + 1, rule.interval):
        yield from _days_in_month(rule, first, year, rule.month or first.month)


def _days_in_month(rule: Rule, first: date, year: int, month: int) -> list[date]:
    """The days of a rule in one month; a day that this month does not have is left out."""
    _, length = calendar.monthrange(year, month)
    if rule.nths:
        numbers = {_nth_day(nth, year, month, length) for nth in rule.nths}
    else:
        wanted = rule.month_days or (first.day,)
        numbers = {length if number == LAST else number for number in wanted}
    return [date(year, month, number) for number in sorted(numbers) if 1 <= number <= length]


def _nth_day(nth: Nth, year: int, month: int, length: int) -> int:
    """The number of such a weekday in a month; past its length when the month has no fifth."""
    if nth.which == LAST:
        return length - (date(year, month, length).weekday() - nth.weekday) % 7
    return 1 + (nth.weekday - date(year, month, 1).weekday()) % 7 + 7 * (nth.which - 1)


def _fits(rule: Rule) -> bool:
    """Each part belongs to its frequency, and no two say different things."""
    of_month = bool(rule.month_days or rule.nths)
    if rule.weekdays and rule.frequency != Frequency.WEEKLY:
        return False
    if rule.frequency == Frequency.YEARLY:
        is_right = of_month == (rule.month is not None)
    else:
        is_right = rule.month is None and (not of_month or rule.frequency == Frequency.MONTHLY)
    return is_right and not (rule.month_days and rule.nths)


def _can_come(rule: Rule) -> bool:
    """There are days of these numbers, in their month."""
    if rule.month is not None and not 1 <= rule.month <= 12:
        return False
    longest = 31 if rule.month is None else calendar.monthrange(_LEAP_YEAR, rule.month)[1]
    return (
        all(0 <= weekday <= 6 for weekday in rule.weekdays)
        and all(number == LAST or 1 <= number <= longest for number in rule.month_days)
        and all(nth.which in (LAST, *range(1, 6)) and 0 <= nth.weekday <= 6 for nth in rule.nths)
    )
