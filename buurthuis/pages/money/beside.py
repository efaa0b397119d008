"""What was billed and paid for a booking, and its deposit, drawn on the pages of other features."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.queries import speaks_for
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, visitor
from buurthuis.foundation.db import db
from buurthuis.pages.money.door import blueprint
from buurthuis.pages.money.list_queries import OPEN_CENTS, Listed, state_of
from buurthuis.payments.deposits.queries import Phase, Seen, deposit_of
from buurthuis.payments.invoices.models import Invoice, InvoiceLine
from buurthuis.rules.calendar import day_of
from buurthuis.rules.states import Status


@dataclass(frozen=True, slots=True)
class Beside:
    """The documents on which a booking stands, and its deposit."""

    documents: list[Listed]
    deposit: Seen | None
    can_bill: bool = False
    """Nothing was billed for it yet, and who looks may do that."""

    @property
    def deposit_is_to_pay(self) -> bool:
        """Whether the deposit is still asked."""
        return self.deposit is not None and self.deposit.phase is Phase.TO_PAY


NOTHING = Beside([], None)
MAY_COST_AFTERWARDS = frozenset({Status.CANCELLED, Status.NO_SHOW})


def money_of(booking: Booking) -> Beside:
    """The money of a booking, for whoever may see it: nothing for those who only open the door.

    A free booking that stands asks the database nothing.
    """
    person = visitor()
    if not speaks_for(person, booking.initiative_id) and not may(person, "money.see", booking):
        return NOTHING
    may_cost = booking.total_cents or booking.status in MAY_COST_AFTERWARDS
    deposit = deposit_of(booking, now=clock.now()) if booking.deposit_cents else None
    documents = _documents(booking) if may_cost else []
    is_new = booking.status == Status.CONFIRMED and bool(booking.total_cents) and not documents
    return Beside(documents, deposit, is_new and may(person, "money.do", booking))


def _documents(booking: Booking) -> list[Listed]:
    """What was issued for it, the oldest first."""
    on_it = select(InvoiceLine.invoice_id).where(InvoiceLine.booking_id == booking.id)
    asked = (
        select(Invoice, OPEN_CENTS)
        .where(Invoice.id.in_(on_it))
        .options(joinedload(Invoice.venue), joinedload(Invoice.initiative))
        .order_by(Invoice.id)
    )
    today = day_of(clock.now())
    rows = db.session.execute(asked).all()
    return [Listed(each, cents, state_of(each, cents, today)) for each, cents in rows]


@blueprint.app_context_processor
def _to_tell() -> dict[str, Any]:
    """Pages of other features draw it; it asks the database only where they do."""
    return {"money_of": money_of}
