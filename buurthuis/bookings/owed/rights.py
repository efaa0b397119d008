"""Who decides what a group owes."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role
from buurthuis.bookings.owed.models import Owed
from buurthuis.foundation.access import rule
from buurthuis.venues.models import Venue

ABOUT_MONEY = (RoleName.MANAGER, RoleName.TREASURER)


@rule("owed.decide")
def decides(person: Person | None, owed: Owed) -> bool:
    """A manager of the house, and its treasurer: they speak with the group about money."""
    return has_role(person, *ABOUT_MONEY, venue_id=owed.booking.venue_id)


@rule("owed.see")
def sees_owed(person: Person | None, venue: Venue) -> bool:
    """The same people see what all groups owe."""
    return has_role(person, *ABOUT_MONEY, venue_id=venue.id)
