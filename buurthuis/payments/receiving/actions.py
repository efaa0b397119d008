"""The verbs about money that came in: received at the desk, settled, undone; one transaction each."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.rows import row_of
from buurthuis.payments.invoices import letters
from buurthuis.payments.invoices.issuing import bill
from buurthuis.payments.invoices.models import Invoice, Kind
from buurthuis.payments.invoices.queries import insist_on_seen
from buurthuis.payments.invoices.queries import invoice as invoice_with_all
from buurthuis.payments.receiving import steps
from buurthuis.payments.receiving.models import Payment, Settlement
from buurthuis.rules import wording
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ways import Means
from buurthuis.venues.models import Venue

LONGEST_NOTE = 200


@action
def receive_at_desk(
    venue: Venue,
    means: Means,
    cents: Cents,
    *,
    by: Person,
    invoice_ids: Sequence[int] = (),
    booking_ids: Sequence[int] = (),
    received_on: date | None = None,
    note: str = "",
    seen_cents: Cents | None = None,
) -> Payment:
    """Somebody pays in the house, or a treasurer writes down what came by bank.

    Bookings that were not billed yet are billed now. The money goes to the invoices in the order
    in which they are due; more than they ask stays with the payment, for later. `seen_cents` is
    what the one invoice asked on the page, so that a form that is sent twice counts once.

    Raises:
        NoAmount, AsksOtherwise
        NotFound: one of these is of another house.
        rules.wording.TooLong: the note does not fit.
    """
    demand(by, "money.do", venue)
    now = clock.now()
    invoices = [_of_house(venue, invoice_with_all(number)) for number in invoice_ids]
    for number in invoice_ids:
        insist_on_seen(number, seen_cents)
    issued = _billed(venue, booking_ids, by=by)
    to_pay = sorted(
        {
            each.id: each for each in [*invoices, *issued] if each.kind is not Kind.CREDIT_NOTE
        }.values(),
        key=lambda each: (each.due_on, each.id),
    )
    payment = steps.receive(
        venue,
        means,
        cents,
        received_on or day_of(now),
        towards=[(each, each.total_cents) for each in to_pay],
        by=by,
        note=wording.one_line(note, longest=LONGEST_NOTE),
        now=now,
    )
    letters.issued(issued)
    return payment


@action
def settle(payment_id: int, invoice_id: int, cents: Cents, *, by: Person) -> Settlement:
    """Let so much of money that came before be for an invoice.

    Raises:
        NotFound, NoAmount, NotYours, MoreThanOpen, MoreThanLeft
    """
    payment = row_of(Payment, payment_id)
    demand(by, "money.do", payment)
    return steps.settle(payment, invoice_with_all(invoice_id), cents, by=by, now=clock.now())


@action
def undo(payment_id: int, *, by: Person) -> Payment:
    """Take back money that was written down by mistake.

    Raises:
        NotFound, CannotUndo
    """
    payment = row_of(Payment, payment_id)
    demand(by, "money.do", payment)
    steps.take_back(payment, by=by, now=clock.now())
    return payment


def _billed(venue: Venue, booking_ids: Sequence[int], *, by: Person) -> list[Invoice]:
    """Issue what these bookings cost and was not billed yet."""
    if not booking_ids:
        return []
    asked = select(Booking).where(Booking.id.in_(booking_ids), Booking.venue_id == venue.id)
    bookings = db.session.scalars(asked).all()
    if len(bookings) != len(set(booking_ids)):
        raise NotFound
    return bill(bookings, by=by, now=clock.now())


def _of_house(venue: Venue, invoice: Invoice) -> Invoice:
    if invoice.venue_id != venue.id:
        raise NotFound
    return invoice
