"""Who sees and does the money of a house, and who sees an invoice."""

from typing import Any

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role, speaks_for
from buurthuis.foundation.access import rule
from buurthuis.payments.invoices.models import Invoice
from buurthuis.venues.models import Venue

ABOUT_MONEY = (RoleName.MANAGER, RoleName.TREASURER)


@rule("money.see")
def sees_money(person: Person | None, thing: Any) -> bool:
    """Managers and the treasurer of a house, and the board; `thing` is the house or of the house."""
    return has_role(person, *ABOUT_MONEY, RoleName.BOARD, venue_id=_house(thing))


@rule("money.do")
def does_money(person: Person | None, thing: Any) -> bool:
    """Managers and the treasurer of a house; the board only looks."""
    return has_role(person, *ABOUT_MONEY, venue_id=_house(thing))


@rule("invoice.see")
def sees_invoice(person: Person | None, invoice: Invoice) -> bool:
    """Who sees the money of its house, and who speaks for the group it is for."""
    return sees_money(person, invoice) or pays_invoice(person, invoice)


@rule("invoice.pay")
def pays_invoice(person: Person | None, invoice: Invoice) -> bool:
    """Who speaks for the group it is for."""
    return speaks_for(person, invoice.initiative_id)


def _house(thing: Any) -> int:
    return thing.id if isinstance(thing, Venue) else thing.venue_id
