"""Making documents: their sides and lines, and at once the numbers and entries in the books of all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from buurthuis.accounts.models import Initiative, Person
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note_each
from buurthuis.payments.invoices.models import Invoice, InvoiceLine, Kind
from buurthuis.payments.invoices.numbers import OPENING_YEAR, next_numbers
from buurthuis.payments.invoices.parties import DAYS, Side, parties_of, seller_of
from buurthuis.payments.ledger.posting import post_each
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


def sheets_for(
    venue: Venue, initiatives: Iterable[Initiative], *, by: Person | None, now: datetime
) -> dict[int, Sheet]:
    """The sides as they are today, by the id of the group."""
    account = db.session.get(HouseAccount, venue.id)
    seller, days = seller_of(venue, account), DAYS if account is None else account.days
    return {
        number: Sheet(
            venue=venue,
            initiative=party.initiative,
            seller=seller,
            buyer=party.side,
            language=party.language,
            days=days,
            now=now,
            by=by,
        )
        for number, party in parties_of(initiatives).items()
    }


def an_invoice(sheet: Sheet, lines: Sequence[InvoiceLine], *, batch: str | None = None) -> Invoice:
    """An invoice with these lines, still to be issued."""
    invoice = _written(sheet, Kind.INVOICE, lines, sheet.today + timedelta(days=sheet.days))
    invoice.batch = batch
    return invoice


def a_credit_note(sheet: Sheet, corrects: Invoice, lines: Sequence[InvoiceLine]) -> Invoice:
    """A credit note for an invoice, still to be issued; what it settles of that is for who calls this."""
    credit = _written(sheet, Kind.CREDIT_NOTE, lines, sheet.today)
    credit.corrects = corrects
    credit.language = corrects.language
    return credit


def open_from_before(
    sheet: Sheet, name: str, lines: Sequence[InvoiceLine], due_on: date
) -> Invoice:
    """Write down what a group still had to pay when the house began; it keeps its own number."""
    opening = _written(sheet, Kind.OPENING, lines, due_on)
    opening.issued_on = min(due_on, sheet.today)
    [number] = next_numbers(sheet.venue, OPENING_YEAR)
    opening.number, opening.name, opening.reference = None, name, number.reference
    _write_down(sheet, [opening])
    return opening


def issue(sheet: Sheet, documents: Sequence[Invoice]) -> None:
    """Number documents of one house in this order, store them, and enter them in the books.

    All at once, however many: the sheet of any of them tells the house, the moment and by whom.
    """
    numbers = next_numbers(sheet.venue, sheet.today.year, len(documents))
    for each, number in zip(documents, numbers, strict=True):
        each.number, each.name, each.reference = number
    _write_down(sheet, documents)


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


def _written(sheet: Sheet, kind: Kind, lines: Sequence[InvoiceLine], due_on: date) -> Invoice:
    for position, line in enumerate(lines):
        line.position = position
    net, vat = sum(line.cents for line in lines), sum(line.vat_cents for line in lines)
    return Invoice(
        venue=sheet.venue,
        kind=kind,
        year=sheet.today.year,
        initiative=sheet.initiative,
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


_VERBS = {Kind.INVOICE: "issued", Kind.CREDIT_NOTE: "credited", Kind.OPENING: "opened"}


def _write_down(sheet: Sheet, documents: Sequence[Invoice]) -> None:
    """From here on nobody changes them: the database refuses."""
    db.session.add_all(documents)
    db.session.flush()
    moves = [(each, entry) for each in documents for entry in entries_of(each.kind, each.lines)]
    post_each(sheet.venue.id, moves, on=sheet.today)
    for kind, verb in _VERBS.items():
        noted = [
            (each, {"cents": each.total_cents, "number": each.number})
            for each in documents
            if each.kind is kind
        ]
        note_each(f"invoice.{verb}", noted, by=sheet.by)
