"""About what a sheet speaks: one house or all, with everything that was read for it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from buurthuis.evidence.year.queries import Money, Told
from buurthuis.rules.figures.figure import Figures
from buurthuis.rules.figures.sheet import Sheet
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.standing import StandingCode

Used: TypeAlias = Counter[StandingCode]
"""Used minutes by standing."""


@dataclass(frozen=True, slots=True)
class House:
    """A house as a sheet names it."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Days:
    """Which days were asked, and which are over. What is to come is no result."""

    asked: Span
    counted: Span
    before: Span
    """With what it is compared, cut to as many days."""

    @property
    def year(self) -> int | None:
        """The calendar year that was asked, None for other days."""
        first, after = self.asked.first, self.asked.after
        is_year = (first.month, first.day, after.month, after.day) == (1, 1, 1, 1)
        return first.year if is_year and after.year == first.year + 1 else None

    @property
    def is_running(self) -> bool:
        """Some of the days are still to come."""
        return self.counted.after < self.asked.after

    @property
    def meets_last_year(self) -> bool:
        """It is compared with the same days of the year before."""
        return 180 < self.asked.days <= 366


@dataclass(frozen=True, slots=True)
class Subject:
    """One house or several together, in some days: the figures, and what the board wrote down.

    `each` has the figures of each house where there are several; a house alone has none.
    """

    houses: tuple[House, ...]
    days: Days
    figures: Figures
    before: Figures | None
    sheet: Sheet
    quarters: Sequence[tuple[Span, Used]]
    money: Money
    each: tuple[tuple[House, Figures], ...] = ()
    stories: tuple[Told, ...] = ()
    stops: tuple[tuple[str, str], ...] = ()
    """What stops without the contribution, by the name of the house."""
    are_all: bool = True
    """Several houses are all there are, not only those that somebody sees."""

    @property
    def house(self) -> House | None:
        """The house of which it tells alone; None for several together."""
        return None if self.each else self.houses[0]
