"""What was billed and paid for a booking, and its deposit, drawn on the pages of other features."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.queries import speaks_for
from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.queries import owed_for
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, visitor
from buurthuis.foundation.db import db
from buurthuis.pages.money.door import blueprint
from buurthuis.pages.money.list_queries import OPEN_CENTS, Listed, state_of
from buurthuis.payments.deposits.queries import Phase, Seen, deposit_of
from buurthuis.payments.invoices.billed import billed_for
from buurthuis.payments.invoices.costs import costs_of
from buurthuis.payments.invoices.letting_go import let_go_cents
from buurthuis.payments.invoices.models import Invoice, InvoiceLine, Kind
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.billing import difference
from buurthuis.rules.states import Status


@dataclass(frozen=True, slots=True)
class Beside:
    """The documents on which a booking stands, and its deposit."""

    documents: list[Listed]
    deposit: Seen | None
    can_bill: bool = False
    """Nothing was billed for it yet, and who looks may do that."""
    back_cents: Cents = 0
    """So much of what was paid the group gets back, as far as nobody gave it back yet."""
    is_own: bool = False
    """Who looks speaks for the group."""
    is_asked: bool = False
    """Something is still to be paid, also when what became cheaper is credited."""

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
    is_own = speaks_for(person, booking.initiative_id)
    if not is_own and not may(person, "money.see", booking):
        return NOTHING
    may_cost = booking.total_cents or booking.status in MAY_COST_AFTERWARDS
    if not may_cost and not booking.deposit_cents:
        return NOTHING
    deposit = deposit_of(booking, now=clock.now()) if booking.deposit_cents else None
    documents = _documents(booking) if may_cost else []
    is_new = booking.status == Status.CONFIRMED and bool(booking.total_cents) and not documents
    can_bill = is_new and may(person, "money.do", booking)
    if not documents:
        return Beside(documents, deposit, can_bill)
    cheaper = _cheaper_cents(booking)
    still = sum(max(0, each.open_cents) for each in documents)
    back = _back_cents(booking, documents, cheaper - still)
    return Beside(documents, deposit, can_bill, back, is_own, is_asked=cheaper < still)


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


def _cheaper_cents(booking: Booking) -> Cents:
    """How much less it costs by now than was billed for it; nothing while the house decides."""
    costs = costs_of(booking, owed_for(booking))
    if costs is None:
        return 0
    return max(0, -difference(costs, billed_for([booking.id])[booking.id].parts).cents)


def _back_cents(booking: Booking, documents: Sequence[Listed], coming: Cents) -> Cents:
    """What was paid too much for this booking alone, with so much more that will be once it is credited.

    A credit note first takes what was still asked, or let go: that was never paid.
    """
    too_much = sum(max(0, -each.open_cents) for each in documents)
    back = min(too_much, _credited_cents(booking)) if too_much else 0
    if coming > 0:
        let_go = sum(let_go_cents([each.invoice.id for each in documents]).values())
        back += max(0, coming - let_go)
    return back


def _credited_cents(booking: Booking) -> Cents:
    """How much was credited for it; on an invoice others may stand as well."""
    asked = select(func.sum(InvoiceLine.cents + InvoiceLine.vat_cents)).join(Invoice)
    which = InvoiceLine.booking_id == booking.id, Invoice.kind == Kind.CREDIT_NOTE
    return int(db.session.scalar(asked.where(*which)) or 0)


@blueprint.app_context_processor
def _to_tell() -> dict[str, Any]:
    """Pages of other features draw it; it asks the database only where they do."""
    return {"money_of": money_of}
