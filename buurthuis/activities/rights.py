"""Who may take a visitor off the list."""

from buurthuis.accounts.models import Person
from buurthuis.activities.models import Seat
from buurthuis.bookings.rights import edits
from buurthuis.foundation.access import rule


@rule("seat.remove")
def removes(person: Person | None, seat: Seat) -> bool:
    """Whoever may change the booking."""
    return edits(person, seat.activity.booking)
