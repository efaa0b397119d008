"""The letter to a group to which money went back, and how letters about money reach a group."""

from typing import Any

from buurthuis.accounts.models import Initiative
from buurthuis.foundation import outbox
from buurthuis.foundation.links import absolute
from buurthuis.payments.invoices.parties import readers_of
from buurthuis.payments.refunds.models import Refund
from buurthuis.venues.models import Venue


def gave_back(refund: Refund) -> None:
    """Whoever speaks for the group reads how much came back, what for and by which way."""
    payment = refund.payment
    if payment.initiative is None:
        return
    to_group(
        "money_back",
        payment.initiative,
        payment.venue,
        link=_link(refund),
        cents=refund.cents,
        means=str(refund.means),
        reason=refund.reason,
        invoice_name="" if refund.invoice is None else refund.invoice.name,
        deposit_of="" if refund.deposit is None else refund.deposit.booking.title,
    )


def to_group(template: str, initiative: Initiative, venue: Venue, **facts: Any) -> None:
    """Write to who reads the invoices of a group."""
    about = {
        "initiative_name": initiative.name,
        "venue_name": venue.name,
        "venue_phone": venue.phone,
        "venue_email": venue.email,
    }
    for reader in readers_of(initiative):
        told = {"person_name": reader.name, **about, **facts}
        outbox.post(template, reader.email, reader.language, told)


def _link(refund: Refund) -> str:
    if refund.deposit is not None:
        return absolute("bookings.show", booking_id=refund.deposit.booking_id)
    if refund.invoice is not None:
        return absolute("invoices.show", invoice_id=refund.invoice.id)
    return absolute("pages.me")
