"""Questions about one invoice: what settled it, who was asked for it, and what is still to be had for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from buurthuis.foundation.db import db
from buurthuis.foundation.rows import row_of
from buurthuis.payments.invoices.models import Invoice, Reminder
from buurthuis.payments.receiving.models import Payment, Settlement
from buurthuis.payments.refunds.models import Refund
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.open_items import How

Row = TypeVar("Row", Invoice, Refund)


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that settled a part of an invoice, or took it back."""

    settlement: Settlement
    credit_note: Invoice | None
    refund: Refund | None

    @property
    def day(self) -> date:
        """On which day it was; money counts from the day on which it came."""
        payment = self.settlement.payment
        if self.settlement.how == How.PAYMENT and payment and self.settlement.cents > 0:
            return payment.received_on
        return day_of(self.settlement.made_at)


def payment_by_id(payment_id: int) -> Payment:
    """Money that came in.

    Raises:
        NotFound
    """
    return row_of(Payment, payment_id)


def invoice_of(payment: Payment) -> Invoice | None:
    """An invoice that was paid with this money; the first, where there are more."""
    asked = select(Invoice).join(Settlement, Settlement.invoice_id == Invoice.id)
    which = asked.where(Settlement.payment_id == payment.id).order_by(Settlement.id).limit(1)
    return db.session.scalar(which)


def turns_of(invoice: Invoice) -> list[Turn]:
    """All that settled an invoice, in the order in which it was written down."""
    asked = (
        select(Settlement)
        .where(Settlement.invoice_id == invoice.id)
        .options(joinedload(Settlement.payment).joinedload(Payment.checkout))
        .order_by(Settlement.id)
    )
    found = db.session.scalars(asked).all()
    notes = _rows(Invoice, [each.credit_note_id for each in found])
    refunds = _rows(Refund, [each.refund_id for each in found])
    return [
        Turn(each, notes.get(each.credit_note_id), refunds.get(each.refund_id)) for each in found
    ]


def open_cents(invoice: Invoice, turns: Sequence[Turn]) -> Cents:
    """What an invoice still asks after these turns."""
    return invoice.total_cents - sum(turn.settlement.cents for turn in turns)


def let_go_cents(turns: Iterable[Turn]) -> Cents:
    """How much of an invoice the house asks no more after these turns."""
    return sum(turn.settlement.cents for turn in turns if turn.settlement.how == How.WRITE_OFF)


def reminders_of(invoice: Invoice) -> Sequence[Reminder]:
    """When the group was asked for it once more, the first time first."""
    asked = select(Reminder).where(Reminder.invoice_id == invoice.id)
    return db.session.scalars(asked.order_by(Reminder.number)).all()


def _rows(table: type[Row], numbers: Sequence[int | None]) -> dict[int | None, Row]:
    """The rows with these numbers, by number; nothing is asked where there are none."""
    wanted = [number for number in numbers if number is not None]
    if not wanted:
        return {}
    found = db.session.scalars(select(table).where(table.id.in_(wanted)))
    return {each.id: each for each in found}
