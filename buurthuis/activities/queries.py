"""Questions about activities: one of them, who comes, and what the agenda says instead of a title."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from buurthuis.activities.models import Activity, Place, Seat
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.rules.states import Status
from buurthuis.venues.photos import Picture

CAN_BE_READ = frozenset({Status.CONFIRMED, Status.NO_SHOW, Status.CANCELLED})
"""A cancelled activity still says so to whoever comes by with the link."""

WITH_PLACE = joinedload(Activity.booking).options(
    joinedload(Booking.room), joinedload(Booking.venue)
)


def shown(activity_id: int) -> Activity:
    """An activity that everybody may read.

    Raises:
        NotFound
    """
    found = db.session.scalar(
        select(Activity)
        .where(Activity.id == activity_id)
        .options(WITH_PLACE, joinedload(Activity.picture))
    )
    if found is None or not is_shown(found):
        raise NotFound
    return found


def is_shown(activity: Activity) -> bool:
    """May everybody read it?"""
    booking = activity.booking
    return booking.is_public and booking.status in CAN_BE_READ


def of_booking(booking: Booking) -> Activity | None:
    """What everybody may read about a booking, if anybody has written it."""
    return db.session.scalar(select(Activity).where(Activity.booking_id == booking.id))


def own_picture(booking: Booking) -> bytes:
    """The picture that everybody sees once a booking is in the agenda, small, as a JPEG.

    Raises:
        NotFound: it has none.
    """
    wanted = select(Picture.small).join(Activity, Activity.picture_id == Picture.id)
    content = db.session.scalar(wanted.where(Activity.booking_id == booking.id))
    if content is None:
        raise NotFound
    return content


def seat(seat_id: int) -> Seat:
    """Somebody's seats.

    Raises:
        NotFound
    """
    found = db.session.scalar(
        select(Seat)
        .where(Seat.id == seat_id)
        .options(joinedload(Seat.activity).options(WITH_PLACE))
    )
    if found is None:
        raise NotFound
    return found


def visitors(activity: Activity) -> Sequence[Seat]:
    """Everybody who comes or waits, in the order in which they reserved."""
    coming = select(Seat).where(Seat.activity_id == activity.id, Seat.place != Place.GIVEN_UP)
    return db.session.scalars(coming.order_by(Seat.id)).all()
