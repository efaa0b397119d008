"""The verbs about invoices: issued, asked for again, let go, opened; one transaction each."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from flask_babel import gettext as _
from sqlalchemy import select

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import ReasonMissing
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import note as note_down
from buurthuis.payments.invoices import issuing, letters, letting_go, reminding
from buurthuis.payments.invoices.models import Invoice, Reminder
from buurthuis.payments.invoices.monthly import bill_month
from buurthuis.payments.invoices.queries import insist_on_seen, is_known_debt, locked_open_cents
from buurthuis.payments.invoices.queries import invoice as invoice_with_all
from buurthuis.payments.receiving.models import Settlement
from buurthuis.payments.refusals import (
    DebtKnown,
    MoreThanOpen,
    NoAmount,
    NothingLetGo,
    NothingOpen,
    NothingToBill,
)
from buurthuis.rules import wording
from buurthuis.rules.money import Cents
from buurthuis.venues.models import Venue

LONGEST_REASON = 300
LONGEST_NAME = 40


@action
def issue(booking_ids: Sequence[int], *, by: Person) -> list[Invoice]:
    """Bill these bookings of one house now: an invoice for each group, and credit notes.

    Raises:
        NotFound: there is no such booking, or it is of another house.
        NothingToBill: everything was billed already.
    """
    asked = select(Booking).where(Booking.id.in_(booking_ids))
    bookings = db.session.scalars(
        asked.order_by(Booking.venue_id, Booking.initiative_id, Booking.id)
    ).all()
    if not bookings or len(bookings) != len(set(booking_ids)):
        raise NotFound
    for venue_id in {each.venue_id for each in bookings}:
        demand(by, "money.do", db.session.get_one(Venue, venue_id))
    found = []
    for _house, of_house in groupby(bookings, key=lambda each: each.venue_id):
        found += issuing.bill_each(list(of_house), by=by, now=clock.now())
    if not found:
        raise NothingToBill
    letters.issued(found)
    return found


@action
def issue_month(venue: Venue, year: int, month: int, *, by: Person | None) -> list[Invoice]:
    """Bill a month to the groups that get one invoice a month; a second time gives nothing more.

    Raises:
        rules.calendar.NoSuchDay: there is no such month.
    """
    if by is not None:
        demand(by, "money.do", venue)
    found = bill_month(venue, year, month, by=by, now=clock.now())
    letters.issued(found)
    return found


@action
def write_off(
    invoice_id: int, cents: Cents, reason: str, *, by: Person, seen_cents: Cents | None = None
) -> Settlement:
    """Decide to ask so much of an invoice no more, and say why; `seen_cents` is what it asked then.

    Raises:
        NotFound, NoAmount, AsksOtherwise
        ReasonMissing: nobody would know why.
        NothingOpen, MoreThanOpen: more than is asked.
        rules.wording.TooLong: the reason does not fit.
    """
    invoice = invoice_with_all(invoice_id)
    demand(by, "money.do", invoice)
    reason = wording.one_line(reason, longest=LONGEST_REASON)
    if not reason:
        raise ReasonMissing
    if cents <= 0:
        raise NoAmount
    insist_on_seen(invoice.id, seen_cents)
    still = locked_open_cents(invoice.id)
    if still <= 0:
        raise NothingOpen
    if cents > still:
        raise MoreThanOpen(still)
    made = letting_go.let_go(invoice, cents, reason, by=by, now=clock.now())
    note_down("invoice.written_off", invoice, by=by, venue_id=invoice.venue_id, cents=cents)
    return made


@action
def ask_after_all(invoice_id: int, *, by: Person) -> Settlement:
    """Ask again what was let go of an invoice: it was a mistake, or the group pays after all.

    Raises:
        NotFound
        NothingLetGo: all of it is asked already.
    """
    invoice = invoice_with_all(invoice_id)
    demand(by, "money.do", invoice)
    locked_open_cents(invoice.id)
    cents = letting_go.let_go_cents([invoice.id]).get(invoice.id, 0)
    if not cents:
        raise NothingLetGo
    made = letting_go.let_go(invoice, -cents, _("Asked after all"), by=by, now=clock.now())
    note_down("invoice.asked_after_all", invoice, by=by, venue_id=invoice.venue_id, cents=cents)
    return made


@action
def enter_opening(
    venue: Venue,
    initiative: Initiative,
    name: str,
    cents: Cents,
    due_on: date,
    note: str = "",
    *,
    by: Person,
) -> Invoice:
    """Write down what a group still had to pay when the house began; `name` is the number it had.

    Raises:
        NoAmount, DebtKnown
        ReasonMissing: without a number nobody knows which it is.
        rules.wording.TooLong: the number or the note does not fit.
    """
    demand(by, "money.do", venue)
    name = wording.one_line(name, longest=LONGEST_NAME)
    note = wording.one_line(note, longest=LONGEST_REASON)
    if not name:
        raise ReasonMissing
    if cents <= 0:
        raise NoAmount
    if is_known_debt(venue, initiative, name):
        raise DebtKnown
    return issuing.open_balance(
        venue, initiative, name, cents, due_on, note, by=by, now=clock.now()
    )


@action
def remind(invoice_id: int, *, by: Person) -> Reminder:
    """Ask for an invoice once more, by hand; at most once a day.

    Raises:
        NotFound
        NothingOpen: there is nothing to pay any more.
        RemindedToday
    """
    invoice = invoice_with_all(invoice_id)
    demand(by, "money.do", invoice)
    still = locked_open_cents(invoice.id)
    if still <= 0:
        raise NothingOpen
    return reminding.ask_again(invoice, still, by=by, now=clock.now())
