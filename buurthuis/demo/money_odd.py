"""Cases of the demo that a treasurer has to look at: credit notes, money back, an old debt, an odd payment."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.models import Owed
from buurthuis.demo.money_bank import bring_open_lines
from buurthuis.demo.money_deposits import bring_deposits
from buurthuis.demo.rows import PREFIX
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.invoices.issuing import bill, open_balance
from buurthuis.payments.invoices.models import Invoice, Kind, Reminder
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.invoices.reminding import AFTER_DAYS
from buurthuis.payments.refunds import queries, steps
from buurthuis.payments.refunds.models import RefundState
from buurthuis.rules.calendar import day_of, moment
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.checkout import Flag, State
from buurthuis.rules.states import Status
from buurthuis.venues.models import Venue

LATELY: Final = timedelta(days=25)
CALLED_OFF: Final = 4
PAYS_FIRST: Final = timedelta(days=4)
"""So long before it was called off it was booked: the invoice was there, and paid."""
WRONG_NUMBER: Final = "De bank kent dit nummer niet."
ON_TIME: Final = "Op tijd afgezegd."


def called_off(venue: Venue, since: date, *, now: datetime) -> Sequence[Booking]:
    """Bookings that were cancelled lately and cost nothing any more; they had an invoice before."""
    owes = select(Owed.booking_id).where(Owed.booking_id == Booking.id)
    asked = (
        select(Booking)
        .where(
            Booking.venue_id == venue.id,
            Booking.uid.startswith(PREFIX, autoescape=True),
            Booking.status == Status.CANCELLED,
            Booking.total_cents > 0,
            Booking.created_at >= moment(since, 0),
            Booking.cancelled_at > now - LATELY,
            Booking.cancelled_at - Booking.created_at > PAYS_FIRST.total_seconds(),
            ~owes.exists(),
        )
        .options(joinedload(Booking.room), joinedload(Booking.initiative))
        .order_by(Booking.cancelled_at.desc(), Booking.id)
        .limit(CALLED_OFF)
    )
    return db.session.scalars(asked).all()


@action
def bring_odd_cases(
    venue: Venue, treasurer: Person, manager: Person, since: date, *, is_home: bool
) -> None:
    """A few of each, so that every page of money has something to do."""
    now = clock.now()
    _credit(called_off(venue, since, now=now), now)
    _give_back(venue, treasurer, now)
    _open_from_before(venue, treasurer, now)
    still = _still_open(venue)
    if is_home and still:
        _flag(*still[-1], now)
    if still:
        bring_open_lines(venue, treasurer, still[:2], now=now)
    bring_deposits(venue, treasurer, manager, now=now)


def _credit(bookings: Sequence[Booking], now: datetime) -> None:
    for each in bookings:
        bill([each], by=None, now=now)


def _give_back(venue: Venue, treasurer: Person, now: datetime) -> None:
    """The first is done, the second waits to be transferred, the third did not work, others wait."""
    ends = (RefundState.DONE, RefundState.PENDING, RefundState.FAILED)
    for proposal, end in zip(queries.proposals(venue), ends, strict=False):
        refund = steps.give_back_now(
            proposal.payment,
            proposal.cents,
            ON_TIME,
            by=treasurer,
            invoice=proposal.invoice,
            now=now,
        )
        if end is RefundState.FAILED:
            steps.fail(refund, WRONG_NUMBER, by=treasurer, now=now)
        elif end is RefundState.DONE:
            refund.state, refund.done_at = end, now


def _open_from_before(venue: Venue, treasurer: Person, now: datetime) -> None:
    """A group still had to pay when the house began."""
    paid = Booking.venue_id == venue.id, Booking.total_cents > 0
    asked = select(Initiative).where(Initiative.id.in_(select(Booking.initiative_id).where(*paid)))
    groups = db.session.scalars(asked.order_by(Initiative.id)).all()
    if groups:
        group = groups[7 * venue.id % len(groups)]  # In each house another one.
        name = f"OUD-{110 + venue.id}"
        due_on = day_of(now) - timedelta(days=40)
        words = "Huur van vorig jaar"
        debt = open_balance(venue, group, name, 8_750, due_on, words, by=treasurer, now=now)
        for number, days in enumerate(AFTER_DAYS, start=1):
            asked_at = moment(due_on + timedelta(days=days), 5 * 60)
            db.session.add(Reminder(invoice_id=debt.id, number=number, sent_at=asked_at))


def _still_open(venue: Venue) -> list[tuple[Invoice, Cents]]:
    """The newest invoices that nobody paid anything of."""
    asked = select(Invoice).where(Invoice.venue_id == venue.id, Invoice.kind == Kind.INVOICE)
    newest = db.session.scalars(asked.order_by(Invoice.id.desc()).limit(60)).all()
    still = open_cents([each.id for each in newest])
    return [(each, each.total_cents) for each in newest if still[each.id] == each.total_cents]


def _flag(invoice: Invoice, cents: Cents, now: datetime) -> None:
    """Somebody paid another amount than was asked."""
    person = select(func.min(Booking.booked_by_id)).where(
        Booking.initiative_id == invoice.initiative_id
    )
    made_at = moment(day_of(now) - timedelta(days=1), 20 * 60)
    db.session.add(
        Checkout(
            venue_id=invoice.venue_id,
            invoice_id=invoice.id,
            person_id=db.session.scalar(person),
            mark=f"demo-odd-{invoice.id}",
            cents=cents,
            is_live=False,
            state=State.FLAGGED,
            flag=Flag.AMOUNT,
            paid_cents=cents // 2,
            paid_currency="eur",
            made_at=made_at,
            closes_at=made_at + timedelta(minutes=31),
            asked_at=made_at,
            ended_at=made_at,
        )
    )
