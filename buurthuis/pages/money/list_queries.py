"""Questions about many invoices at once: which there are, what each still asks, and how it stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from buurthuis.accounts.models import Initiative
from buurthuis.foundation.db import db
from buurthuis.payments.invoices.models import Invoice, Kind
from buurthuis.payments.invoices.queries import open_of
from buurthuis.rules.money import Cents
from buurthuis.rules.paying import open_items
from buurthuis.rules.paying.open_items import State
from buurthuis.venues.models import Venue

OPEN_CENTS: Final = open_of()
"""What an invoice still asks; a credit note asks nothing, it takes off another one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which invoices somebody wants to see: of a house, of groups, a year, in a state, by a word."""

    venue_id: int | None = None
    initiative_ids: frozenset[int] | None = None
    year: int | None = None
    state: State | None = None
    kind: Kind | None = None
    word: str = ""
    asks: bool | None = None
    """Only those that still ask something, or only those that do not."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An invoice in a list: what it still asks, and how it stands; a credit note stands nowhere."""

    invoice: Invoice
    open_cents: Cents
    state: State | None


def listed(wanted: Wanted, today: date, *, first: int = 0, count: int) -> list[Listed]:
    """The invoices that are wanted, the newest first."""
    asked = (
        select(Invoice, OPEN_CENTS)
        .join(Invoice.initiative)
        .options(contains_eager(Invoice.initiative), joinedload(Invoice.venue))
        .where(*_which(wanted, today))
        .order_by(Invoice.issued_on.desc(), Invoice.id.desc())
    )
    rows = db.session.execute(asked.offset(first).limit(count)).all()
    return [Listed(each, cents, state_of(each, cents, today)) for each, cents in rows]


def to_pay_of(initiative_ids: Collection[int]) -> tuple[int, Cents]:
    """How many invoices of these groups are still to be paid, and what they come to together."""
    if not initiative_ids:
        return 0, 0
    asked = select(func.count(), func.sum(OPEN_CENTS)).where(
        Invoice.initiative_id.in_(initiative_ids), OPEN_CENTS > 0
    )
    count, cents = db.session.execute(asked).one()
    return count, int(cents or 0)


def state_of(invoice: Invoice, open_cents: Cents, today: date) -> State | None:
    """How an invoice stands; None for a credit note, which nobody pays."""
    if invoice.kind == Kind.CREDIT_NOTE:
        return None
    return open_items.state(invoice.total_cents, open_cents, invoice.due_on, today)


def years_of(venue: Venue) -> Sequence[int]:
    """The years in which a house issued invoices, the latest first."""
    asked = select(Invoice.year).where(Invoice.venue_id == venue.id).distinct()
    return db.session.scalars(asked.order_by(Invoice.year.desc())).all()


def _which(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.venue_id is not None:
        found.append(Invoice.venue_id == wanted.venue_id)
    if wanted.initiative_ids is not None:
        found.append(Invoice.initiative_id.in_(wanted.initiative_ids))
    if wanted.year is not None:
        found.append(Invoice.year == wanted.year)
    if wanted.kind is not None:
        found.append(Invoice.kind == wanted.kind)
    if wanted.state is not None:
        found += [Invoice.kind != Kind.CREDIT_NOTE, _stands_so(wanted.state, today)]
    if wanted.asks is not None:
        found.append(OPEN_CENTS > 0 if wanted.asks else OPEN_CENTS <= 0)
    if wanted.word:
        found.append(_has_word(wanted.word))
    return found


def _stands_so(state: State, today: date) -> ColumnElement[bool]:
    """The same as `rules.paying.open_items.state`, for the database."""
    is_late = and_(OPEN_CENTS > 0, Invoice.due_on < today)
    in_time = and_(OPEN_CENTS > 0, Invoice.due_on >= today)
    return {
        State.TO_GIVE_BACK: OPEN_CENTS < 0,
        State.SETTLED: OPEN_CENTS == 0,
        State.OVERDUE: is_late,
        State.OPEN: and_(in_time, Invoice.total_cents == OPEN_CENTS),
        State.PART_PAID: and_(in_time, Invoice.total_cents != OPEN_CENTS),
    }[state]


def _has_word(word: str) -> ColumnElement[bool]:
    """In its number, what the payer writes with the money, or the name of the group."""
    bare = word.replace(" ", "")
    return or_(
        Invoice.name.icontains(word, autoescape=True),
        Invoice.reference.icontains(bare, autoescape=True),
        Initiative.name.icontains(word, autoescape=True),
    )
