"""Who may read the list of visitors, and who may take somebody off it."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role
from buurthuis.activities.models import Seat
from buurthuis.bookings.models import Booking
from buurthuis.bookings.rights import edits
from buurthuis.foundation.access import rule


@rule("seat.remove")
def removes(person: Person | None, seat: Seat) -> bool:
    """Whoever may change the booking."""
    return edits(person, seat.activity.booking)


@rule("booking.visitors")
def reads_visitors(person: Person | None, booking: Booking) -> bool:
    """Whoever may change the booking, and who stands at the door of its house."""
    is_host = person is not None and has_role(person, RoleName.HOST, venue_id=booking.venue_id)
    return is_host or edits(person, booking)
