"""Who may see and manage the roster of a house, and who may take its shifts."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role
from buurthuis.foundation.access import rule
from buurthuis.venues.models import Venue

COORDINATES = (RoleName.COORDINATOR, RoleName.MANAGER)
ON_THE_ROSTER = (*COORDINATES, RoleName.KEY_HOLDER, RoleName.HOST)


@rule("roster.see")
def sees_roster(person: Person | None, venue: Venue) -> bool:
    """Whoever opens, closes or hosts there, and whoever plans it."""
    return person is not None and has_role(person, *ON_THE_ROSTER, venue_id=venue.id)


@rule("roster.manage")
def manages_roster(person: Person | None, venue: Venue) -> bool:
    """The coordinator of the house, and its managers."""
    return person is not None and has_role(person, *COORDINATES, venue_id=venue.id)
