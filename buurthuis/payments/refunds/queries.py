"""Questions about giving back: what is left of a payment, what is to be given, what is on its way."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.rows import row_of
from buurthuis.payments.bank.models import BankLine
from buurthuis.payments.deposits.models import Deposit, DepositTurn, Turn
from buurthuis.payments.invoices.models import Invoice, Kind
from buurthuis.payments.receiving.models import Payment, Settlement
from buurthuis.payments.refunds.models import Refund, RefundState
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.giving_back import Source, from_which
from buurthuis.rules.paying.ways import Means
from buurthuis.venues.models import Venue

_COUNTS = Refund.state != RefundState.FAILED
"""What did not work, is still there to give back."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """So much of a payment is to go back, for an invoice, or because there was nothing to have for it."""

    payment: Payment
    cents: Cents
    invoice: Invoice | None = None


def refund(refund_id: int) -> Refund:
    """A refund, with its payment.

    Raises:
        NotFound
    """
    return row_of(Refund, refund_id, options=[joinedload(Refund.payment)])


def refund_here(slug: str, refund_id: int) -> Refund:
    """A refund of this house.

    Raises:
        NotFound: there is none, or it is of another house.
    """
    found = refund(refund_id)
    if found.payment.venue.slug != slug:
        raise NotFound
    return found


def payment_here(slug: str, payment_id: int) -> Payment:
    """Money that came in this house.

    Raises:
        NotFound: it did not, or in another house.
    """
    found = row_of(Payment, payment_id)
    if found.venue.slug != slug:
        raise NotFound
    return found


def left_cents(payment_ids: Collection[int]) -> dict[int, Cents]:
    """How much of each payment is still in the house: what came, less what goes back."""
    back = _by_payment(Refund, payment_ids, _COUNTS)
    asked = (
        select(Payment.id, Payment.cents - func.coalesce(back.c.cents, 0), Payment.undone_at)
        .outerjoin(back, back.c.payment_id == Payment.id)
        .where(Payment.id.in_(payment_ids))
    )
    return {number: 0 if undone else cents for number, cents, undone in db.session.execute(asked)}


def free_cents(payment_ids: Collection[int]) -> dict[int, Cents]:
    """How much of each payment belongs to no invoice and no deposit, and did not go back either."""
    back = _by_payment(Refund, payment_ids, _COUNTS, Refund.deposit_id.is_(None))
    settled = _by_payment(Settlement, payment_ids)
    taken = _by_payment(DepositTurn, payment_ids, DepositTurn.turn == Turn.TAKEN)
    parts = (back, settled, taken)
    free = Payment.cents - sum(func.coalesce(each.c.cents, 0) for each in parts)
    asked = select(Payment.id, free, Payment.undone_at)
    for each in parts:
        asked = asked.outerjoin(each, each.c.payment_id == Payment.id)
    rows = db.session.execute(asked.where(Payment.id.in_(payment_ids)))
    return {number: 0 if undone else cents for number, cents, undone in rows}


def failed_online(payment_ids: Collection[int]) -> frozenset[int]:
    """Which of these payments the provider once could not give back; a person may do so by hand."""
    asked = select(Refund.payment_id).where(
        Refund.payment_id.in_(payment_ids),
        Refund.means == Means.ONLINE,
        Refund.state == RefundState.FAILED,
    )
    return frozenset(db.session.scalars(asked))


def below_nothing(invoice_ids: Collection[int]) -> dict[int, Cents]:
    """How much the house has to give back for each invoice; 0 where it does not."""
    asked = (
        select(Invoice.id, func.coalesce(func.sum(Settlement.cents), 0) - Invoice.total_cents)
        .outerjoin(Settlement, Settlement.invoice_id == Invoice.id)
        .where(Invoice.id.in_(invoice_ids), Invoice.kind != Kind.CREDIT_NOTE)
        .group_by(Invoice.id)
    )
    over = {number: max(0, cents) for number, cents in db.session.execute(asked)}
    return {number: over.get(number, 0) for number in invoice_ids}


def propose(invoice: Invoice) -> list[tuple[Payment, Cents]]:
    """From which payments what the house has to give back for an invoice goes back, latest first."""
    found = _proposed(below_nothing([invoice.id]))
    return [(each.payment, each.cents) for each in found]


def proposals(venue: Venue) -> list[Proposal]:
    """All that a house has to give back for its invoices, the oldest first."""
    settled = (
        select(Settlement.invoice_id, func.sum(Settlement.cents).label("cents"))
        .join(Settlement.invoice)
        .where(Invoice.venue_id == venue.id)
        .group_by(Settlement.invoice_id)
        .subquery()
    )
    over = settled.c.cents - Invoice.total_cents
    asked = select(Invoice.id, over).join(settled, settled.c.invoice_id == Invoice.id)
    rows = db.session.execute(asked.where(over > 0).order_by(Invoice.id))
    return _proposed({number: cents for number, cents in rows})  # noqa: C416 - rows are no pairs


def unclaimed(venue: Venue) -> list[Proposal]:
    """Money that belongs to no invoice and no deposit, the oldest first; it may go back."""
    settled = select(func.coalesce(func.sum(Settlement.cents), 0)).where(
        Settlement.payment_id == Payment.id
    )
    not_settled = Payment.cents > settled.scalar_subquery()
    asked = select(Payment.id).where(Payment.venue_id == venue.id, Payment.undone_at.is_(None))
    numbers = db.session.scalars(asked.where(not_settled)).all()
    free = {number: cents for number, cents in free_cents(numbers).items() if cents > 0}
    payments = _payments(free.keys())
    return [Proposal(payments[number], free[number]) for number in sorted(free)]


def pending(venue: Venue) -> Sequence[Refund]:
    """What is on its way back, the oldest first."""
    return db.session.scalars(_in(venue, RefundState.PENDING).order_by(Refund.id)).all()


def done(venue: Venue, *, count: int) -> Sequence[Refund]:
    """What went back, the latest first."""
    asked = _in(venue, RefundState.DONE).order_by(Refund.done_at.desc(), Refund.id.desc())
    return db.session.scalars(asked.limit(count)).all()


def failed(venue: Venue) -> Sequence[Refund]:
    """What did not work and was not tried again, the latest first."""
    later = aliased(Refund)
    again = select(later.id).where(later.payment_id == Refund.payment_id, later.id > Refund.id)
    asked = _in(venue, RefundState.FAILED).where(~again.where(later.state != "failed").exists())
    return db.session.scalars(asked.order_by(Refund.id.desc())).all()


def pending_by_bank(venue: Venue) -> Sequence[Refund]:
    """What a person has to transfer, the oldest first."""
    asked = _in(venue, RefundState.PENDING).where(Refund.means == Means.BANK)
    return db.session.scalars(asked.order_by(Refund.id)).all()


def counting_to_transfer(venue: Venue) -> Select[int]:
    """How many refunds a person still has to pay out, to be asked with other counts."""
    asked = select(func.count()).select_from(Refund).join(Refund.payment)
    return asked.where(
        Payment.venue_id == venue.id,
        Refund.state == RefundState.PENDING,
        Refund.means != Means.ONLINE,
    )


def ibans(payment_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """From which account each payment came, and whose that is, where the bank told it."""
    asked = select(BankLine.payment_id, BankLine.iban, BankLine.counterparty)
    rows = db.session.execute(asked.where(BankLine.payment_id.in_(payment_ids)))
    return {number: (iban, name) for number, iban, name in rows if number is not None and iban}


def _in(venue: Venue, state: RefundState) -> Select[Refund]:
    return (
        select(Refund)
        .join(Refund.payment)
        .where(Payment.venue_id == venue.id, Refund.state == state)
        .options(
            contains_eager(Refund.payment).joinedload(Payment.initiative),
            joinedload(Refund.invoice),
            joinedload(Refund.deposit).joinedload(Deposit.booking),
        )
    )


def _by_payment(table: Any, payment_ids: Collection[int], *which: ColumnElement[bool]) -> Subquery:
    total = func.sum(table.cents).label("cents")
    asked = select(table.payment_id, total).where(table.payment_id.in_(payment_ids), *which)
    return asked.group_by(table.payment_id).subquery()


def _proposed(to_give: Mapping[int, Cents]) -> list[Proposal]:
    """From which payments goes back what each invoice, by its id, has too much."""
    over = {number: cents for number, cents in to_give.items() if cents > 0}
    if not over:
        return []
    asked = (
        select(Settlement.invoice_id, Settlement.payment_id, func.sum(Settlement.cents))
        .where(Settlement.invoice_id.in_(over), Settlement.payment_id.is_not(None))
        .group_by(Settlement.invoice_id, Settlement.payment_id)
        .order_by(Settlement.invoice_id, Settlement.payment_id.desc())
    )
    rows = [(of, each or 0, cents) for of, each, cents in db.session.execute(asked)]
    payments = _payments([each for _, each, _ in rows])
    left = left_cents(payments.keys())
    invoices = _invoices(over)
    found = []
    for number, cents in over.items():
        here = [Source(each, part, left[each]) for of, each, part in rows if of == number]
        for payment, part in from_which(cents, here):
            left[payment] -= part
            found.append(Proposal(payments[payment], part, invoices[number]))
    return found


def _payments(numbers: Collection[int]) -> dict[int, Payment]:
    asked = select(Payment).where(Payment.id.in_(numbers)).options(joinedload(Payment.initiative))
    return {each.id: each for each in db.session.scalars(asked)}


def _invoices(numbers: Collection[int]) -> dict[int, Invoice]:
    asked = select(Invoice).where(Invoice.id.in_(numbers))
    return {each.id: each for each in db.session.scalars(asked)}
