"""What is kept of the figures, as it can be trusted now: sheets that nothing happened to since."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.sheet import Sheet
from buurthuis.rules.figures.sheet_file import FORM
from buurthuis.rules.figures.spans import Span, months_back
from buurthuis.statistics.frames import A_DAY, House
from buurthuis.statistics.late import sheet_of_body
from buurthuis.statistics.models import FigureChange, FigureSheet, Grain, number_of

KEPT_AFTER: Final = 2 * A_DAY
"""A day is kept when a whole day has passed since: every booking of it is over by then."""


@dataclass(frozen=True, slots=True)
class Touched:
    """The days of houses on which something changed that is not in their sheets yet."""

    spans: Mapping[int, list[tuple[int, int]]]

    def meets(self, venue_id: int, span: Span) -> bool:
        """Whether one of these days is touched."""
        first, last = number_of(span.first), number_of(span.last)
        return any(
            begins <= last and ends >= first for begins, ends in self.spans.get(venue_id, ())
        )


def newest_kept(now: datetime) -> date:
    """The last day that may be kept."""
    return day_of(now) - KEPT_AFTER


def month_span(day: date) -> Span:
    """The whole month of a day."""
    first = day.replace(day=1)
    return Span(first, months_back(first, -1))


def frame_mark(house: House, span: Span) -> str:
    """By which frame, and by which way of folding, a sheet of these days is made."""
    return f"{FORM}:{house.digest(span)}"


def touched_in(venue_ids: Collection[int]) -> Touched:
    """What waits to be applied to some houses. Ask this before the sheets: then none is older."""
    asked = select(FigureChange.venue_id, FigureChange.first_day, FigureChange.last_day).where(
        FigureChange.venue_id.in_(venue_ids), FigureChange.applied_at.is_(None)
    )
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for venue, first, last in db.session.execute(asked):
        found[venue].append((first, last))
    return Touched(found)


def kept_sheets(
    houses: Mapping[int, House], grain: Grain, spans: Collection[Span], touched: Touched
) -> dict[tuple[int, Span], Sheet]:
    """The sheets of months or days that still are what folding would give, by house and span."""
    by_first = {number_of(span.first): span for span in spans}
    if not by_first or not houses:
        return {}
    asked = select(
        FigureSheet.venue_id, FigureSheet.first_day, FigureSheet.frame, FigureSheet.body
    ).where(
        FigureSheet.venue_id.in_(sorted(houses)),
        FigureSheet.grain == grain,
        FigureSheet.first_day.in_(sorted(by_first)),
        FigureSheet.body != "",
    )
    found = {}
    for venue, first, frame, body in db.session.execute(asked):
        span = by_first[first]
        if not touched.meets(venue, span) and frame == frame_mark(houses[venue], span):
            found[venue, span] = sheet_of_body(body)
    return found
