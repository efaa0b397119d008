"""Lines of the bank beside what is open in a house: what each was most likely for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select

from buurthuis.accounts.models import Initiative
from buurthuis.foundation.db import db
from buurthuis.payments.bank.models import BankLine
from buurthuis.payments.invoices.models import Invoice, Kind
from buurthuis.payments.invoices.queries import open_of
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.refunds.queries import pending_by_bank
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.matching import (
    Certainty,
    Going,
    Line,
    Proposal,
    propose_back,
    propose_each,
)
from buurthuis.rules.paying.naming import Item
from buurthuis.venues.models import Venue

MOST_LINES: Final = 120
"""So many lines are looked at together; the others come when these are done."""
_REFERENCE: Final = re.compile(r"RF\d{13,23}")
_NUMBER: Final = re.compile(r"(20\d\d)[^0-9A-Z]{0,3}(\d{1,6})(?!\d)")
_SHORTEST_REFERENCE: Final = 15


@dataclass(frozen=True, slots=True)
class Looked:
    """A line with what it was most likely for."""

    line: BankLine
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Look:
    """What a person sees: lines with proposals, and the invoices and refunds that these speak of."""

    rows: tuple[Looked, ...]
    items: Mapping[int, Item]
    refunds: Mapping[int, Going]

    def of(self, certainty: Certainty, *, going: bool = False) -> list[Looked]:
        """The lines of which we are so sure: money that came, or money that went."""
        return [
            row
            for row in self.rows
            if row.proposal.certainty is certainty and (row.line.cents < 0) is going
        ]


def look(venue: Venue, lines: Sequence[BankLine]) -> Look:
    """Put lines beside all that is open in their house; the number of questions is always the same."""
    said = {line.id: _line(line) for line in lines}
    came = [said[line.id] for line in lines if line.cents > 0]
    went = [said[line.id] for line in lines if line.cents < 0]
    items = items_of(venue, came)
    payers = _payers(venue, {line.iban for line in lines if line.iban})
    refunds = _refunds(venue) if went else {}
    proposals = {
        proposal.line_id: proposal
        for proposal in [
            *propose_each(came, items.values(), payers),
            *propose_back(went, list(refunds.values()), payers),
        ]
    }
    return Look(tuple(Looked(each, proposals[each.id]) for each in lines), items, refunds)


def items_of(venue: Venue, lines: Sequence[Line]) -> dict[int, Item]:
    """All open invoices of a house, and those that these lines name and that are paid."""
    found = _items(venue, open_of() > 0)
    named = _named(lines)
    return found if named is None else _items(venue, named) | found


def _items(venue: Venue, which: ColumnElement[bool]) -> dict[int, Item]:
    asked = (
        select(Invoice.id, Invoice.name, Invoice.reference, Invoice.initiative_id, Initiative.name)
        .add_columns(open_of(), Invoice.due_on)
        .join(Initiative, Initiative.id == Invoice.initiative_id)
        .where(Invoice.venue_id == venue.id, Invoice.kind != Kind.CREDIT_NOTE, which)
    )
    return {row[0]: Item(*row) for row in db.session.execute(asked)}


def _named(lines: Sequence[Line]) -> ColumnElement[bool] | None:
    """A condition that holds for invoices whose reference or number stands in a line."""
    references, years, numbers = set(), set(), set()
    for line in lines:
        for each in _REFERENCE.finditer(line.said.plain):
            whole = each[0]
            references |= {whole[:end] for end in range(_SHORTEST_REFERENCE, len(whole) + 1)}
        for each in _NUMBER.finditer(line.said.raw):
            years.add(int(each[1]))
            numbers.add(int(each[2]))
    if not references and not numbers:
        return None
    by_number = and_(Invoice.year.in_(years), Invoice.number.in_(numbers))
    return or_(Invoice.reference.in_(references), by_number)


def _payers(venue: Venue, ibans: set[str]) -> dict[str, set[int]]:
    """For which groups money came from these accounts before."""
    asked = (
        select(BankLine.iban, Payment.initiative_id)
        .join(Payment, Payment.id == BankLine.payment_id)
        .where(
            BankLine.venue_id == venue.id,
            BankLine.iban.in_(ibans),
            Payment.undone_at.is_(None),
            Payment.initiative_id.is_not(None),
        )
        .distinct()
    )
    found: dict[str, set[int]] = {}
    for iban, group in db.session.execute(asked):
        found.setdefault(iban, set()).add(int(group or 0))
    return found


def _refunds(venue: Venue) -> dict[int, Going]:
    """Money that a person is to carry back by the bank."""
    found = {}
    for each in pending_by_bank(venue):
        group = each.payment.initiative
        name = group.name if group is not None else ""
        group_id = group.id if group is not None else 0
        number = each.invoice.name if each.invoice is not None else ""
        item = Item(each.id, number, "", group_id, name, 0, day_of(each.made_at))
        found[each.id] = Going(each.id, each.cents, item)
    return found


def _line(line: BankLine) -> Line:
    return Line(line.id, line.cents, line.text, line.counterparty, line.iban, line.reference)
