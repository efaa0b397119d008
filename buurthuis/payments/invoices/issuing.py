"""Billing: issuing what bookings cost by now and was not billed yet, and crediting what they cost less."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.models import Owed
from buurthuis.bookings.owed.queries import owed_for_each
from buurthuis.foundation.db import db
from buurthuis.payments.invoices import documents, lines
from buurthuis.payments.invoices.billed import billed_for
from buurthuis.payments.invoices.costs import costs_of
from buurthuis.payments.invoices.documents import Sheet, sheet_for
from buurthuis.payments.invoices.models import Invoice, InvoiceLine
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.ledger.posting import post
from buurthuis.payments.receiving.models import Settlement
from buurthuis.payments.refusals import TwoGroups
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.billing import Difference, difference
from buurthuis.rules.paying.ledger import Account, entries
from buurthuis.rules.paying.open_items import How
from buurthuis.venues.models import Venue


@dataclass(slots=True)
class _Plan:
    """What goes on one invoice, and what comes off which earlier ones, by their id."""

    to_bill: list[InvoiceLine] = field(default_factory=list)
    to_credit: dict[int, list[InvoiceLine]] = field(default_factory=lambda: defaultdict(list))


def bill(
    bookings: Sequence[Booking],
    *,
    by: Person | None,
    now: datetime,
    batch: str | None = None,
) -> list[Invoice]:
    """Issue what is to be billed for these bookings of one group in one house, inside a transaction.

    One invoice for all that is to be billed, and a credit note for each invoice of which something
    comes off; [] where everything was billed already. The bookings are locked first, so billing
    twice at one moment bills once. Writing to the group is for who calls this.

    Raises:
        TwoGroups
    """
    known = _locked(bookings)
    if not known:
        return []
    if len({(each.venue_id, each.initiative_id) for each in known}) > 1:
        raise TwoGroups
    sheet = sheet_for(known[0].venue, known[0].initiative, by=by, now=now)
    with force_locale(sheet.language):
        plan = _plan(known)
    credited = _credited(plan.to_credit)
    found = [documents.an_invoice(sheet, plan.to_bill, batch=batch)] if plan.to_bill else []
    return [*found, *(_credit(sheet, each, plan.to_credit[each.id]) for each in credited)]


def open_balance(
    venue: Venue,
    initiative: Initiative,
    name: str,
    cents: Cents,
    due_on: date,
    note: str,
    *,
    by: Person | None,
    now: datetime,
) -> Invoice:
    """Write down what a group still had to pay from before, inside a transaction; it gets no number."""
    sheet = sheet_for(venue, initiative, by=by, now=now)
    with force_locale(sheet.language):
        words = note or _("Still to pay from before: %(name)s", name=name)
    line = InvoiceLine(
        what=lines.OPENING,
        text=words[: lines.LONGEST],
        supplied_on=min(due_on, sheet.today),
        quantity=1,
        unit_cents=cents,
        cents=cents,
        vat_bp=None,
        vat_cents=0,
        given_cents=0,
    )
    return documents.an_opening(sheet, name, [line], due_on)


def _locked(bookings: Sequence[Booking]) -> Sequence[Booking]:
    """The bookings as they are now, in the order of their ids; nobody changes them until the commit."""
    asked = (
        select(Booking)
        .where(Booking.id.in_([each.id for each in bookings]))
        .options(*(joinedload(each) for each in (Booking.room, Booking.venue, Booking.initiative)))
        .order_by(Booking.id)
        .with_for_update(of=Booking)
        .execution_options(populate_existing=True)
    )
    found = db.session.scalars(asked).all()
    return sorted(found, key=lambda each: (each.from_at, each.id))


def _plan(bookings: Sequence[Booking]) -> _Plan:
    owed, billed = owed_for_each(bookings), billed_for([each.id for each in bookings])
    plan = _Plan()
    for booking in bookings:
        asked, before = owed.get(booking.id), billed[booking.id]
        costs = costs_of(booking, asked)
        if costs is None:
            continue
        changed = difference(costs, before.parts)
        if changed.to_bill:
            plan.to_bill += _billed_lines(booking, asked, changed, is_first=not before.is_begun)
        for wanted in changed.to_credit:
            for number, part in before.to_take(wanted):
                plan.to_credit[number] += lines.of_difference(booking, [part])
    return plan


def _billed_lines(
    booking: Booking, owed: Owed | None, changed: Difference, *, is_first: bool
) -> list[InvoiceLine]:
    """Billed for the first time, a booking tells its whole price; later only what is more."""
    if not is_first:
        return lines.of_difference(booking, changed.to_bill)
    if owed is not None:
        return lines.of_owed(booking, owed, changed.to_bill)
    return lines.of_price(booking)


def _credited(to_credit: Mapping[int, Sequence[InvoiceLine]]) -> Sequence[Invoice]:
    """The invoices of which something comes off, locked in the order of their ids."""
    if not to_credit:
        return []
    asked = select(Invoice).where(Invoice.id.in_(to_credit)).order_by(Invoice.id)
    return db.session.scalars(asked.with_for_update()).all()


def _credit(sheet: Sheet, invoice: Invoice, taken: Sequence[InvoiceLine]) -> Invoice:
    """What is credited settles so much of the invoice; paid already, the house has to give it back."""
    credit = documents.a_credit_note(sheet, invoice, taken)
    settled = Settlement(
        invoice_id=invoice.id,
        how=How.CREDIT,
        cents=credit.total_cents,
        credit_note_id=credit.id,
        made_at=sheet.now,
        by_id=credit.issued_by_id,
    )
    db.session.add(settled)
    db.session.flush()
    _let_go_of_less(sheet, invoice)
    return credit


def _let_go_of_less(sheet: Sheet, invoice: Invoice) -> None:
    """What was let go and is credited after all was not let go: else money nobody paid would go back."""
    of_it = Settlement.invoice_id == invoice.id, Settlement.how == How.WRITE_OFF
    written_off = db.session.scalar(select(func.sum(Settlement.cents)).where(*of_it)) or 0
    too_much = min(written_off, -open_cents([invoice.id])[invoice.id])
    if too_much <= 0:
        return
    back = Settlement(
        invoice_id=invoice.id,
        how=How.WRITE_OFF,
        cents=-too_much,
        reason=_("Credited after all"),
        made_at=sheet.now,
        by_id=None if sheet.by is None else sheet.by.id,
    )
    db.session.add(back)
    post(
        invoice.venue_id,
        entries((Account.WRITTEN_OFF, Account.RECEIVABLE, -too_much)),
        on=sheet.today,
        text=invoice.name,
        initiative_id=invoice.initiative_id,
        invoice=invoice,
    )
