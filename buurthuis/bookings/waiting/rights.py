"""Who may see a wish on the waiting list, and act for it."""

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import has_role, speaks_for
from buurthuis.bookings.slips.rights import BOOKS
from buurthuis.bookings.waiting.models import WaitingWish
from buurthuis.foundation.access import rule


@rule("waiting.act")
def acts(person: Person | None, wish: WaitingWish) -> bool:
    """Who speaks for the initiative that waits; the house sees its list on the desk."""
    return speaks_for(person, wish.initiative_id)


@rule("waiting.serve")
def serves(person: Person | None, wish: WaitingWish) -> bool:
    """Whoever books at the desk of its house acts for who has no e-mail."""
    return has_role(person, *BOOKS, venue_id=wish.venue_id)
