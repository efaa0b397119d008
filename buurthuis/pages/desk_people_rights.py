"""Who may do what with the people of a house, at its desk."""

from typing import Any

from buurthuis.accounts.models import Person, Role, RoleName
from buurthuis.accounts.queries import has_role
from buurthuis.bookings.rights import manages
from buurthuis.foundation.access import rule
from buurthuis.venues.models import Venue


@rule("role.change")
def changes_role(person: Person | None, role: Role) -> bool:
    """The managers of its house; what a head manager is, is no business of one house."""
    is_ours = role.venue_id is not None and role.name is not RoleName.ADMIN
    return is_ours and has_role(person, RoleName.MANAGER, venue_id=role.venue_id)


@rule("person.give_slip")
def gives_slip(person: Person | None, neighbour: tuple[Venue, Person]) -> bool:
    """The managers of the house that the person has to do with."""
    return manages(person, neighbour[0])


@rule("address.answer")
def answers_address(person: Person | None, waiting: Any) -> bool:
    """The managers of any house that the person has to do with; it takes two of them."""
    return manages(person, waiting.venue)
