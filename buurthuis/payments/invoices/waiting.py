"""What is to be billed or credited in a house: a question, for nobody keeps a list of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.models import Owed, State
from buurthuis.foundation.db import db
from buurthuis.payments.invoices.billed import billed_for
from buurthuis.payments.invoices.costs import CHARGED, price_of
from buurthuis.payments.invoices.models import BillingParty, Invoice, InvoiceLine, Kind
from buurthuis.rules.calendar import MINUTES_A_DAY, day_of, moment
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.billing import difference
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.states import Status
from buurthuis.tariffs.ways.models import HouseAccount
from buurthuis.venues.models import Venue

LOOKS_BACK: Final = timedelta(days=183)
"""A house that bills by hand sees this year, and at least so much: December is billed in January."""


@dataclass(frozen=True, slots=True)
class ToBill:
    """A booking that costs more or less by now than was billed for it, and by how much."""

    booking: Booking
    cents: Cents
    is_begun: bool
    """It was billed before, so this is a correction."""
    is_monthly: bool
    """Its group gets one invoice a month."""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Bookings from before a house looks, that cost something and were never billed."""

    count: int
    cents: Cents
    since: date
    """The day of the first of them."""


def to_bill(venue: Venue, until: date, since: date | None = None) -> Sequence[ToBill]:
    """What is to be billed or credited of bookings up to and including a day, by group and moment.

    What was billed before and costs something else by now is in it whenever it is, and so is what
    was called off and costs something, or is certain and was to be paid online before. What was
    never billed counts from `since`: by itself from `first_day`. One question, whatever there is,
    and another one where only the VAT is different.
    """
    first = since or first_day(venue, until)
    starts, ends = moment(first, 0), moment(until, MINUTES_A_DAY)
    billed, lines = _billed(InvoiceLine.cents + InvoiceLine.vat_cents), _lines()
    costs = _costs()
    other_vat = and_(
        Owed.booking_id.is_(None), _price(Booking.vat_cents) != _billed(InvoiceLine.vat_cents)
    )
    is_due = or_(
        Booking.to_at <= ends,
        Booking.status == Status.CANCELLED,
        Booking.pays_by == Way.ONLINE,
    )
    asked = (
        select(Booking, costs - billed, lines, func.coalesce(BillingParty.is_monthly, False))
        .outerjoin(Owed, Owed.booking_id == Booking.id)
        .outerjoin(BillingParty, BillingParty.initiative_id == Booking.initiative_id)
        .where(
            Booking.venue_id == venue.id,
            or_(costs != billed, and_(lines > 0, other_vat)),
            or_(Owed.booking_id.is_(None), Owed.state != State.TO_DECIDE),
            or_(lines > 0, and_(Booking.from_at >= starts, is_due)),
        )
        .options(joinedload(Booking.room), joinedload(Booking.initiative))
    )
    found = [
        ToBill(each, int(cents), count > 0, bool(monthly))
        for each, cents, count, monthly in db.session.execute(asked)
    ]
    same = {each.booking.id for each in found if not each.cents}
    wrong = _of_other_vat([each.booking for each in found if each.booking.id in same])
    return sorted((each for each in found if each.booking.id not in same - wrong), key=_by_group)


def first_day(venue: Venue, until: date) -> date:
    """From which day a house looks for what was never billed: on which it began to bill, if it said so."""
    account = db.session.get(HouseAccount, venue.id)
    began = None if account is None else account.bills_from
    return began or min(until.replace(month=1, day=1), until - LOOKS_BACK)


def left_behind(venue: Venue, before: date) -> LeftBehind | None:
    """What was never billed of before a day; nobody bills it by itself, so somebody has to see it."""
    costs = _costs()
    asked = (
        select(func.count(), func.sum(costs), func.min(Booking.from_at))
        .outerjoin(Owed, Owed.booking_id == Booking.id)
        .where(
            Booking.venue_id == venue.id,
            Booking.from_at < moment(before, 0),
            costs > 0,
            or_(Owed.booking_id.is_(None), Owed.state != State.TO_DECIDE),
            _lines() == 0,
        )
    )
    count, cents, since = db.session.execute(asked).one()
    return LeftBehind(count, int(cents), day_of(since)) if count else None


def _of_other_vat(bookings: Sequence[Booking]) -> set[int]:
    """Which of these were billed with other VAT than they have now, though they cost the same."""
    if not bookings:
        return set()
    billed = billed_for([each.id for each in bookings])
    return {
        each.id
        for each in bookings
        if not difference(price_of(each), billed[each.id].parts).is_nothing
    }


def _by_group(item: ToBill) -> tuple[str, int, object, int]:
    booking = item.booking
    group = booking.initiative
    return group.name.casefold(), group.id, booking.from_at, booking.id


def _costs() -> ColumnElement[int]:
    """As `costs.costs_of`, all together, in the words of the database."""
    of_owed = case((Owed.state == State.DUE, Owed.cents), else_=0)
    return case((Owed.booking_id.is_(None), _price(Booking.total_cents)), else_=of_owed)


def _price(cents: SQLColumnExpression[int]) -> ColumnElement[int]:
    return case((Booking.status.in_(CHARGED), cents), else_=0)


def _billed(cents: SQLColumnExpression[int]) -> ColumnElement[int]:
    signed = case((Invoice.kind == Kind.CREDIT_NOTE, -cents), else_=cents)
    asked = select(func.coalesce(func.sum(signed), 0)).join(Invoice)
    of_it = asked.where(InvoiceLine.booking_id == Booking.id)
    return of_it.correlate(Booking).scalar_subquery()


def _lines() -> ColumnElement[int]:
    asked = select(func.count()).select_from(InvoiceLine)
    return asked.where(InvoiceLine.booking_id == Booking.id).correlate(Booking).scalar_subquery()
