"""The very rows behind a figure: bookings, shifts, groups or days, whose numbers add up to it."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.spans import until_yesterday
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.behind.bookings import ALONE, IN_TIME, bookings_behind, split
from buurthuis.statistics.behind.days import BY_DAY, days_behind
from buurthuis.statistics.behind.groups import (
    ACTIVITIES,
    GROUPS,
    activities_behind,
    groups_behind,
)
from buurthuis.statistics.behind.people import SHIFTS, WORK, shifts_behind, work_behind
from buurthuis.statistics.behind.row import NOTHING, Column, Kind, Looked, Page, Row, Rows
from buurthuis.statistics.figures import keeps_of
from buurthuis.statistics.houses_read import houses_of

__all__ = ["Column", "Kind", "Row", "Rows", "has_rows", "rows_behind"]

_BEHIND: Final[dict[str, Callable[[Looked], Rows]]] = {
    **dict.fromkeys((*ALONE, *IN_TIME), bookings_behind),
    **dict.fromkeys(BY_DAY, days_behind),
    **dict.fromkeys(GROUPS, groups_behind),
    ACTIVITIES: activities_behind,
    **dict.fromkeys(WORK, work_behind),
    **dict.fromkeys(SHIFTS, shifts_behind),
}
_NOT_OF_A_PART: Final = ("GEB", "ONTM", "DEK", *WORK, *SHIFTS)
"""What is only known of whole houses has no rows for one room, standing or theme."""
_NOT_OF_SOME: Final = ("DAGDEEL", "M2")
"""Or not for one standing or theme."""


def has_rows(code: str) -> bool:
    """Whether there are rows behind a figure; those that compare or weigh others have none."""
    return split(code)[0] in _BEHIND


def rows_behind(
    code: str,
    asked: Asked,
    now: datetime,
    *,
    first: int = 0,
    count: int | None = None,
    with_private: bool = False,
) -> Rows:
    """The rows behind a figure, `count` of them from `first` on; their numbers add up to its numerator.

    Names of private persons are only told `with_private`.
    """
    name = split(code)[0]
    span = until_yesterday(asked.span, day_of(now))
    of_some = asked.standing is not None or asked.theme is not None
    is_unknown = (asked.is_part and name in _NOT_OF_A_PART) or (of_some and name in _NOT_OF_SOME)
    if name not in _BEHIND or span is None or is_unknown:
        return NOTHING
    houses = houses_of(asked.venue_ids)
    keeps = keeps_of(asked, houses.values())
    page = Page(first, count)
    looked = Looked(code, asked, span, now, houses, keeps, page, with_private)
    return _BEHIND[name](looked)
