"""What is on in the houses: public activities as light rows, and never more of them than a page shows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.rules.periods import Period
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room, Venue

DAYS_AHEAD = 400
Row = tuple[int, str, datetime, datetime, int, str, str, int, str, str]
LONGEST = timedelta(days=2)
"""No booking lasts as long, so the range in the index stays short."""


class Named(NamedTuple):
    """A house or a room, as far as a list names it."""

    id: int
    slug: str
    name: str


class Activity(NamedTuple):
    """A confirmed booking that was made public."""

    id: int
    title: str
    from_at: datetime
    to_at: datetime
    room: Named
    venue: Named

    @property
    def period(self) -> Period:
        """From when until when it takes place."""
        return Period(self.from_at, self.to_at)


def coming(
    *,
    now: datetime,
    venue: Venue | None = None,
    days: int = DAYS_AHEAD,
    skip: int = 0,
    most: int,
) -> list[Activity]:
    """What is on now or later, soonest first: at most so many, after those that were shown before."""
    question = _between(now, now + timedelta(days=days), venue)
    return _activities(question.offset(skip).limit(most))


def count_coming(*, now: datetime, venue: Venue | None = None) -> int:
    """How much is on now or later."""
    question = _between(now, now + timedelta(days=DAYS_AHEAD), venue).order_by(None)
    counted = question.with_only_columns(func.count(), maintain_column_froms=True)
    return db.session.scalar(counted) or 0


def within(venue: Venue, period: Period) -> list[Activity]:
    """What is on in a house within a period."""
    return _activities(_between(period.start, period.end, venue))


def told_as(title: ColumnElement[str]) -> None:
    """Let a storey above give a public booking a title for everybody, where it has one."""
    _titles.insert(0, title)


_titles: list[ColumnElement[str]] = [Booking.title.expression]


def _between(start: datetime, end: datetime, venue: Venue | None) -> Select[*Row]:
    asked = (
        select(
            *(Booking.id, func.coalesce(*_titles, ""), Booking.from_at, Booking.to_at),
            *(Room.id, Room.slug, Room.name),
            *(Venue.id, Venue.slug, Venue.name),
        )
        .select_from(Booking)
        .join(Room, Room.id == Booking.room_id)
        .join(Venue, Venue.id == Booking.venue_id)
        .where(*_is_public(), Booking.to_at > start)
        .where(Booking.from_at > start - LONGEST, Booking.from_at < end)
        .order_by(Booking.from_at, Booking.id)
    )
    return asked if venue is None else asked.where(Booking.venue_id == venue.id)


def _is_public() -> Sequence[ColumnElement[bool]]:
    return Booking.is_public.is_(True), Booking.status == Status.CONFIRMED


def _activities(question: Select[*Row]) -> list[Activity]:
    return [
        Activity(number, title, from_at, to_at, Named(a, b, c), Named(x, y, z))
        for number, title, from_at, to_at, a, b, c, x, y, z in db.session.execute(question)
    ]
