"""What a statement of value is about: bookings of one group that stand, and may be read by who asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Initiative
from buurthuis.accounts.queries import initiative_by_id
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.models import Series
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.rules.calendar import day_of, moment
from buurthuis.rules.states import Status

YEARS: Final = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class Use:
    """What a group used, or is certain to use, in the order of the clock; nothing, perhaps."""

    initiative: Initiative
    bookings: Sequence[Booking]
    year: int | None = None
    """All that is over of this year; None is of one booking or one series."""

    @property
    def initiative_id(self) -> int:
        """Whose it is."""
        return self.initiative.id


def of_booking(booking: Booking) -> Use:
    """One booking, over or still to come, if it is certain."""
    return Use(booking.initiative, _that_stand(Booking.id == booking.id))


def of_series(series: Series) -> Use:
    """All days of a series that are certain."""
    return Use(series.initiative, _that_stand(Booking.series_id == series.id))


def of_year(initiative_id: int, year: int) -> Use:
    """Everything that a group used in a year until now, in all houses.

    Raises:
        NotFound: there is no such group or year.
    """
    initiative = initiative_by_id(initiative_id)
    if year not in YEARS:
        raise NotFound
    begins, ends = _first_moment(year), _first_moment(year + 1)
    is_of_year = (Booking.from_at >= begins) & (Booking.from_at < ends)
    is_theirs = Booking.initiative_id == initiative.id
    found = _that_stand(is_theirs & is_of_year & (Booking.to_at <= clock.now()))
    return Use(initiative, found, year)


def worth_of(groups: Collection[Initiative]) -> list[tuple[Initiative, list[int]]]:
    """In which years each of these groups used something, the latest first; one statement."""
    over = select(
        Booking.initiative_id, func.min(Booking.from_at), func.max(Booking.from_at)
    ).where(
        Booking.initiative_id.in_([each.id for each in groups]),
        Booking.status == Status.CONFIRMED,
        Booking.to_at <= clock.now(),
    )
    found = {
        whose: list(range(day_of(last).year, day_of(first).year - 1, -1))
        for whose, first, last in db.session.execute(over.group_by(Booking.initiative_id))
    }
    return [(each, found[each.id]) for each in groups if each.id in found]


def _first_moment(year: int) -> datetime:
    return moment(date(year, 1, 1), 0)


def _that_stand(which: ColumnElement[bool]) -> Sequence[Booking]:
    asked = select(Booking).where(which, Booking.status == Status.CONFIRMED)
    with_place = asked.options(joinedload(Booking.room), joinedload(Booking.venue))
    return db.session.scalars(with_place.order_by(Booking.from_at, Booking.id)).all()
