"""One question that definitions answer: a sheet, what stands beside it, the days, and what counts."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from typing import Final

from buurthuis.rules.figures.codes import Reason, Unit
from buurthuis.rules.figures.facts import Beside
from buurthuis.rules.figures.figure import Figure
from buurthuis.rules.figures.keeping import Keeps
from buurthuis.rules.figures.measures import median
from buurthuis.rules.figures.sheet import Key, Row, Sheet, Table
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.standing import NOT_KNOWN, place_of

HOURS_A_DAY: Final = 24


class Question:
    """What is asked, with the figures that were answered so far; some are made of others."""

    def __init__(self, sheet: Sheet, beside: Beside, span: Span, keeps: Keeps) -> None:
        self.beside = beside
        self.span = span
        self.keeps = keeps
        self.so_far: dict[str, Figure] = {}
        self._sheet = sheet
        self._totals: dict[Table, Row] = {}

    def rows(self, table: Table) -> list[tuple[Key, Row]]:
        """The rows that count."""
        return self.keeps.rows(self._sheet, table)

    def rows_of_any_standing(self, table: Table) -> list[tuple[Key, Row]]:
        """The rows that would count if it were about all standings."""
        return self.keeps.of_any_standing.rows(self._sheet, table)

    def total(self, table: Table, column: int) -> int:
        """The sum of a column over the rows that count."""
        if table not in self._totals:
            columns = zip(*(row for _, row in self.rows(table)), strict=True)
            self._totals[table] = [sum(column) for column in columns]
        sums = self._totals[table]
        return sums[column] if sums else 0

    def by_standing(self, table: Table, column: int) -> dict[str, int]:
        """The sum of a column of time or counts for each standing that is asked about, in order."""
        sums = dict.fromkeys(self._standings, 0)
        for key, row in self.rows(table):
            sums[str(key[2])] += row[column]
        return sums

    @cached_property
    def _standings(self) -> list[str]:
        found = {str(key[2]) for table in (Table.TIME, Table.COUNTS) for key, _ in self.rows(table)}
        return sorted(found, key=lambda code: (not code, place_of(code)))

    def add(self, figures: Iterable[Figure]) -> None:
        """Remember what was answered."""
        self.so_far.update((each.code, each) for each in figures)


def standing_name(code: str) -> str:
    """A standing as codes of figures write it."""
    return code or NOT_KNOWN


def total_of(code: str, total: int, unit: Unit, coverage: Fraction | None = None) -> Figure:
    """A figure that is a sum."""
    return Figure(code, Fraction(total), unit, numerator=total, coverage=coverage)


def share_of(
    code: str, some: int, all_: int, unit: Unit = Unit.RATIO, coverage: Fraction | None = None
) -> Figure:
    """A figure that divides; without anything to divide by it has no value."""
    value = Fraction(some, all_) if all_ else None
    reason = None if all_ else Reason.NOTHING_OPEN
    return Figure(code, value, unit, some, all_, coverage, reason=reason)


def spread_of(code: str, value: Fraction | None, unit: Unit, cases: int) -> Figure:
    """A median or Gini: it has no numerator, and the denominator says over how many it was taken."""
    reason = Reason.NOTHING_OPEN if value is None else None
    return Figure(code, value, unit, denominator=cases, reason=reason)


def median_days(code: str, hours: Counter[int]) -> Figure:
    """The middle of waiting times that were counted in hours, in days."""
    middle = median(hours)
    days = None if middle is None else Fraction(middle, HOURS_A_DAY)
    return spread_of(code, days, Unit.DAYS, hours.total())


def without_value(
    code: str, unit: Unit, reason: Reason, coverage: Fraction | None = None
) -> Figure:
    """A figure that cannot be known."""
    return Figure(code, None, unit, coverage=coverage, reason=reason)


def portion(some: int, all_: int) -> Fraction | None:
    """How much of something is known; None of nothing."""
    return Fraction(some, all_) if all_ else None
