"""Questions about bundles: which bookings belong together; they never commit."""

from collections.abc import Sequence

from sqlalchemy import select

from buurthuis.bookings.bundles.models import Bundle
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import WITH_EVERYTHING
from buurthuis.foundation.db import db


def bookings_of(bundle_id: int) -> Sequence[Booking]:
    """The bookings of a bundle, in the order in which they were made."""
    asked = select(Booking).where(Booking.bundle_id == bundle_id).order_by(Booking.id)
    return db.session.scalars(asked.options(*WITH_EVERYTHING)).all()


def beside(booking: Booking) -> list[Booking]:
    """The other bookings of its bundle; none when it stands alone."""
    if booking.bundle_id is None:
        return []
    return [each for each in bookings_of(booking.bundle_id) if each.id != booking.id]


def sent_before(person_id: int, submission: str | None) -> Bundle | None:
    """The bundle that this sending made already."""
    if submission is None:
        return None
    return db.session.scalar(
        select(Bundle).where(Bundle.booked_by_id == person_id, Bundle.submission == submission)
    )
