"""Making one document: its number, its sides, its lines and its entries in the books, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from buurthuis.accounts.models import Initiative, Person
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.payments.invoices.models import Invoice, InvoiceLine, Kind
from buurthuis.payments.invoices.numbers import OPENING_YEAR, next_number
from buurthuis.payments.invoices.parties import DAYS, Side, buyer_of, language_of, seller_of
from buurthuis.payments.ledger.posting import post
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.ledger import Account, Entry, entries
from buurthuis.tariffs.ways.models import HouseAccount
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all documents have alike that are made at once for one group in one house."""

    venue: Venue
    initiative: Initiative
    seller: Side
    buyer: Side
    language: str
    days: int
    now: datetime
    by: Person | None

    @property
    def today(self) -> date:
        """The day of issue, on the clock in Amsterdam."""
        return day_of(self.now)


def sheet_for(venue: Venue, initiative: Initiative, *, by: Person | None, now: datetime) -> Sheet:
    """The sides as they are today."""
    account = db.session.get(HouseAccount, venue.id)
    return Sheet(
        venue=venue,
        initiative=initiative,
        seller=seller_of(venue, account),
        buyer=buyer_of(initiative),
        language=language_of(initiative),
        days=DAYS if account is None else account.days,
        now=now,
        by=by,
    )


def an_invoice(sheet: Sheet, lines: Sequence[InvoiceLine], *, batch: str | None = None) -> Invoice:
    """Issue an invoice with these lines, in the books as well."""
    due_on = sheet.today + timedelta(days=sheet.days)
    invoice = _numbered(sheet, Kind.INVOICE, lines, due_on)
    invoice.batch = batch
    return _issued(sheet, invoice)


def a_credit_note(sheet: Sheet, corrects: Invoice, lines: Sequence[InvoiceLine]) -> Invoice:
    """Issue a credit note for an invoice; what it settles of that is for who calls this."""
    credit = _numbered(sheet, Kind.CREDIT_NOTE, lines, sheet.today)
    credit.corrects_id = corrects.id
    credit.language = corrects.language
    return _issued(sheet, credit)


def an_opening(sheet: Sheet, name: str, lines: Sequence[InvoiceLine], due_on: date) -> Invoice:
    """Write down what a group still had to pay when the house began; it keeps its own number."""
    reference = next_number(sheet.venue, OPENING_YEAR).reference
    opening = _written(sheet, Kind.OPENING, lines, due_on)
    opening.issued_on = min(due_on, sheet.today)
    opening.number, opening.name, opening.reference = None, name, reference
    return _issued(sheet, opening)


def entries_of(kind: Kind, lines: Sequence[InvoiceLine]) -> list[Entry]:
    """What a document with these lines moves in the books."""
    sign = kind.sign
    net = sign * sum(line.cents for line in lines)
    income = Account.OPENING if kind is Kind.OPENING else Account.INCOME
    return entries(
        (Account.RECEIVABLE, income, net),
        (Account.DISCOUNT, income, sign * sum(line.given_cents for line in lines)),
        (Account.RECEIVABLE, Account.VAT, sign * sum(line.vat_cents for line in lines)),
    )


def _numbered(sheet: Sheet, kind: Kind, lines: Sequence[InvoiceLine], due_on: date) -> Invoice:
    number = next_number(sheet.venue, sheet.today.year)
    invoice = _written(sheet, kind, lines, due_on)
    invoice.number, invoice.name, invoice.reference = number
    return invoice


def _written(sheet: Sheet, kind: Kind, lines: Sequence[InvoiceLine], due_on: date) -> Invoice:
    for position, line in enumerate(lines):
        line.position = position
    net, vat = sum(line.cents for line in lines), sum(line.vat_cents for line in lines)
    return Invoice(
        venue_id=sheet.venue.id,
        kind=kind,
        year=sheet.today.year,
        initiative_id=sheet.initiative.id,
        issued_on=sheet.today,
        due_on=due_on,
        issued_at=sheet.now,
        issued_by_id=None if sheet.by is None else sheet.by.id,
        language=sheet.language,
        seller=sheet.seller,
        buyer=sheet.buyer,
        net_cents=net,
        vat_cents=vat,
        total_cents=net + vat,
        lines=list(lines),
    )


def _issued(sheet: Sheet, invoice: Invoice) -> Invoice:
    """From here on nobody changes it: the database refuses."""
    db.session.add(invoice)
    db.session.flush()
    post(
        sheet.venue.id,
        entries_of(invoice.kind, invoice.lines),
        on=sheet.today,
        text=invoice.name,
        initiative_id=invoice.initiative_id,
        invoice=invoice,
    )
    verb = {Kind.INVOICE: "issued", Kind.CREDIT_NOTE: "credited", Kind.OPENING: "opened"}
    note(
        f"invoice.{verb[invoice.kind]}",
        invoice,
        by=sheet.by,
        venue_id=sheet.venue.id,
        cents=invoice.total_cents,
        number=invoice.number,
    )
    return invoice
