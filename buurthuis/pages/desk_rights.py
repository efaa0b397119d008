"""Who may stand at the desk of a house."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role
from buurthuis.bookings.models import Booking
from buurthuis.bookings.rights import AT_THE_DESK
from buurthuis.foundation.access import rule
from buurthuis.tariffs.models import Recognition
from buurthuis.venues.models import Venue


@rule("desk.see")
def stands_at_desk(person: Person | None, place: Venue | Booking) -> bool:
    """Whoever works in the house. The board does not: it reads figures, without names."""
    venue_id = place.venue_id if isinstance(place, Booking) else place.id
    return has_role(person, *AT_THE_DESK, venue_id=venue_id)


@rule("standing.end")
def may_end(person: Person | None, recognition: Recognition) -> bool:
    """A manager ends what their own house recognised."""
    return has_role(person, RoleName.MANAGER, venue_id=recognition.venue_id)
