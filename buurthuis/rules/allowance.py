"""What volunteers may be paid: dated ceilings for an hour, a month and a year, and who comes above one.

A house may pay nothing; most do. What is counted here is only what the program knows: somebody
who is paid elsewhere too has to add that.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from buurthuis.rules.money import Cents, half_up


class Limit(StrEnum):
    """Which ceiling was passed."""

    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that may be paid from a day on, in cents."""

    from_on: date
    hour_cents: Cents
    month_cents: Cents
    year_cents: Cents


@dataclass(frozen=True, slots=True)
class Paid:
    """What an hour of a day brings: minutes of a shift, and what the house pays for an hour."""

    on: date
    minutes: int
    hour_cents: Cents

    @property
    def cents(self) -> Cents:
        """What it comes to, half a cent up."""
        return half_up(Fraction(self.minutes * self.hour_cents, 60))


@dataclass(frozen=True, slots=True)
class Passed:
    """A ceiling that is passed: `first_on` is the month or year, or the day of the rate."""

    limit: Limit
    first_on: date
    cents: Cents
    most_cents: Cents


def ceiling_on(ceilings: Iterable[Ceiling], day: date) -> Ceiling | None:
    """The ceiling that holds on a day; None when none is known."""
    held = [each for each in ceilings if each.from_on <= day]
    return max(held, key=lambda each: each.from_on, default=None)


def passed(paid: Iterable[Paid], ceilings: Iterable[Ceiling]) -> list[Passed]:
    """Every ceiling that one person's allowance passes, the earliest first.

    A month is judged by the ceiling of its first day, a year by that of its first day, or by the
    first ceiling that begins in it.
    """
    paid, known = list(paid), list(ceilings)
    found = [_of_an_hour(each, known) for each in paid]
    months: dict[date, Cents] = defaultdict(int)
    years: dict[date, Cents] = defaultdict(int)
    for each in paid:
        months[each.on.replace(day=1)] += each.cents
        years[each.on.replace(month=1, day=1)] += each.cents
    for first_on, cents in months.items():
        ceiling = ceiling_on(known, first_on)
        if ceiling is not None and cents > ceiling.month_cents:
            found.append(Passed(Limit.MONTH, first_on, cents, ceiling.month_cents))
    for first_on, cents in years.items():
        ceiling = ceiling_on(known, first_on) or _first_of_year(known, first_on)
        if ceiling is not None and cents > ceiling.year_cents:
            found.append(Passed(Limit.YEAR, first_on, cents, ceiling.year_cents))
    once = dict.fromkeys(each for each in found if each is not None)
    return sorted(once, key=lambda each: (each.first_on, each.limit))


def _of_an_hour(each: Paid, ceilings: list[Ceiling]) -> Passed | None:
    ceiling = ceiling_on(ceilings, each.on)
    if ceiling is None or each.hour_cents <= ceiling.hour_cents:
        return None
    month = each.on.replace(day=1)
    return Passed(Limit.HOUR, month, each.hour_cents, ceiling.hour_cents)


def _first_of_year(ceilings: list[Ceiling], first_on: date) -> Ceiling | None:
    of_year = [each for each in ceilings if each.from_on.year == first_on.year]
    return min(of_year, key=lambda each: each.from_on, default=None)
