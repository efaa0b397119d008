"""The verbs of giving back, one transaction each; asking the provider comes afterwards, outside of them."""

from hashlib import sha256

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.rows import row_of
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.refunds import steps
from buurthuis.payments.refunds.models import Refund, RefundState
from buurthuis.payments.refunds.refusals import NotWaiting
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ways import Means


@action
def give_back(
    payment_id: int,
    cents: Cents,
    reason: str,
    *,
    by: Person,
    invoice_id: int | None = None,
    means: Means | None = None,
    submission: str | None = None,
) -> Refund:
    """Give so much of a payment back, for an invoice, or because it belongs to nothing.

    Sending the same `submission` again returns the refund that it made.

    Raises:
        MoreThanCameIn: more than is left of the payment, or more than is to be given back.
        OnlineOnly: what came online goes back online.
    """
    payment = row_of(Payment, payment_id)
    invoice = None if invoice_id is None else row_of(Invoice, invoice_id)
    demand(by, "money.do", payment.venue)
    if invoice is not None and invoice.venue_id != payment.venue_id:
        raise NotFound
    steps.lock(payment, invoice)
    mark = None if submission is None else _mark(payment, submission)
    earlier = None if mark is None else db.session.scalar(select(Refund).filter_by(mark=mark))
    if earlier is not None:
        return earlier
    return steps.give_back_now(
        payment,
        cents,
        reason,
        by=by,
        invoice=invoice,
        means=means,
        mark=mark,
        now=clock.now(),
    )


@action
def mark_done(refund_id: int, *, by: Person) -> Refund:
    """A person transferred it, or gave it in cash.

    Raises:
        NotWaiting: somebody said so before, or it goes by itself.
    """
    refund = _by_hand(refund_id, by)
    steps.mark_done(refund, by=by, now=clock.now())
    return refund


@action
def mark_failed(refund_id: int, reason: str, *, by: Person) -> Refund:
    """It cannot be transferred: it is to be given back again, in another way.

    Raises:
        NotWaiting
    """
    refund = _by_hand(refund_id, by)
    steps.fail(refund, reason, by=by, now=clock.now())
    return refund


@action
def try_again(refund_id: int, *, by: Person) -> Refund:
    """Give back anew what did not work, of the same payment, for the same.

    Raises:
        NotWaiting: it did not fail.
        MoreThanCameIn: it was given back in another way meanwhile.
    """
    before = db.session.get_one(Refund, refund_id)
    payment = before.payment
    demand(by, "money.do", payment.venue)
    if before.state is not RefundState.FAILED or before.deposit is not None:
        raise NotWaiting
    means, invoice = before.means, before.invoice
    return steps.give_back_now(
        payment, before.cents, before.reason, by=by, invoice=invoice, means=means, now=clock.now()
    )


def _by_hand(refund_id: int, by: Person) -> Refund:
    refund = steps.locked(refund_id)
    demand(by, "money.do", refund.payment.venue)
    if refund.state is not RefundState.PENDING or refund.means is Means.ONLINE:
        raise NotWaiting
    return refund


def _mark(payment: Payment, submission: str) -> str:
    """The mark of one sending about a payment; whatever was sent, it fits and belongs to no other."""
    return f"{payment.id}-{sha256(submission.encode(errors='replace')).hexdigest()[:32]}"
