"""Who may see, answer and withdraw a change that was asked for."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.rights import edits, sees
from buurthuis.foundation.access import rule


@rule("change.see")
def sees_change(person: Person | None, change: ChangeRequest) -> bool:
    """Whoever sees the booking, and the managers of the house that is asked."""
    return sees(person, change.booking) or decides_change(person, change)


@rule("change.decide")
def decides_change(person: Person | None, change: ChangeRequest) -> bool:
    """The managers of the house of the room that is asked for."""
    return person is not None and has_role(person, RoleName.MANAGER, venue_id=change.venue_id)


@rule("change.withdraw")
def withdraws_change(person: Person | None, change: ChangeRequest) -> bool:
    """Whoever may change the booking."""
    return edits(person, change.booking)
