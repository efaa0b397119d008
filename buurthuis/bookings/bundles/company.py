"""Rooms that go only with another one: what would be left alone when that one goes."""

from collections.abc import Iterable
from functools import reduce

from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import overlapping
from buurthuis.bookings.refusals import LeavesAlone
from buurthuis.foundation.db import db
from buurthuis.occupancy.queries import spaces_of
from buurthuis.rules.periods import Period, intersect, merge
from buurthuis.rules.states import LIVE
from buurthuis.venues.models import RoomCompany


def insist_on_company(booking: Booking, before: Period) -> None:
    """Refuse a change of a booking that leaves another one of its group alone; ask after the change.

    Raises:
        LeavesAlone
    """
    alone = left_alone_by(booking, before)
    if alone:
        raise LeavesAlone([each.room for each in alone])


def left_alone_by(booking: Booking, before: Period | None = None) -> list[Booking]:
    """Live bookings of the same group, at that time, whose room has none of its company any more.

    They are locked. `before` is the time that the booking had, where it has another one now.
    """
    needy = select(RoomCompany.room_id)
    question = overlapping(before or booking.period).where(
        Booking.initiative_id == booking.initiative_id,
        Booking.id != booking.id,
        Booking.status.in_(LIVE),
        Booking.room_id.in_(needy),
    )
    found = db.session.scalars(question.order_by(Booking.id).with_for_update(of=Booking)).all()
    return [each for each in found if not _has_company(each)]


def _has_company(booking: Booking) -> bool:
    """Whether its group has one of the rooms it goes with, all that time: also by a mere request."""
    question = overlapping(booking.period).where(
        Booking.initiative_id == booking.initiative_id,
        Booking.id != booking.id,
        Booking.status.in_(LIVE),
    )
    beside = db.session.scalars(question).all()
    company = booking.room.only_with
    spaces = spaces_of([*(each.room for each in beside), *company])
    for other in company:
        times = (
            merge(each.period for each in beside if space in spaces[each.room_id])
            for space in spaces[other.id]
        )
        if _is_within(booking.period, reduce(intersect, times)):
            return True
    return not company


def _is_within(period: Period, times: Iterable[Period]) -> bool:
    return any(each.contains(period) for each in times)
