"""Questions about series: its bookings, what is an exception, which days can be added; never commit."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.queries import WITH_ITS_BOOKING, waiting_for
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import WITH_EVERYTHING
from buurthuis.bookings.series.models import Series, SeriesChange, SeriesPlan
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.rules.calendar import MissingHour, day_period, moment
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room, Venue

WORDS = ("title", "remark", "purpose", "people", "is_public")
"""What is said of a booking, and planned for a series."""

ALONG = ("setup_minutes", "teardown_minutes", "extras")
"""What goes with every day of a series: the group's own minutes, and things of the house."""

COMPARED = ("room_id", "starts_minute", "ends_minute", *WORDS)
"""In what a booking can differ from its plan, so that it was changed by itself."""


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
    """The booking was changed by itself: it differs from what the series plans for its day.

    While a change of the series waits for the house, the days that changed at once are as it asks.
    """
    plan = found.plan_on(day_in_series(booking))
    if _is_as(booking, {name: getattr(plan, name) for name in COMPARED}):
        return False
    if found.asked is None or day_in_series(booking) < found.asked.from_on:
        return True
    asked = {name: getattr(plan, name) for name in COMPARED} | found.asked.values
    return not _is_as(booking, asked)


def _is_as(booking: Booking, planned: Mapping[str, Any]) -> bool:
    """The booking has the room, the words and the clock times of a plan."""
    if any(getattr(booking, name) != planned[name] for name in ("room_id", *WORDS)):
        return False
    times = planned["starts_minute"], planned["ends_minute"]
    return booking.period == period_on(day_in_series(booking), *times)


def days_waiting(question: SeriesChange) -> Sequence[ChangeRequest]:
    """The days of a change of a whole series to which the house can still say yes, in their order."""
    asked = waiting_for(clock.now()).where(ChangeRequest.series_change_id == question.id)
    return db.session.scalars(
        asked.options(*WITH_ITS_BOOKING).order_by(Booking.series_day, ChangeRequest.id)
    ).all()


def days_of_questions(numbers: Collection[int], venue: Venue) -> Sequence[ChangeRequest]:
    """All days of changes of whole series, by the numbers of those, that this house is asked for."""
    asked = select(ChangeRequest).where(
        ChangeRequest.series_change_id.in_(numbers), ChangeRequest.venue_id == venue.id
    )
    beside = (*WITH_ITS_BOOKING, joinedload(ChangeRequest.series_change))
    return db.session.scalars(asked.options(*beside).order_by(ChangeRequest.id)).all()


def reason_of(question: SeriesChange) -> str:
    """Why the house said no to a change of a series: what it said last."""
    asked = select(ChangeRequest.reason).where(ChangeRequest.series_change_id == question.id)
    return db.session.scalar(asked.order_by(ChangeRequest.decided_at.desc()).limit(1)) or ""


def values_of(question: SeriesChange) -> dict[str, Any]:
    """What the plan is to say, as a plan keeps it."""
    values = dict(question.values)
    if "purpose" in values:
        values["purpose"] = Purpose(values["purpose"])
    if "room_id" in values:
        values["room"] = db.session.get_one(Room, values["room_id"])
    return values


def planned_period(plan: SeriesPlan, day: date) -> Period | None:
    """From when until when on a day; None when the clock skips that."""
    return period_on(day, plan.starts_minute, plan.ends_minute)


def period_on(day: date, starts_minute: int, ends_minute: int) -> Period | None:
    """The same for clock times, in minutes."""
    try:
        return Period(moment(day, starts_minute), moment(day, ends_minute))
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
