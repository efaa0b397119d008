"""Who may see figures: of which houses, and of all that they see together."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role, houses_of
from buurthuis.foundation.access import rule
from buurthuis.venues.models import Venue

SEE = (RoleName.BOARD, RoleName.TREASURER, RoleName.MANAGER)


@rule("figures.see")
def sees_figures(person: Person | None, venue: Venue | None) -> bool:
    """The board, the treasurer and the managers of a house; without a house, of any."""
    return has_role(person, *SEE, venue_id=None if venue is None else venue.id)


def houses_seen(person: Person | None, venues: list[Venue]) -> list[Venue]:
    """Of these houses those whose figures somebody may see."""
    ids = houses_of(person, *SEE)
    return [each for each in venues if ids is None or each.id in ids]
