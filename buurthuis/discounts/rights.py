"""Who may see what a house gives, and who sets its budget."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role, houses_of
from buurthuis.foundation.access import rule
from buurthuis.venues.models import Venue

SEE = (RoleName.MANAGER, RoleName.TREASURER, RoleName.BOARD)
SET = (RoleName.MANAGER, RoleName.TREASURER)


@rule("discounts.see")
def sees_discounts(person: Person | None, venue: Venue) -> bool:
    """Its managers and treasurer, and the board."""
    return has_role(person, *SEE, venue_id=venue.id)


@rule("discounts.budget")
def sets_budget(person: Person | None, venue: Venue) -> bool:
    """Its managers and treasurer write down what residents decided."""
    return has_role(person, *SET, venue_id=venue.id)


@rule("houses.compare")
def compares_houses(person: Person | None, _thing: None) -> bool:
    """Whoever sees the discounts of some house sees those of their houses beside each other."""
    return houses_of(person, *SEE) != set()
