"""Money of the lively house: what is billed, paid and not, what goes back, what is held, what the bank says."""

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.payments.deposits import actions as deposits
from buurthuis.payments.refunds import actions as refunds
from buurthuis.rules.paying.ways import Means
from buurthuis.venues.models import Venue
from tests.payments.builders import an_account, an_invoice
from tests.payments.doors import a_bank_file_in, a_payment_to_look_at, gone_back_in
from tests.payments.moving import billed, gave_back, paid


def money_in(
    house: Venue, past: Booking, certain: Booking, *, manager: Person, bram: Person
) -> dict[str, str]:
    """An invoice of what took place, a debt from before, and something to do on every page of money."""
    house = db.session.get_one(Venue, house.id)
    an_account(house)
    [invoice] = billed(past)
    paid(past, 500, invoice)
    an_invoice(8750, venue=house, for_=past.initiative)
    for reason in ("Het nummer klopt niet.", ""):
        refund = gave_back(paid(past, 1000), 1000)
        if reason:
            refunds.mark_failed(refund.id, reason, by=manager)
    gave_back(paid(past, 700, means=Means.ONLINE), 700)
    named = gone_back_in(certain, by=bram)
    past.deposit_cents = 5000
    db.session.commit()
    deposits.receive_deposit(past.id, Means.CASH, by=manager)
    attempt = a_payment_to_look_at(invoice.id, by=bram)
    named |= a_bank_file_in(house, by=manager)
    parts = {"invoice_id": invoice.id, "checkout_id": attempt, **named}
    return {name: str(part) for name, part in parts.items()}
