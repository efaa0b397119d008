"""Who may say on the day who came, and take it back."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role
from buurthuis.bookings.models import Booking
from buurthuis.bookings.rights import is_booker
from buurthuis.foundation.access import rule

AT_THE_DOOR = (RoleName.MANAGER, RoleName.HOST, RoleName.KEY_HOLDER)


@rule("booking.attend")
def attends(person: Person | None, booking: Booking) -> bool:
    """Who is at the door of its house says who came, and whether anybody did."""
    return has_role(person, *AT_THE_DOOR, venue_id=booking.venue_id)


@rule("booking.arrive")
def arrives(person: Person | None, booking: Booking) -> bool:
    """The group itself says that it is there, and so does who is at the door."""
    return person is not None and (is_booker(person, booking) or attends(person, booking))
