"""What goes with bookings, in words."""

from collections.abc import Iterable

from buurthuis.bookings.models import Booking
from buurthuis.extras.queries import extras_with
from buurthuis.extras.words import quantity_words


def things_of(bookings: Iterable[Booking]) -> dict[int, str]:
    """What goes with each booking, by its id: "1 × beamer, 3 jugs coffee"; with one question."""
    ids = [booking.id for booking in bookings]
    found = extras_with(ids) if ids else {}
    return {
        booking_id: ", ".join(quantity_words(each.quantity, each.extra) for each in extras)
        for booking_id, extras in found.items()
    }
