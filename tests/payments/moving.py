"""Money on the move: bookings that are billed and paid, by bank or online, and what the books say."""

from typing import Any

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.invoices.issuing import bill
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.ledger.queries import balances_of
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.receiving.steps import receive
from buurthuis.payments.refunds import steps
from buurthuis.payments.refunds.models import Refund
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.checkout import State
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.paying.ways import Means
from buurthuis.venues.models import Venue


@action
def billed(booking: Booking) -> list[Invoice]:
    """What follows when the booking is billed as it stands now."""
    return bill([db.session.get_one(Booking, booking.id)], by=None, now=clock.now())


@action
def paid(
    booking: Booking,
    cents: int,
    *invoices: Invoice,
    means: Means = Means.BANK,
    intent: str | None = None,
) -> Payment:
    """Money of the group of a booking came in, for these invoices in this order."""
    now = clock.now()
    attempt = _attempt(booking, cents, intent) if means is Means.ONLINE else None
    towards = [(each, each.total_cents) for each in invoices]
    here = db.session.get_one(Venue, booking.venue_id)
    group = db.session.get_one(Initiative, booking.initiative_id)
    more: dict[str, Any] = {"initiative": group, "checkout": attempt}
    return receive(here, means, cents, day_of(now), towards=towards, now=now, **more)


@action
def gave_back(payment: Payment, cents: int, **more: Any) -> Refund:
    """So much goes back, as a verb of somebody else would do it."""
    return steps.give_back_now(payment, cents, "Te laat", now=clock.now(), **more)


def stands(booking: Booking) -> dict[Account, int]:
    """What stands on the accounts of the house, where that is something."""
    db.session.rollback()
    found = balances_of(booking.venue_id)
    assert sum(found.values()) == 0
    return {account: cents for account, cents in found.items() if cents}


def letters(template: str) -> list[OutboxLetter]:
    """The letters of one kind, in the order in which they were written."""
    found = db.session.query(OutboxLetter).filter_by(template=template)
    return found.order_by(OutboxLetter.created_at).all()


def _attempt(booking: Booking, cents: int, intent: str | None) -> Checkout:
    number = db.session.query(Checkout).count() + 1
    attempt = Checkout(
        venue_id=booking.venue_id,
        booking_id=booking.id,
        person_id=booking.booked_by_id,
        mark=f"mark-{number}",
        cents=cents,
        is_live=False,
        state=State.PAID,
        session_id=f"cs_moving_{number}",
        intent_id=intent or f"pi_moving_{number}",
        made_at=clock.now(),
        closes_at=clock.now(),
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt
