"""Builders of money: `billed_booking(room, friday(19, 21))`, `an_invoice(3000)`, `a_payment(invoice)`."""

from datetime import date
from typing import Any

from buurthuis.accounts.models import Initiative, Person, RoleName
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.payments.invoices import issuing
from buurthuis.payments.invoices.models import BillingParty, Invoice
from buurthuis.payments.receiving import steps
from buurthuis.payments.receiving.models import Payment
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.ways import Means
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.ways.models import HouseAccount
from buurthuis.venues.models import Approval, Room, Venue
from tests.builders import a_booking, a_person, a_role, a_room, a_venue, an_initiative, friday

IBAN = "NL91ABNA0417164300"


def a_treasurer(venue: Venue, name: str = "Chandra") -> Person:
    """Who looks after the money of a house."""
    person = a_person(name)
    a_role(person, RoleName.TREASURER, venue)
    return person


def an_account(venue: Venue, *, bills_from: date | None = None, days: int = 14) -> HouseAccount:
    """Where a house wants its money; with a day, it bills by itself from then on."""
    account = HouseAccount(
        venue_id=venue.id, iban=IBAN, holder=venue.name, days=days, bills_from=bills_from
    )
    db.session.add(account)
    db.session.commit()
    return account


def a_paying_room(venue: Venue | None = None, **facts: Any) -> Room:
    """A room of €10.00 an hour that says yes at once."""
    return a_room(venue, **{"approval": Approval.ALWAYS, **facts})


def a_group(person: Person | None = None, name: str = "Repair Café Oost") -> Initiative:
    """A group that no house knows, so it pays the list price; Bram speaks for it."""
    return an_initiative(person or a_person(), name=name, kind=Kind.COMMUNITY_ORGANISATION)


def a_monthly_group(person: Person | None = None, name: str = "Koor Oost") -> Initiative:
    """A group that gets one invoice a month."""
    group = a_group(person, name)
    db.session.add(BillingParty(initiative_id=group.id, is_monthly=True))
    db.session.commit()
    return group


def bill_now(*bookings: Booking, by: Person | None = None) -> list[Invoice]:
    """Bill bookings of one group, and keep it."""
    found = issuing.bill(bookings, by=by, now=clock.now())
    db.session.commit()
    return found


def billed_booking(
    room: Room | None = None, period: Period | None = None, **facts: Any
) -> tuple[Booking, Invoice]:
    """A confirmed booking of two hours at €10.00, with its invoice."""
    booking = a_booking(room or a_paying_room(), period or friday(19, 21), **facts)
    [invoice] = bill_now(booking)
    return booking, invoice


def an_invoice(
    cents: int = 2000, *, venue: Venue | None = None, for_: Initiative | None = None
) -> Invoice:
    """An open item of so many cents in a house: what a group still had to pay from before."""
    venue, today = venue or a_venue(), day_of(clock.now())
    made = issuing.open_balance(
        venue, for_ or a_group(), "OUD-7", cents, today, "", by=None, now=clock.now()
    )
    db.session.commit()
    return made


def a_payment(
    invoice: Invoice, cents: int | None = None, *, means: Means = Means.BANK, **facts: Any
) -> Payment:
    """Money that came for an invoice: all of it, unless another amount is named."""
    now = clock.now()
    made = steps.receive(
        invoice.venue,
        means,
        invoice.total_cents if cents is None else cents,
        day_of(now),
        towards=[(invoice, invoice.total_cents)],
        now=now,
        **facts,
    )
    db.session.commit()
    return made
