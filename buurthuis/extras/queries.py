"""Questions about extras: which there are, and what is away when; they never commit."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from buurthuis.extras.guard import LONGEST_SECONDS
from buurthuis.extras.models import BookingExtra, Extra
from buurthuis.foundation.db import db
from buurthuis.rules.periods import Period
from buurthuis.rules.stock import Away
from buurthuis.venues.models import Room, Venue


def extras_of(venue: Venue) -> Sequence[Extra]:
    """What a house lends and brings, in its order."""
    asked = select(Extra).where(Extra.venue_id == venue.id, Extra.retired_at.is_(None))
    in_order = asked.order_by(Extra.position, Extra.id).options(selectinload(Extra.rooms))
    return db.session.scalars(in_order).all()


def extras_for(room: Room) -> list[Extra]:
    """What goes with one room."""
    return [
        extra
        for extra in extras_of(room.venue)
        if not extra.rooms or room.id in {each.id for each in extra.rooms}
    ]


def extras_by_id(ids: Collection[int]) -> dict[int, Extra]:
    """These extras, also those that the house has no more."""
    asked = select(Extra).where(Extra.id.in_(ids)).options(selectinload(Extra.rooms))
    return {extra.id: extra for extra in db.session.scalars(asked)}


def away(extra_id: int, within: Period, *, ignoring: int | None = None) -> list[Away]:
    """What is away of an extra in a period, and for how long; `ignoring` leaves out one booking."""
    earliest = within.start - timedelta(seconds=LONGEST_SECONDS)
    asked = select(BookingExtra.from_at, BookingExtra.to_at, BookingExtra.quantity).where(
        BookingExtra.extra_id == extra_id,
        BookingExtra.from_at > earliest,
        BookingExtra.from_at < within.end,
        BookingExtra.to_at > within.start,
    )
    if ignoring is not None:
        asked = asked.where(BookingExtra.booking_id != ignoring)
    return [Away(Period(a, b), quantity) for a, b, quantity in db.session.execute(asked) if a and b]


def extras_with(booking_ids: Collection[int]) -> dict[int, list[BookingExtra]]:
    """What goes with each of these bookings, by its id, in the order of the house; one statement."""
    asked = select(BookingExtra).join(BookingExtra.extra)
    mine = asked.where(BookingExtra.booking_id.in_(booking_ids))
    found: dict[int, list[BookingExtra]] = {}
    for each in db.session.scalars(mine.order_by(Extra.position, Extra.id)):
        found.setdefault(each.booking_id, []).append(each)
    return found
