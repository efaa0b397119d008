"""Questions about series: its bookings, what is an exception, which days can be added; never commit."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import WITH_EVERYTHING
from buurthuis.bookings.series.models import Series, SeriesPlan
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.rules.calendar import MissingHour, day_period, moment
from buurthuis.rules.periods import Period
from buurthuis.rules.states import Status

WORDS = ("title", "remark", "purpose", "people", "is_public")
"""What is said of a booking, and planned for a series."""


def series(series_id: int) -> Series:
    """One series with its house, its initiative and its plans.

    Raises:
        NotFound: there is none.
    """
    found = db.session.scalar(
        select(Series)
        .where(Series.id == series_id)
        .options(joinedload(Series.venue), joinedload(Series.initiative))
    )
    if found is None:
        raise NotFound
    return found


def bookings_of(found: Series, *, is_fresh: bool = False) -> Sequence[Booking]:
    """Every booking that the series ever had, in the order of its days; read anew when `is_fresh`."""
    question = (
        select(Booking)
        .where(Booking.series_id == found.id)
        .options(*WITH_EVERYTHING, selectinload(Booking.extras))
        .order_by(Booking.series_day, Booking.id)
    )
    return db.session.scalars(question.execution_options(populate_existing=is_fresh)).all()


def to_come(
    bookings: Iterable[Booking], *, since: date | None = None, now: datetime
) -> list[Booking]:
    """Those that may still take place and have not begun, from a day on."""
    return [
        booking
        for booking in bookings
        if booking.is_live
        and booking.from_at > now
        and (since is None or day_in_series(booking) >= since)
    ]


def day_in_series(booking: Booking) -> date:
    """The day of its series that a booking is for, wherever it was moved to."""
    if booking.series_day is None:
        raise ValueError("not a booking of a series")
    return booking.series_day


def is_exception(found: Series, booking: Booking) -> bool:
    """The booking was changed by itself: it differs from what the series plans for its day."""
    plan, day = found.plan_on(day_in_series(booking)), day_in_series(booking)
    if any(getattr(booking, name) != getattr(plan, name) for name in ("room_id", *WORDS)):
        return True
    return booking.period != planned_period(plan, day)


def planned_period(plan: SeriesPlan, day: date) -> Period | None:
    """From when until when on a day; None when the clock skips that."""
    try:
        return Period(moment(day, plan.starts_minute), moment(day, plan.ends_minute))
    except MissingHour:
        return None


def days_to_add(found: Series, bookings: Sequence[Booking], *, now: datetime) -> list[date]:
    """The days to come that the rule gave and that have no booking now; each can be added again."""
    known = {each.day for each in found.left_out} | {day_in_series(each) for each in bookings}
    live = {day_in_series(booking) for booking in bookings if booking.is_live}
    return sorted(day for day in known - live if day_period(day).start > now)


def waiting(bookings: Iterable[Booking], *, now: datetime) -> list[Booking]:
    """Those that wait for an answer of the house and are not over."""
    return [
        booking
        for booking in bookings
        if booking.status == Status.REQUESTED and booking.to_at > now
    ]


def mark_of(bookings: Iterable[Booking]) -> int:
    """A mark that is another one as soon as one of these bookings changes, comes or goes."""
    return sum(booking.sequence + 1 for booking in bookings)
