"""Questions about slips; they never commit."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import WITH_EVERYTHING
from buurthuis.bookings.slips.models import Slip
from buurthuis.foundation.db import db

STANDS_AFTER = timedelta(days=1)
"""How long after the end of its booking a slip still opens."""


def slip_of(booking: Booking) -> Slip | None:
    """The paper of a booking, when one was printed."""
    return db.session.scalar(select(Slip).where(Slip.booking_id == booking.id))


def opened_slip(slip_id: int, edition: int, *, now: datetime) -> Slip | None:
    """A slip that a browser opened, while it stands and has had no new PIN since."""
    found = db.session.scalar(
        select(Slip)
        .where(Slip.id == slip_id, Slip.edition == edition)
        .options(joinedload(Slip.booking).options(*WITH_EVERYTHING, joinedload(Booking.booked_by)))
    )
    return found if found is not None and still_stands(found, now=now) else None


def still_stands(slip: Slip, *, now: datetime) -> bool:
    """Its booking is not long over, and who booked it is still in the books."""
    booking = slip.booking
    return now < booking.to_at + STANDS_AFTER and booking.booked_by.left_at is None
