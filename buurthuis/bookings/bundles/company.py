"""Rooms that go only with another one: what would be left alone when that one goes."""

from collections.abc import Iterable, Sequence
from functools import reduce

from sqlalchemy import Select, select

from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import overlapping
from buurthuis.bookings.refusals import LeavesAlone
from buurthuis.foundation.db import db
from buurthuis.occupancy.queries import spaces_of
from buurthuis.rules.periods import Period, intersect, merge
from buurthuis.rules.states import LIVE
from buurthuis.venues.models import Room, RoomCompany


def insist_on_company(booking: Booking, before: Period) -> None:
    """Refuse a change of a booking that leaves another one of its group alone; ask after the change.

    Raises:
        LeavesAlone
    """
    alone = left_alone_by(booking, before)
    if alone:
        raise LeavesAlone([each.room for each in alone])


def insist_on_company_of_each(had: Sequence[tuple[Booking, Period]]) -> None:
    """As `insist_on_company`, for bookings of one initiative with the time that each had.

    Raises:
        LeavesAlone
    """
    if has_needy(had):
        for booking, before in had:
            insist_on_company(booking, before)


def has_needy(had: Sequence[tuple[Booking, Period]]) -> bool:
    """Whether their initiative has a room in all that time which goes only with another one.

    One question: most groups have none, and then nobody needs to ask for each booking.
    """
    if not had:
        return False
    span = Period(min(each.start for _, each in had), max(each.end for _, each in had))
    needy = overlapping(span).where(
        Booking.initiative_id == had[0][0].initiative_id,
        Booking.status.in_(LIVE),
        Booking.room_id.in_(select(RoomCompany.room_id)),
    )
    return db.session.scalar(needy.with_only_columns(Booking.id).limit(1)) is not None


def left_alone_by(booking: Booking, before: Period | None = None) -> list[Booking]:
    """Live bookings of the same group, at that time, whose room has none of its company any more.

    They are locked. `before` is the time that the booking had, where it has another one now.
    """
    question = _needy_beside(booking, before or booking.period)
    found = db.session.scalars(question.with_for_update(of=Booking)).all()
    return [each for each in found if not has_company(each)]


def left_alone_if(booking: Booking, room: Room, period: Period) -> list[Booking]:
    """Who would have no company any more if a booking had this place instead; nothing is locked."""
    found = db.session.scalars(_needy_beside(booking, booking.period)).all()
    elsewhere = (booking.id, room, period)
    return [each for each in found if not has_company(each, elsewhere)]


def goes_along_with(booking: Booking) -> list[Booking]:
    """Who would be called off as well if a booking were cancelled; nothing is locked."""
    found = db.session.scalars(_needy_beside(booking, booking.period)).all()
    return [each for each in found if not has_company(each, without=booking.id)]


def _needy_beside(booking: Booking, period: Period) -> Select[Booking]:
    needy = select(RoomCompany.room_id)
    question = overlapping(period).where(
        Booking.initiative_id == booking.initiative_id,
        Booking.id != booking.id,
        Booking.status.in_(LIVE),
        Booking.room_id.in_(needy),
    )
    return question.order_by(Booking.id)


def has_company(
    booking: Booking,
    elsewhere: tuple[int, Room, Period] | None = None,
    *,
    without: int | None = None,
) -> bool:
    """Whether its group has one of the rooms it goes with, all that time: also by a mere request.

    `elsewhere` looks at one booking of the group as if it had another room and time; `without` as
    if one were not there.
    """
    company = booking.room.only_with
    if not company:
        return True
    question = overlapping(booking.period).where(
        Booking.initiative_id == booking.initiative_id,
        Booking.id != booking.id,
        Booking.status.in_(LIVE),
    )
    others = [each for each in db.session.scalars(question) if each.id != without]
    beside = [(each.id, each.room, each.period) for each in others]
    if elsewhere is not None:
        beside = [*(each for each in beside if each[0] != elsewhere[0]), elsewhere]
    spaces = spaces_of([*(room for _, room, _ in beside), *company])
    for other in company:
        times = (
            merge(period for _, room, period in beside if space in spaces[room.id])
            for space in spaces[other.id]
        )
        if _is_within(booking.period, reduce(intersect, times)):
            return True
    return False


def _is_within(period: Period, times: Iterable[Period]) -> bool:
    return any(each.contains(period) for each in times)
