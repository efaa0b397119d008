"""Money that came in: written down, settled with invoices, taken back; inside the verb's transaction."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from buurthuis.accounts.models import Initiative, Person
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note as note_down
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.deposits.models import DepositTurn
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.ledger.models import LedgerEntry
from buurthuis.payments.ledger.posting import post
from buurthuis.payments.receiving.models import Payment, Settlement
from buurthuis.payments.refunds.models import Refund, RefundState
from buurthuis.payments.refunds.queries import free_cents
from buurthuis.payments.refusals import (
    CannotUndo,
    MoreThanLeft,
    MoreThanOpen,
    NoAmount,
    NothingOpen,
    NotYours,
)
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ledger import Account, Entry, entries
from buurthuis.rules.paying.open_items import How
from buurthuis.rules.paying.ways import Means
from buurthuis.venues.models import Venue

PLACE: dict[Means, Account] = {
    Means.ONLINE: Account.ONLINE,
    Means.BANK: Account.BANK,
    Means.CASH: Account.CASH,
    Means.CARD: Account.CARD,
}
"""On which account of the books money stands, by what it came by."""


def receive(
    venue: Venue,
    means: Means,
    cents: Cents,
    received_on: date,
    *,
    towards: Sequence[tuple[Invoice, Cents]],
    initiative: Initiative | None = None,
    by: Person | None = None,
    checkout: Checkout | None = None,
    note: str = "",
    now: datetime,
) -> Payment:
    """Write down money that came, and settle these invoices with so much of it each.

    Money that came is never refused: an invoice takes no more than it still asks, and what is left
    belongs to nothing yet.

    Raises:
        NoAmount: nothing came.
        NotYours: an invoice is of another house.
    """
    if cents <= 0:
        raise NoAmount
    if any(invoice.venue_id != venue.id for invoice, _ in towards):
        raise NotYours
    if initiative is None and towards:
        initiative = towards[0][0].initiative
    payment = Payment(
        venue_id=venue.id,
        initiative_id=None if initiative is None else initiative.id,
        means=means,
        cents=cents,
        received_on=received_on,
        made_at=now,
        by_id=None if by is None else by.id,
        checkout_id=None if checkout is None else checkout.id,
        note=note,
    )
    db.session.add(payment)
    db.session.flush()
    note_down("payment.received", payment, by=by, venue_id=venue.id, cents=cents, means=means)
    still = _lock([invoice for invoice, _ in towards])
    left = cents
    for invoice, wanted in towards:
        part = min(wanted, still[invoice.id], left)
        if part > 0:
            _settle(payment, invoice, part, PLACE[means], by=by, now=now)
            still[invoice.id] -= part
            left -= part
    _book(payment, (PLACE[means], Account.UNALLOCATED, left))
    return payment


def settle(
    payment: Payment, invoice: Invoice, cents: Cents, *, by: Person | None, now: datetime
) -> Settlement:
    """Let so much of money that came before be for an invoice.

    Raises:
        NoAmount
        NotYours: the two are of different houses.
        NothingOpen, MoreThanOpen: more than the invoice still asks.
        MoreThanLeft: more than is left of the money.
    """
    if cents <= 0:
        raise NoAmount
    if payment.venue_id != invoice.venue_id:
        raise NotYours
    still = _lock([invoice])[invoice.id]
    left = locked_payment(payment.id)
    if still <= 0:
        raise NothingOpen
    if cents > still:
        raise MoreThanOpen(still)
    if cents > left:
        raise MoreThanLeft(max(0, left))
    note_down("payment.settled", payment, by=by, venue_id=payment.venue_id, cents=cents)
    return _settle(payment, invoice, cents, Account.UNALLOCATED, by=by, now=now)


def take_back(payment: Payment, *, by: Person | None, now: datetime) -> None:
    """Undo money that was written down by mistake: what it settled is open again, the books go back.

    Raises:
        CannotUndo: it came online, was undone before, some of it went back, or is a deposit.
    """
    locked_payment(payment.id)
    if payment.undone_at is not None or payment.means is Means.ONLINE or _is_in_use(payment):
        raise CannotUndo
    settled = select(Settlement).where(
        Settlement.payment_id == payment.id, Settlement.how == How.PAYMENT
    )
    for each in db.session.scalars(settled.order_by(Settlement.id)).all():
        db.session.add(_settlement(payment, each.invoice_id, -each.cents, by=by, now=now))
    booked = select(LedgerEntry).where(LedgerEntry.payment_id == payment.id)
    for entry in db.session.scalars(booked.order_by(LedgerEntry.id)).all():
        _reverse(payment, entry, on=day_of(now))
    payment.undone_at, payment.undone_by_id = now, None if by is None else by.id
    db.session.flush()
    note_down("payment.undone", payment, by=by, venue_id=payment.venue_id, cents=payment.cents)


def locked_payment(payment_id: int) -> Cents:
    """Lock money that came, and say how much of it is left: settled with nothing, not gone back."""
    asked = select(Payment).where(Payment.id == payment_id).with_for_update()
    payment = db.session.scalars(asked.execution_options(populate_existing=True)).one()
    return 0 if payment.undone_at is not None else free_cents([payment_id])[payment_id]


def _lock(invoices: Sequence[Invoice]) -> dict[int, Cents]:
    """Lock invoices in the order of their ids, and say what each still asks."""
    ids = [invoice.id for invoice in invoices]
    if ids:
        asked = select(Invoice.id).where(Invoice.id.in_(ids)).order_by(Invoice.id)
        db.session.execute(asked.with_for_update()).all()
    return open_cents(ids)


def _settle(
    payment: Payment,
    invoice: Invoice,
    cents: Cents,
    source: Account,
    *,
    by: Person | None,
    now: datetime,
) -> Settlement:
    settlement = _settlement(payment, invoice.id, cents, by=by, now=now)
    db.session.add(settlement)
    db.session.flush()
    _book(payment, (source, Account.RECEIVABLE, cents), invoice)
    return settlement


def _settlement(
    payment: Payment, invoice_id: int, cents: Cents, *, by: Person | None, now: datetime
) -> Settlement:
    return Settlement(
        invoice_id=invoice_id,
        how=How.PAYMENT,
        cents=cents,
        payment_id=payment.id,
        made_at=now,
        by_id=None if by is None else by.id,
    )


def _book(
    payment: Payment, move: tuple[Account, Account, Cents], invoice: Invoice | None = None
) -> None:
    post(
        payment.venue_id,
        entries(move),
        on=payment.received_on,
        text="" if invoice is None else invoice.name,
        initiative_id=payment.initiative_id,
        invoice=invoice,
        payment=payment,
    )


def _reverse(payment: Payment, entry: LedgerEntry, *, on: date) -> None:
    back = Entry(entry.debit, entry.credit, entry.cents).reversed
    invoice = None if entry.invoice_id is None else db.session.get_one(Invoice, entry.invoice_id)
    post(
        payment.venue_id,
        [back],
        on=on,
        text=entry.text,
        initiative_id=entry.initiative_id,
        invoice=invoice,
        payment=payment,
    )


def _is_in_use(payment: Payment) -> bool:
    """Some of it went back, or is held as a deposit: that would have to be undone first."""
    gone = select(Refund.id).where(
        Refund.payment_id == payment.id, Refund.state != RefundState.FAILED
    )
    held = select(DepositTurn.id).where(DepositTurn.payment_id == payment.id)
    return any(db.session.scalar(each.limit(1)) is not None for each in (gone, held))
