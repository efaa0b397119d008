"""Counting again: whether what is kept of the figures is what the bookings give; for the doctor."""

from collections.abc import Iterator
from datetime import date, datetime
from random import Random
from typing import Final

from sqlalchemy import select

from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.spans import Span
from buurthuis.statistics.frames import House
from buurthuis.statistics.gathering import folded
from buurthuis.statistics.houses_read import houses_of
from buurthuis.statistics.kept import Touched, frame_mark, month_span, touched_in
from buurthuis.statistics.late import added, body_of
from buurthuis.statistics.models import FigureSheet, Grain, day_numbered, number_of

SAMPLE: Final = 12
"""So many months of houses are counted again each time, others every day."""


def strays(now: datetime, *, most: int | None = SAMPLE) -> list[str]:
    """What is kept and is not what folding gives, of some months or (without `most`) of all."""
    asked = select(FigureSheet.venue_id, FigureSheet.first_day).where(
        FigureSheet.grain == Grain.DAY, FigureSheet.body != ""
    )
    days = [(venue, day_numbered(first)) for venue, first in db.session.execute(asked)]
    months = sorted({(venue, day.replace(day=1)) for venue, day in days})
    if most is not None and len(months) > most:
        months = sorted(Random(day_of(now).toordinal()).sample(months, most))  # noqa: S311 - a sample
    houses = houses_of({venue for venue, _ in months})
    touched = touched_in(houses)
    return [
        complaint
        for venue, first in months
        for complaint in _strays(houses[venue], month_span(first), touched, now)
    ]


def _strays(house: House, month: Span, touched: Touched, now: datetime) -> Iterator[str]:
    """The complaints about one month of a house; what is known to be out of date is nobody's fault."""
    kept = _kept(house, month, touched)
    fresh = folded({house.id: list(month)}, now, {house.id: house})[house.id]
    for (grain, first), body in sorted(kept.items()):
        day = day_numbered(first)
        sheet = fresh[day] if grain is Grain.DAY else added(fresh.values())
        if body_of(sheet) != body:
            yield (
                f"What is kept of house {house.id} for the {grain.value} of {day} is not what its"
                " bookings give. Run `flask --app app figures keep --again`."
            )


def _kept(house: House, month: Span, touched: Touched) -> dict[tuple[Grain, int], str]:
    numbers = [number_of(day) for day in month]
    asked = select(
        FigureSheet.grain, FigureSheet.first_day, FigureSheet.frame, FigureSheet.body
    ).where(
        FigureSheet.venue_id == house.id,
        FigureSheet.first_day.in_(numbers),
        FigureSheet.body != "",
    )
    found = {}
    for grain, first, frame, body in db.session.execute(asked):
        span = month if grain is Grain.MONTH else _alone(day_numbered(first))
        if frame == frame_mark(house, span) and not touched.meets(house.id, span):
            found[grain, first] = body
    return found


def _alone(day: date) -> Span:
    return Span(day, date.fromordinal(day.toordinal() + 1))
