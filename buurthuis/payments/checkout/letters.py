"""Letters about paying online: it came too late, it did not arrive, it arrived, somebody has to look."""

from datetime import datetime
from typing import Any

from buurthuis.accounts.models import RoleName
from buurthuis.accounts.queries import people_with_role
from buurthuis.bookings.letters import facts_of
from buurthuis.foundation import outbox
from buurthuis.foundation.links import absolute
from buurthuis.payments.checkout.models import Checkout
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.checkout import Place


def gave_back(attempt: Checkout, cents: Cents, place: Place) -> None:
    """The money goes back, with the reason and, where the place is gone, an apology and the way to others."""
    is_gone = attempt.booking is not None and place is Place.TAKEN
    more = {"link": absolute("pages.find")} if is_gone else {}
    to_payer("paid_for_nothing", attempt, why=str(place), cents=cents, **more)


def not_arrived(attempt: Checkout, until: datetime | None) -> None:
    """What was on its way did not arrive; until when one can try again."""
    to_payer("payment_failed", attempt, until_iso=None if until is None else rfc3339(until))


def arrived(attempt: Checkout) -> None:
    """An invoice is paid; who paid a place hears that it is certain, in a letter of the booking."""
    to_payer("payment_arrived", attempt)


def flagged(attempt: Checkout) -> None:
    """Managers and the treasurer hear that they have to look; who paid sees it on the page."""
    venue = attempt.venue
    for person in people_with_role(venue, RoleName.MANAGER, RoleName.TREASURER):
        if person.email:
            link = absolute("payments.back", checkout_id=attempt.id)
            told = {"flag": str(attempt.flag), "paid_cents": attempt.paid_cents}
            told |= {"paid_currency": attempt.paid_currency, "link": link}
            facts = _facts(attempt) | told | {"person_name": person.name}
            outbox.post("payment_flagged", person.email, person.language, facts)


def to_payer(template: str, attempt: Checkout, **more: Any) -> None:
    """Write to the person who pressed the button."""
    person = attempt.person
    if person.email and person.left_at is None:
        facts = _facts(attempt) | {"person_name": person.name, "link": _link(attempt)} | more
        outbox.post(template, person.email, person.language, facts)


def _facts(attempt: Checkout) -> dict[str, Any]:
    venue, booking, invoice = attempt.venue, attempt.booking, attempt.invoice
    facts: dict[str, Any] = {} if booking is None else facts_of(booking)
    return facts | {
        "venue_name": venue.name,
        "venue_phone": venue.phone,
        "venue_email": venue.email,
        "initiative_name": attempt.initiative.name,
        "asked_cents": attempt.total_cents,
        "is_booking": booking is not None,
        "invoice_name": "" if invoice is None else invoice.name,
    }


def _link(attempt: Checkout) -> str:
    if attempt.booking_id is not None:
        return absolute("bookings.show", booking_id=attempt.booking_id)
    return absolute("invoices.show", invoice_id=attempt.invoice_id)
