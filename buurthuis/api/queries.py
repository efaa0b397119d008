"""Which bookings a person may see, in the order of their start, from a place in that order on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlalchemy.orm import selectinload

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import houses_of
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import visible_to
from buurthuis.bookings.rights import STAFF
from buurthuis.foundation.db import db
from buurthuis.venues.models import Venue

LONGER_THAN_ANY_BOOKING = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list of bookings, which is in the order of start and id."""

    starts_at: datetime
    booking_id: int


def bookings_seen_by(
    person: Person,
    *,
    venue: Venue | None,
    since: datetime | None,
    until: datetime | None,
    after: Place | None,
    limit: int,
) -> list[Booking]:
    """Bookings that overlap the time from `since` to `until`, after a place, `limit` at most."""
    question = visible_to(person, houses_of(person, *STAFF))
    if venue is not None:
        question = question.where(Booking.venue_id == venue.id)
    if since is not None:
        # The start is in the index and the end is not, so the range must begin at a start.
        earliest = since - LONGER_THAN_ANY_BOOKING
        question = question.where(Booking.to_at > since, Booking.from_at > earliest)
    if until is not None:
        question = question.where(Booking.from_at < until)
    if after is not None:
        same_start = and_(Booking.from_at == after.starts_at, Booking.id > after.booking_id)
        question = question.where(or_(Booking.from_at > after.starts_at, same_start))
    in_order = question.order_by(Booking.from_at, Booking.id).limit(limit)
    in_order = in_order.options(selectinload(Booking.extras))
    return list(db.session.scalars(in_order))
