"""Billing: issuing what bookings cost by now and was not billed yet, and crediting what they cost less."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.models import Owed
from buurthuis.bookings.owed.queries import owed_for_each
from buurthuis.foundation.db import db
from buurthuis.payments.invoices import documents, lines
from buurthuis.payments.invoices.billed import Billed, billed_for
from buurthuis.payments.invoices.costs import costs_of
from buurthuis.payments.invoices.documents import Sheet, sheets_for
from buurthuis.payments.invoices.letting_go import let_go, let_go_cents
from buurthuis.payments.invoices.models import Invoice, InvoiceLine
from buurthuis.payments.invoices.numbers import batches_of
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.receiving.models import Settlement
from buurthuis.payments.refusals import TwoGroups
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.billing import Difference, difference
from buurthuis.rules.paying.open_items import How
from buurthuis.venues.models import Venue


@dataclass(slots=True)
class _Plan:
    """What goes on one invoice of a group, and what comes off which earlier ones, by their id."""

    sheet: Sheet
    to_bill: list[InvoiceLine] = field(default_factory=list)
    to_credit: dict[int, list[InvoiceLine]] = field(default_factory=lambda: defaultdict(list))


def bill(bookings: Sequence[Booking], *, by: Person | None, now: datetime) -> list[Invoice]:
    """Issue what is to be billed for these bookings of one group in one house, inside a transaction.

    Raises:
        TwoGroups
    """
    if len({(each.venue_id, each.initiative_id) for each in bookings}) > 1:
        raise TwoGroups
    return bill_each(bookings, by=by, now=now)


def bill_each(
    bookings: Sequence[Booking], *, by: Person | None, now: datetime, run: str = ""
) -> list[Invoice]:
    """The same for each group of one house, in the order in which the groups come.

    A group gets one invoice for all that is to be billed, and a credit note for each invoice of
    which something comes off; [] where everything was billed already. Each table is asked and
    written once, whatever there is. All bookings are locked first, then the invoices, then the
    numbers, so billing twice at one moment bills once. Writing to the groups is for who calls this.
    """
    if not bookings:
        return []
    known = _locked(bookings)
    plans = _plans(known, by=by, now=now)
    originals = _locked_originals(plans)
    batches = batches_of(known[0].venue, run, plans) if run else {}
    found = []
    for group, plan in plans.items():
        if plan.to_bill:
            made = documents.an_invoice(plan.sheet, plan.to_bill, batch=batches.get(group))
            found.append(made)
        for number in sorted(plan.to_credit):
            taken = plan.to_credit[number]
            found.append(documents.a_credit_note(plan.sheet, originals[number], taken))
    if found:
        sheet = next(iter(plans.values())).sheet
        documents.issue(sheet, found)
        _credit(sheet, [each for each in found if each.corrects is not None])
    return found


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
    sheet = sheets_for(venue, [initiative], by=by, now=now)[initiative.id]
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
    return documents.open_from_before(sheet, name, [line], due_on)


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
    known = {each.id: each for each in db.session.scalars(asked)}
    groups = dict.fromkeys(each.initiative_id for each in bookings)
    turn = {group: place for place, group in enumerate(groups)}
    return sorted(
        known.values(), key=lambda each: (turn[each.initiative_id], each.from_at, each.id)
    )


def _plans(bookings: Sequence[Booking], *, by: Person | None, now: datetime) -> dict[int, _Plan]:
    """What is to be done for each group, by its id."""
    groups = (each.initiative for each in bookings)
    sheets = sheets_for(bookings[0].venue, groups, by=by, now=now)
    owed, billed = owed_for_each(bookings), billed_for([each.id for each in bookings])
    plans: dict[int, _Plan] = {}
    for group, of_group in groupby(bookings, key=lambda each: each.initiative_id):
        plan = plans[group] = _Plan(sheets[group])
        with force_locale(plan.sheet.language):
            for booking in of_group:
                _add(plan, booking, owed.get(booking.id), billed[booking.id])
    return plans


def _add(plan: _Plan, booking: Booking, owed: Owed | None, before: Billed) -> None:
    """What a booking costs more or less than was billed for it; nothing while the house decides."""
    costs = costs_of(booking, owed)
    if costs is None:
        return
    changed = difference(costs, before.parts)
    if changed.to_bill:
        plan.to_bill += _billed_lines(booking, owed, changed, is_first=not before.is_begun)
    for wanted in changed.to_credit:
        for number, part in before.to_take(wanted):
            plan.to_credit[number] += lines.of_difference(booking, [part])


def _billed_lines(
    booking: Booking, owed: Owed | None, changed: Difference, *, is_first: bool
) -> list[InvoiceLine]:
    """Billed for the first time, a booking tells its whole price; later only what is more."""
    if not is_first:
        return lines.of_difference(booking, changed.to_bill)
    if owed is not None:
        return lines.of_owed(booking, owed, changed.to_bill)
    return lines.of_price(booking)


def _locked_originals(plans: Mapping[int, _Plan]) -> dict[int, Invoice]:
    """The invoices of which something comes off, locked in the order of their ids."""
    numbers = [number for plan in plans.values() for number in plan.to_credit]
    if not numbers:
        return {}
    asked = select(Invoice).where(Invoice.id.in_(numbers)).order_by(Invoice.id)
    return {each.id: each for each in db.session.scalars(asked.with_for_update())}


def _credit(sheet: Sheet, notes: Sequence[Invoice]) -> None:
    """What is credited settles so much of the invoice; paid already, the house has to give it back."""
    if not notes:
        return
    db.session.add_all(
        Settlement(
            invoice_id=each.corrects_id,
            how=How.CREDIT,
            cents=each.total_cents,
            credit_note_id=each.id,
            made_at=sheet.now,
            by_id=each.issued_by_id,
        )
        for each in notes
    )
    db.session.flush()
    _let_go_of_less(sheet, [each.corrects for each in notes if each.corrects is not None])


def _let_go_of_less(sheet: Sheet, invoices: Sequence[Invoice]) -> None:
    """What was let go and is credited after all was not let go: else money nobody paid would go back."""
    numbers = [each.id for each in invoices]
    gone, still = let_go_cents(numbers), open_cents(numbers)
    for invoice in invoices:
        too_much = min(gone.get(invoice.id, 0), -still[invoice.id])
        if too_much > 0:
            let_go(invoice, -too_much, _("Credited after all"), by=sheet.by, now=sheet.now)
