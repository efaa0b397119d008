"""The letter to a group to which money went back, and how letters about money reach a group."""

from collections.abc import Sequence
from typing import Any

from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import contact_of, speakers_of
from buurthuis.foundation import outbox
from buurthuis.foundation.links import absolute
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
    """Write to the contact of a group, or to everybody who speaks for it."""
    for person in _people_of(initiative):
        if person.email and person.left_at is None:
            told = {
                "person_name": person.name,
                "initiative_name": initiative.name,
                "venue_name": venue.name,
                "venue_phone": venue.phone,
                "venue_email": venue.email,
            }
            outbox.post(template, person.email, person.language, {**told, **facts})


def _people_of(initiative: Initiative) -> Sequence[Person]:
    contact = contact_of(initiative)
    return speakers_of(initiative) if contact is None else [contact]


def _link(refund: Refund) -> str:
    if refund.deposit is not None:
        return absolute("bookings.show", booking_id=refund.deposit.booking_id)
    return absolute("pages.me")
