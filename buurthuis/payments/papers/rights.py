"""Who sees what the use of a group was worth, all houses together."""

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import is_admin_of_all, speaks_for
from buurthuis.foundation.access import rule
from buurthuis.payments.papers.uses import Use


@rule("value.see")
def sees_value(person: Person | None, use: Use) -> bool:
    """Whoever speaks for the group, and an admin over all houses."""
    return speaks_for(person, use.initiative_id) or is_admin_of_all(person)
