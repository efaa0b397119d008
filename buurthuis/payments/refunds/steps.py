"""Giving money back inside the transaction of a verb: the refund, its settlement, its entries."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.foundation.rows import row_of
from buurthuis.payments.deposits.models import Deposit
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.ledger.posting import post
from buurthuis.payments.receiving.models import Payment, Settlement
from buurthuis.payments.refunds import letters
from buurthuis.payments.refunds.models import LONGEST_REASON, Refund, RefundState
from buurthuis.payments.refunds.queries import below_nothing, failed_online, free_cents, left_cents
from buurthuis.payments.refunds.refusals import MoreThanCameIn, OnlineOnly
from buurthuis.rules import wording
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ledger import Account, Entry
from buurthuis.rules.paying.open_items import How
from buurthuis.rules.paying.ways import Means

BY_HAND: Final = (Means.BANK, Means.CASH)


def give_back_now(
    payment: Payment,
    cents: Cents,
    reason: str,
    *,
    by: Person | None = None,
    invoice: Invoice | None = None,
    deposit: Deposit | None = None,
    means: Means | None = None,
    mark: str | None = None,
    now: datetime,
) -> Refund:
    """Give so much of a payment back, for an invoice, a deposit, or for nothing to be had.

    It is written down and counts from now on. What came online the worker gives back through the
    provider; the other a person pays, and says so.

    Raises:
        MoreThanCameIn: more than is left of the payment, or more than is to be given back.
        OnlineOnly: what came online goes back online, as long as that works; the other never does.
    """
    ways = ways_back(payment, failed_online([payment.id]))
    means = means or ways[0]
    if means not in ways:
        raise OnlineOnly
    lock(payment, invoice)
    most = _most(payment, invoice, deposit)
    if not 0 < cents <= most:
        raise MoreThanCameIn(max(0, most))
    refund = Refund(
        payment=payment,
        invoice=invoice,
        deposit=deposit,
        means=means,
        cents=cents,
        state=RefundState.PENDING,
        reason=wording.one_line(reason, longest=LONGEST_REASON),
        mark=mark or secrets.token_hex(16),
        look_at=now if means is Means.ONLINE else None,
        made_at=now,
        by_id=None if by is None else by.id,
    )
    db.session.add(refund)
    db.session.flush()
    _settle(refund, -cents, now=now, by=by)
    _book(refund, _entry(refund), now=now)
    told = {"cents": cents, "reason": refund.reason}
    note("refund.made", refund, by=by, venue_id=payment.venue_id, **told)
    return refund


def ways_back(payment: Payment, failed: Collection[int]) -> tuple[Means, ...]:
    """By which ways money can go back, first the usual one: how it came.

    What came by card goes by bank, for that needs no terminal; so does what the provider could not
    give back online, of which the ids are in `failed`.
    """
    if payment.means is Means.CASH:
        return (Means.CASH, Means.BANK)
    if payment.means is not Means.ONLINE:
        return BY_HAND
    return (*BY_HAND, Means.ONLINE) if payment.id in failed else (Means.ONLINE,)


def mark_done(refund: Refund, *, by: Person | None = None, now: datetime) -> None:
    """The money went back: the group reads it."""
    refund.state, refund.done_at, refund.look_at, refund.error = RefundState.DONE, now, None, ""
    note("refund.done", refund, by=by, venue_id=refund.payment.venue_id, cents=refund.cents)
    letters.gave_back(refund)


def fail(refund: Refund, error: str, *, by: Person | None = None, now: datetime) -> None:
    """It did not work: the money is to be given back again, and the books say so."""
    refund.state, refund.done_at, refund.look_at = RefundState.FAILED, None, None
    refund.error = wording.one_line(error, longest=LONGEST_REASON)
    db.session.flush()
    _settle(refund, refund.cents, now=now, by=by)
    _book(refund, _entry(refund).reversed, now=now)
    note("refund.failed", refund, by=by, venue_id=refund.payment.venue_id, error=refund.error)


def locked(refund_id: int) -> Refund:
    """A refund as it is now, that nobody else changes until we are done.

    Raises:
        NotFound
    """
    return row_of(Refund, refund_id, with_for_update={"of": Refund}, populate_existing=True)


def lock(payment: Payment, invoice: Invoice | None = None) -> None:
    """One at a time gives back from a payment, and for an invoice; the invoice comes first."""
    if invoice is not None:
        db.session.execute(select(Invoice.id).where(Invoice.id == invoice.id).with_for_update())
    db.session.execute(select(Payment.id).where(Payment.id == payment.id).with_for_update())


def _most(payment: Payment, invoice: Invoice | None, deposit: Deposit | None) -> Cents:
    left = left_cents([payment.id])[payment.id]
    if deposit is not None:
        return left
    if invoice is None:
        return free_cents([payment.id])[payment.id]
    settled = select(func.coalesce(func.sum(Settlement.cents), 0)).where(
        Settlement.payment_id == payment.id, Settlement.invoice_id == invoice.id
    )
    return min(left, db.session.scalar(settled) or 0, below_nothing([invoice.id])[invoice.id])


def _settle(refund: Refund, cents: Cents, *, now: datetime, by: Person | None) -> None:
    """What goes back settles the invoice the other way round."""
    if refund.invoice_id is None:
        return
    db.session.add(
        Settlement(
            invoice_id=refund.invoice_id,
            how=How.REFUND,
            cents=cents,
            payment_id=refund.payment_id,
            refund_id=refund.id,
            made_at=now,
            by_id=None if by is None else by.id,
        )
    )
    db.session.flush()


def _entry(refund: Refund) -> Entry:
    if refund.deposit_id is not None:
        gives = Account.DEPOSIT
    else:
        gives = Account.UNALLOCATED if refund.invoice_id is None else Account.RECEIVABLE
    return Entry(gives, Account(refund.means), refund.cents)


def _book(refund: Refund, entry: Entry, *, now: datetime) -> None:
    payment = refund.payment
    post(
        payment.venue_id,
        [entry],
        on=day_of(now),
        text=refund.name,
        initiative_id=payment.initiative_id,
        invoice=refund.invoice,
        payment=payment,
        refund=refund,
        deposit=refund.deposit,
    )
