"""Who sees and decides what groups owe."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role
from buurthuis.bookings.owed.models import Owed
from buurthuis.bookings.rights import reads
from buurthuis.foundation.access import rule
from buurthuis.venues.models import Venue

ABOUT_MONEY = (RoleName.MANAGER, RoleName.TREASURER)


@rule("owed.see")
def sees_owed(person: Person | None, owed: Owed) -> bool:
    """Whoever reads the booking."""
    return reads(person, owed.booking)


@rule("owed.decide")
def decides(person: Person | None, owed: Owed) -> bool:
    """A manager of the house, and its treasurer: they speak with groups about money."""
    return has_role(person, *ABOUT_MONEY, venue_id=owed.booking.venue_id)


@rule("desk.owed")
def sees_all_owed(person: Person | None, venue: Venue) -> bool:
    """The same people see what all groups owe."""
    return has_role(person, *ABOUT_MONEY, venue_id=venue.id)
