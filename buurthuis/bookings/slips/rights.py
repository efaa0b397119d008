"""Who books at the desk for others, prints a paper for them, and calls them."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role
from buurthuis.bookings.models import Booking
from buurthuis.bookings.slips.models import PhoneCall
from buurthuis.foundation.access import rule
from buurthuis.venues.models import Venue

BOOKS = (RoleName.MANAGER, RoleName.HOST)


@rule("desk.book")
def books_at_desk(person: Person | None, venue: Venue) -> bool:
    """Managers and hosts of the house."""
    return has_role(person, *BOOKS, venue_id=venue.id)


@rule("desk.give_slip")
def gives_slip(person: Person | None, booking: Booking) -> bool:
    """Whoever books at the desk of its house."""
    return has_role(person, *BOOKS, venue_id=booking.venue_id)


@rule("call.make")
def calls_them(person: Person | None, call: PhoneCall) -> bool:
    """Whoever books at the desk of the house."""
    return has_role(person, *BOOKS, venue_id=call.venue_id)
