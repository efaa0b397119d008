"""Which letter goes to whoever waits: a place is kept for you."""

from buurthuis.bookings import letters
from buurthuis.bookings.models import Booking
from buurthuis.foundation.links import absolute
from buurthuis.rules.calendar import rfc3339


def offered(booking: Booking, *, is_at_once: bool) -> None:
    """Who waited hears that a place is kept, until when, what it costs, and where to say yes or no."""
    letters.to_booker(
        "waiting_offer",
        booking,
        until_iso=rfc3339(booking.expires_at or booking.from_at),
        is_at_once=is_at_once,
        offer_link=absolute("bookings.offer", booking_id=booking.id),
    )
