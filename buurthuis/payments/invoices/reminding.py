"""Asking once more for what was not paid in time: a week late, three weeks late, or by hand."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.payments.invoices import letters
from buurthuis.payments.invoices.models import Invoice, Kind, Reminder
from buurthuis.payments.invoices.queries import open_of
from buurthuis.payments.refusals import RemindedToday
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents
from buurthuis.tariffs.ways.models import HouseAccount

AFTER_DAYS: Final = (7, 21)
"""So many days after an invoice was due it is asked for by itself, once each."""


def ask_again(invoice: Invoice, still: Cents, *, by: Person | None, now: datetime) -> Reminder:
    """Ask for an invoice once more, inside a transaction that holds it.

    Raises:
        RemindedToday
    """
    last = db.session.scalars(
        select(Reminder).where(Reminder.invoice_id == invoice.id).order_by(Reminder.number.desc())
    ).first()
    if last is not None and day_of(last.sent_at) == day_of(now):
        raise RemindedToday
    number = 1 if last is None else last.number + 1
    made = Reminder(
        invoice_id=invoice.id, number=number, sent_at=now, by_id=None if by is None else by.id
    )
    db.session.add(made)
    db.session.flush()
    letters.reminded(invoice, still, number)
    note("invoice.reminded", invoice, by=by, venue_id=invoice.venue_id, number=number)
    return made


def due_for_reminder(now: datetime) -> list[int]:
    """Invoices of houses that bill by themselves, for which it is time to ask again, by id."""
    today = day_of(now)
    sent = select(func.count()).select_from(Reminder).where(Reminder.invoice_id == Invoice.id)
    reminders = sent.correlate(Invoice).scalar_subquery()
    asked = (
        select(Invoice.id, Invoice.due_on, reminders)
        .join(HouseAccount, HouseAccount.venue_id == Invoice.venue_id)
        .where(
            HouseAccount.bills_from.is_not(None),
            Invoice.kind != Kind.CREDIT_NOTE,
            Invoice.due_on < today - timedelta(days=AFTER_DAYS[0] - 1),
            reminders < len(AFTER_DAYS),
            open_of() > 0,
        )
        .order_by(Invoice.id)
    )
    return [
        number
        for number, due_on, count in db.session.execute(asked)
        if today >= due_on + timedelta(days=AFTER_DAYS[count])
    ]
