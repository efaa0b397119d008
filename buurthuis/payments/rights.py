"""Who sees and does the money of a house, and who sees an invoice."""

from typing import Any

from sqlalchemy import select

from buurthuis.accounts.models import Initiative, Person, RoleName
from buurthuis.accounts.queries import has_role, houses_of, speaks_for
from buurthuis.bookings.models import Booking
from buurthuis.foundation.access import rule
from buurthuis.foundation.db import db
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


@rule("billing.edit")
def tells_billing(person: Person | None, initiative: Initiative) -> bool:
    """Who speaks for a group, and who does the money of a house where it books: it may be told by phone."""
    if speaks_for(person, initiative.id):
        return True
    houses = houses_of(person, *ABOUT_MONEY)
    if houses is None:
        return True
    asked = select(Booking.id).where(
        Booking.initiative_id == initiative.id, Booking.venue_id.in_(houses)
    )
    return bool(houses) and db.session.scalar(asked.limit(1)) is not None


def _house(thing: Any) -> int:
    return thing.id if isinstance(thing, Venue) else thing.venue_id
