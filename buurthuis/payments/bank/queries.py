"""Questions about statements of the bank: what waits, what was said, which files came."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.rows import row_of
from buurthuis.payments.bank.models import BankLine, BankStatement
from buurthuis.payments.receiving.models import Payment, Settlement
from buurthuis.venues.models import Venue

MOST_FILES = 12
_WAITS: ColumnElement[bool] = (
    BankLine.aside_at.is_(None)
    & BankLine.refund_id.is_(None)
    & or_(
        BankLine.payment_id.is_(None),
        exists().where(Payment.id == BankLine.payment_id, Payment.undone_at.is_not(None)),
    )
)
"""Nobody said what it is, or that was undone."""


def counting_waiting(venue: Venue) -> Select[int]:
    """How many lines of a house nobody said anything yet, to be asked with other counts."""
    return select(func.count()).select_from(BankLine).where(BankLine.venue_id == venue.id, _WAITS)


def waiting(venue: Venue, *, most: int) -> Sequence[BankLine]:
    """Lines about which nobody said anything yet, the oldest first."""
    asked = select(BankLine).where(BankLine.venue_id == venue.id, _WAITS)
    ordered = asked.order_by(BankLine.booked_on, BankLine.id)
    return db.session.scalars(ordered.limit(most)).all()


def is_waiting(line: BankLine) -> bool:
    """The same for a line that was read with its payment."""
    is_paid = line.payment is not None and line.payment.undone_at is None
    return line.aside_at is None and line.refund_id is None and not is_paid


def said(venue: Venue, *, first: int, count: int) -> Sequence[BankLine]:
    """Lines about which somebody said what they are, the latest first."""
    asked = select(BankLine).where(BankLine.venue_id == venue.id, ~_WAITS)
    latest = func.coalesce(BankLine.matched_at, BankLine.aside_at).desc()
    shown = asked.options(*_WITH_ALL).order_by(latest, BankLine.id.desc())
    return db.session.scalars(shown.offset(first).limit(count)).all()


def line_here(slug: str, line_id: int) -> BankLine:
    """A line of this house.

    Raises:
        NotFound: there is none, or it is of another house.
    """
    options = [*_WITH_ALL, joinedload(BankLine.venue)]
    found = row_of(BankLine, line_id, options=options)
    if found.venue.slug != slug:
        raise NotFound
    return found


def statement_here(slug: str, statement_id: int) -> BankStatement:
    """A file that this house brought.

    Raises:
        NotFound: there is none, or it is of another house.
    """
    with_venue = [joinedload(BankStatement.venue)]
    found = row_of(BankStatement, statement_id, options=with_venue)
    if found.venue.slug != slug:
        raise NotFound
    return found


def statements_of(venue: Venue) -> Sequence[tuple[BankStatement, int]]:
    """The files that a house brought last, the newest first, each with how many lines it brought."""
    count = select(func.count()).where(BankLine.statement_id == BankStatement.id)
    asked = (
        select(BankStatement, count.correlate(BankStatement).scalar_subquery())
        .where(BankStatement.venue_id == venue.id)
        .options(joinedload(BankStatement.brought_by))
        .order_by(BankStatement.id.desc())
    )
    return [(each, number) for each, number in db.session.execute(asked.limit(MOST_FILES))]


def columns_before(venue: Venue, heading: str) -> dict[str, object] | None:
    """What a house said last about the columns of such a table; None when it never did."""
    asked = select(BankStatement.columns).where(
        BankStatement.venue_id == venue.id,
        BankStatement.heading == heading,
        BankStatement.sheet.is_(None),
        BankStatement.heading != "",
    )
    return db.session.scalar(asked.order_by(BankStatement.id.desc()).limit(1))


_WITH_ALL = (
    joinedload(BankLine.statement),
    joinedload(BankLine.payment).joinedload(Payment.initiative),
    joinedload(BankLine.payment).selectinload(Payment.settlements).joinedload(Settlement.invoice),
    joinedload(BankLine.refund),
)
