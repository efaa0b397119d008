"""Who writes down volunteer work, and who corrects it."""

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import has_role, houses_of
from buurthuis.bookings.rights import STAFF, manages
from buurthuis.evidence.work.models import VolunteerWork
from buurthuis.foundation.access import rule
from buurthuis.venues.models import Venue


@rule("work.mine")
def has_work(person: Person | None, _thing: None) -> bool:
    """Whoever has a role in some house."""
    return person is not None and houses_of(person, *STAFF) != set()


@rule("work.log")
def logs(person: Person | None, venue: Venue) -> bool:
    """Whoever has a role in the house writes down own hours."""
    return person is not None and has_role(person, *STAFF, venue_id=venue.id)


@rule("work.change")
def changes(person: Person | None, work: VolunteerWork) -> bool:
    """Whose hours they are, and the managers of the house."""
    if person is None:
        return False
    return work.person_id == person.id or manages(person, work.venue)
