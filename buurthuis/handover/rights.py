"""Who hands over what; leaving, and seeing what is stored, everybody does for themselves."""

from buurthuis.accounts.models import Person
from buurthuis.foundation.access import rule
from buurthuis.venues.models import Venue


@rule("house.hand_over")
def hands_house_over(person: Person | None, venue: Venue) -> bool:
    """Whoever has a role in this very house; a role over all houses is no house's to hand over."""
    return person is not None and any(role.venue_id == venue.id for role in person.roles)
