"""Counting what was paid online: billed, received, settled, and what is too much goes back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.payments.checkout import letters
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.deposits import steps as deposits
from buurthuis.payments.deposits.queries import Phase, deposit_of
from buurthuis.payments.invoices.issuing import bill
from buurthuis.payments.invoices.models import Invoice, InvoiceLine, Kind
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.receiving.steps import receive
from buurthuis.payments.refunds.queries import free_cents
from buurthuis.payments.refunds.steps import give_back_now
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ways import Means

NOTHING_TO_HAVE: Final = "Te laat of dubbel betaald"
TOO_MUCH: Final = "Te veel betaald"
"""Reasons as the books keep them, in the language of the house."""


def is_still_to_pay(attempt: Checkout, bookings: Sequence[Booking]) -> bool:
    """Whether what was billed for it is open; what is certain and not billed yet is still to pay."""
    invoices = _invoices(attempt, bookings)
    if not invoices:
        return any(each.total_cents for each in bookings)
    return any(cents > 0 for cents in open_cents([each.id for each in invoices]).values())


def count(attempt: Checkout, bookings: Sequence[Booking], cents: Cents, now: datetime) -> None:
    """Bill what was not billed, and let the money settle it: price first, then deposits.

    What is over then was paid in another way meanwhile, and goes back.
    """
    if attempt.invoice is None:
        bill(bookings, by=None, now=now)
    invoices = _invoices(attempt, bookings)
    left, towards = cents, []
    for invoice_id, asked in sorted(open_cents([each.id for each in invoices]).items()):
        part = min(left, max(0, asked))
        if part:
            towards.append((next(each for each in invoices if each.id == invoice_id), part))
            left -= part
    payment = _received(attempt, cents, towards, now)
    for booking in bookings:
        part = min(left, _deposit_to_pay(booking, now))
        if part:
            deposits.take(booking, payment, part, now)
            left -= part
    if over := free_cents([payment.id])[payment.id]:
        give_back_now(payment, over, TOO_MUCH, now=now)
    if attempt.invoice is not None:
        letters.arrived(attempt)


def _deposit_to_pay(booking: Booking, now: datetime) -> Cents:
    seen = deposit_of(booking, now=now)
    return booking.deposit_cents if seen is not None and seen.phase is Phase.TO_PAY else 0


def take_and_give_back(attempt: Checkout, cents: Cents, now: datetime) -> None:
    """Money came for which there is nothing to have: all of it goes back."""
    payment = _received(attempt, cents, [], now)
    give_back_now(payment, cents, NOTHING_TO_HAVE, now=now)


def _received(
    attempt: Checkout, cents: Cents, towards: Sequence[tuple[Invoice, Cents]], now: datetime
) -> Payment:
    return receive(
        attempt.venue,
        Means.ONLINE,
        cents,
        day_of(now),
        towards=towards,
        initiative=attempt.initiative,
        checkout=attempt,
        now=now,
    )


def _invoices(attempt: Checkout, bookings: Sequence[Booking]) -> Sequence[Invoice]:
    """The invoice that is paid, or all on which these bookings stand."""
    which = Invoice.id == attempt.invoice_id
    if attempt.invoice_id is None:
        lines = select(InvoiceLine.invoice_id)
        which = Invoice.id.in_(lines.where(InvoiceLine.booking_id.in_([b.id for b in bookings])))
    asked = select(Invoice).where(which, Invoice.kind != Kind.CREDIT_NOTE)
    return db.session.scalars(asked.order_by(Invoice.id)).all()
