"""Who may recognise the standing of an initiative."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role, is_admin_of_all
from buurthuis.foundation.access import rule
from buurthuis.venues.models import Venue


@rule("standing.recognise")
def may_recognise(person: Person | None, venue: Venue | None) -> bool:
    """A manager recognises in their own house; for all houses at once (None) an admin decides."""
    if venue is None:
        return is_admin_of_all(person)
    return has_role(person, RoleName.MANAGER, venue_id=venue.id)
