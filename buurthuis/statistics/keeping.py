"""Keeping figures: which days of which houses are to be folded, for the worker that folds them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from time import perf_counter
from typing import Final

from sqlalchemy import func, select

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.reading import reading
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.spans import Span, months_back, months_in
from buurthuis.statistics.frames import A_DAY, House
from buurthuis.statistics.houses_read import houses_of
from buurthuis.statistics.kept import Touched, frame_mark, newest_kept, touched_in
from buurthuis.statistics.made import Bite
from buurthuis.statistics.making import take
from buurthuis.statistics.models import FigureSheet, Grain, day_numbered, number_of
from buurthuis.venues.models import Venue

MOST_DAYS: Final = 31
"""A bite is a month at most, so that nobody waits for one."""
MONTHS_BEFORE: Final = 12
"""So much longer than its bookings a house is kept, for a year is compared with the one before."""

Marks = Mapping[tuple[int, int], str]
"""By which frame each day was folded: by house and number of the day."""


def keep(now: datetime, *, within: timedelta | None = None) -> int:
    """Fold what is not kept, or no longer true; returns how many bites were taken.

    With `within` it stops once so much time has passed; the rest waits for the next round.
    """
    until = None if within is None else perf_counter() + within.total_seconds()
    done = 0
    for bite in bites(now):
        done += take(bite, now)
        if until is not None and perf_counter() > until:
            break
    return done


def bites(now: datetime) -> list[Bite]:
    """What is to be done: first what changed in days that are kept, then what is not kept, newest first."""
    newest = newest_kept(now)
    with reading():
        touched = touched_in(list(db.session.scalars(select(Venue.id))))
        houses, missing = _months_to_keep(newest)
        marks = _marks_of_days(missing)
    changed = [bite for each in sorted(touched.spans) for bite in _touched(each, touched, newest)]
    left = [
        Bite(venue, tuple(days))
        for venue, span in missing
        if (days := _days_to_keep(houses[venue], span, marks))
    ]
    return changed + sorted(left, key=lambda bite: bite.days[0], reverse=True)


def _months_to_keep(newest: date) -> tuple[dict[int, House], list[tuple[int, Span]]]:
    """The houses, and which months of them are not kept or by another frame; the last one is never whole."""
    firsts = _first_days()
    houses = houses_of(firsts)
    asked = select(FigureSheet.venue_id, FigureSheet.first_day, FigureSheet.frame).where(
        FigureSheet.grain == Grain.MONTH
    )
    marks = {(venue, first): frame for venue, first, frame in db.session.execute(asked)}
    return houses, [
        (venue, span)
        for venue, first in firsts.items()
        if first <= newest
        for span in months_in(Span(first, newest + A_DAY))
        if marks.get((venue, number_of(span.first))) != frame_mark(houses[venue], span)
    ]


def _first_days() -> dict[int, date]:
    """From which day each house is kept; a house without bookings is not."""
    first = select(func.min(Booking.from_at)).where(Booking.venue_id == Venue.id)
    asked = select(Venue.id, first.correlate(Venue).scalar_subquery()).order_by(Venue.id)
    return {
        venue: months_back(day_of(at).replace(day=1), MONTHS_BEFORE)
        for venue, at in db.session.execute(asked)
        if at is not None
    }


def _marks_of_days(months: Sequence[tuple[int, Span]]) -> Marks:
    """By which frames the days of these months are kept, where they are."""
    if not months:
        return {}
    asked = select(FigureSheet.venue_id, FigureSheet.first_day, FigureSheet.frame).where(
        FigureSheet.venue_id.in_(sorted({venue for venue, _ in months})),
        FigureSheet.grain == Grain.DAY,
        FigureSheet.first_day >= min(number_of(span.first) for _, span in months),
        FigureSheet.first_day <= max(number_of(span.last) for _, span in months),
        FigureSheet.body != "",
    )
    return {(venue, first): frame for venue, first, frame in db.session.execute(asked)}


def _days_to_keep(house: House, span: Span, marks: Marks) -> list[date]:
    """The days of a month that are not kept, or by another frame; its first where only the sum is not."""
    days = [
        day
        for day in span
        if marks.get((house.id, number_of(day))) != frame_mark(house, Span(day, day + A_DAY))
    ]
    return days or ([span.first] if span.is_of_whole_months else [])


def _touched(venue_id: int, touched: Touched, newest: date) -> Iterator[Bite]:
    """Bites in which each change lies as a whole."""
    for first, last in _joined(sorted(touched.spans[venue_id])):
        days = [day_numbered(number) for number in range(first, last + 1)]
        yield Bite(venue_id, tuple(day for day in days if day <= newest))


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Changes that lie near each other are one bite, as long as that is not too long."""
    found: list[tuple[int, int]] = []
    for first, last in spans:
        overlaps = found and first <= found[-1][1]
        if overlaps or (found and max(last, found[-1][1]) - found[-1][0] < MOST_DAYS):
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found
