"""The letter to a group that did not come; it lies for a day, as long as the no-show can be undone."""

from datetime import datetime

from buurthuis.bookings import letters
from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.facts import owed_for_one
from buurthuis.foundation import outbox


def nobody_came(booking: Booking, *, leaves_at: datetime) -> None:
    """The booker reads that nobody was seen, and whom to call if that is a mistake."""
    facts = owed_for_one(booking)
    letters.to_booker(
        "booking_no_show", booking, leaves_at=leaves_at, about=_about(booking), **facts
    )


def they_came_after_all(booking: Booking) -> None:
    """Take the letter back; nobody has read it."""
    outbox.withdraw(_about(booking))


def _about(booking: Booking) -> str:
    return f"no-show:{booking.id}"
