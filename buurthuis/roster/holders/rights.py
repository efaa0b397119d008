"""Who may say that somebody knows a house, and when somebody can."""

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import has_role
from buurthuis.foundation.access import rule
from buurthuis.roster.holders.queries import HolderHere
from buurthuis.roster.rights import ON_THE_ROSTER, manages_roster
from buurthuis.roster.when.queries import Whose


@rule("holder.manage")
def manages_holder(person: Person | None, holder: HolderHere) -> bool:
    """The coordinator of the house, and its managers."""
    return manages_roster(person, holder.venue)


@rule("availability.change")
def changes_availability(person: Person | None, whose: Whose) -> bool:
    """Whoever opens, hosts or plans somewhere says it for themselves.

    The house says it for somebody without e-mail.
    """
    if person is None:
        return False
    if whose.venue is None:
        return whose.person.id == person.id and has_role(person, *ON_THE_ROSTER)
    return whose.person.email is None and manages_roster(person, whose.venue)
