"""Questions about invoices: one with all it shows, what is still open, and what is to be billed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from buurthuis.accounts.models import Initiative
from buurthuis.foundation.db import db
from buurthuis.foundation.rows import row_of
from buurthuis.payments.invoices.models import Invoice, Kind
from buurthuis.payments.receiving.models import Settlement
from buurthuis.payments.refusals import AsksOtherwise
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.open_items import AGES, State, age, state
from buurthuis.venues.models import Venue

WITH_ALL = (
    joinedload(Invoice.venue),
    joinedload(Invoice.initiative),
    joinedload(Invoice.corrects),
    selectinload(Invoice.lines),
)


def invoice(invoice_id: int) -> Invoice:
    """An invoice with all it shows.

    Raises:
        NotFound
    """
    return row_of(Invoice, invoice_id, options=WITH_ALL)


def open_cents(invoice_ids: Collection[int]) -> dict[int, Cents]:
    """What each of these still asks; below nothing the house has to give back. A credit note asks nothing."""
    asked = select(Invoice.id, open_of()).where(Invoice.id.in_(invoice_ids))
    return {number: int(cents) for number, cents in db.session.execute(asked)}


def locked_open_cents(invoice_id: int) -> Cents:
    """Lock an invoice until the commit, and say what it still asks."""
    db.session.execute(select(Invoice.id).where(Invoice.id == invoice_id).with_for_update())
    return open_cents([invoice_id])[invoice_id]


def insist_on_seen(invoice_id: int, seen: Cents | None) -> None:
    """Lock an invoice, and see that it still asks what the page showed: a form sent twice counts once.

    Raises:
        AsksOtherwise
    """
    still = locked_open_cents(invoice_id)
    if seen is not None and seen != still:
        raise AsksOtherwise(still)


def is_known_debt(venue: Venue, initiative: Initiative, name: str) -> bool:
    """A debt from before with this number was written down; nobody else does so until the commit."""
    locked = select(Initiative.id).where(Initiative.id == initiative.id).with_for_update()
    db.session.execute(locked)
    of_group = Invoice.venue_id == venue.id, Invoice.initiative_id == initiative.id
    asked = select(Invoice.id).where(*of_group, Invoice.kind == Kind.OPENING, Invoice.name == name)
    return db.session.scalar(asked.limit(1)) is not None


def settled_cents() -> ColumnElement[int]:
    """How much of an invoice is settled, as a column beside it."""
    summed = select(func.coalesce(func.sum(Settlement.cents), 0))
    return summed.where(Settlement.invoice_id == Invoice.id).correlate(Invoice).scalar_subquery()


def open_of() -> ColumnElement[int]:
    """How much an invoice still asks, as a column beside it."""
    return case((Invoice.kind == Kind.CREDIT_NOTE, 0), else_=Invoice.total_cents - settled_cents())


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An invoice that is not settled, how it stands, and in which of AGES it falls."""

    invoice: Invoice
    cents: Cents
    state: State
    age: int


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """What a group still has to pay in a house, or is to get back, and how old that is."""

    initiative: Initiative
    items: tuple[OpenItem, ...]

    @property
    def cents(self) -> Cents:
        """All together."""
        return sum(item.cents for item in self.items)

    @property
    def by_age(self) -> tuple[Cents, ...]:
        """How much falls in each of AGES, from not due yet to the oldest."""
        ages = range(len(AGES) + 1)
        return tuple(sum(item.cents for item in self.items if item.age == each) for each in ages)


def open_items(venue: Venue, today: date) -> list[OpenGroup]:
    """What is not settled in a house, group by group, the oldest of each first; in one question."""
    cents = open_of()
    asked = (
        select(Invoice, cents)
        .where(Invoice.venue_id == venue.id, cents != 0)
        .options(joinedload(Invoice.initiative))
        .order_by(Invoice.due_on, Invoice.id)
    )
    groups: dict[int, list[OpenItem]] = {}
    for found, still in db.session.execute(asked):
        how = state(found.total_cents, still, found.due_on, today)
        item = OpenItem(found, still, how, age(found.due_on, today))
        groups.setdefault(found.initiative_id, []).append(item)
    every = [OpenGroup(items[0].invoice.initiative, tuple(items)) for items in groups.values()]
    return sorted(every, key=lambda each: (each.initiative.name.casefold(), each.initiative.id))
