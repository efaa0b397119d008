"""Which discounts somebody wants to see: a year, one standing or group, and a page of some bookings."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import request
from flask_babel import gettext as _

from buurthuis.discounts import queries
from buurthuis.discounts.queries import Asked
from buurthuis.foundation import clock
from buurthuis.foundation.rows import row_number
from buurthuis.rules.calendar import day_of
from buurthuis.rules.standing import LONGEST_CODE

PER_PAGE = 25
MOST_PAGES = 10_000
FIRST_YEAR, YEARS_AHEAD = 2000, 3

Leaf = tuple[str, str]
Leaves = tuple[Leaf | None, Leaf | None]
Address = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for."""

    asked: Asked
    page: int

    @classmethod
    def of_address(
        cls, venue_ids: frozenset[int] | None, initiative_id: int | None = None
    ) -> "Choice":
        """The choice that the address makes; what nobody can choose counts as nothing."""
        initiative = initiative_id or request.args.get("initiative", type=row_number)
        standing = request.args.get("standing", "")[:LONGEST_CODE]
        has_standing = "standing" in request.args
        asked = Asked(venue_ids, chosen_year(), standing if has_standing else None, initiative)
        page = request.args.get("page", 1, type=int)
        return cls(asked, min(max(page, 1), MOST_PAGES))

    @property
    def first(self) -> int:
        """How many bookings stand on the pages before."""
        return (self.page - 1) * PER_PAGE

    @property
    def is_part(self) -> bool:
        """Whether a standing or a group was chosen."""
        return self.asked != queries.without(self.asked)

    @property
    def for_all_groups(self) -> "Choice":
        """The same without the choice of a group."""
        return replace(self, asked=replace(self.asked, initiative_id=None))

    @property
    def in_address(self) -> dict[str, Any]:
        """The same for another address."""
        return {
            "year": self.asked.year,
            "standing": self.asked.standing,
            "initiative": self.asked.initiative_id,
        }

    def pages(self, address: Address, *, has_more: bool) -> Leaves:
        """The ways to the page before and the page after."""
        before = (_("Previous"), address(page=self.page - 1)) if self.page > 1 else None
        return before, (_("Next"), address(page=self.page + 1)) if has_more else None

    def years(self, address: Address) -> Leaves:
        """The ways to the year before and the year after, as far as houses book in them."""
        before, after = (
            (str(year), address(year=year)) if is_a_year(year) else None
            for year in (self.asked.year - 1, self.asked.year + 1)
        )
        return before, after


def chosen_year() -> int:
    """The year in the address; this year when none is named, or none in which houses book."""
    this_year = day_of(clock.now()).year
    year = request.args.get("year", this_year, type=int)
    return year if is_a_year(year) else this_year


def is_a_year(year: int) -> bool:
    """Whether houses book in it."""
    return FIRST_YEAR <= year <= day_of(clock.now()).year + YEARS_AHEAD
