"""What is to be billed or credited in a house: a question, for nobody keeps a list of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.models import Owed, State
from buurthuis.foundation.db import db
from buurthuis.payments.invoices.costs import CHARGED
from buurthuis.payments.invoices.models import BillingParty, Invoice, InvoiceLine, Kind
from buurthuis.rules.calendar import MINUTES_A_DAY, moment
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.states import Status
from buurthuis.tariffs.ways.models import HouseAccount
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class ToBill:
    """A booking that costs more or less by now than was billed for it, and by how much."""

    booking: Booking
    cents: Cents
    is_begun: bool
    """It was billed before, so this is a correction."""
    is_monthly: bool
    """Its group gets one invoice a month."""


def to_bill(venue: Venue, until: date, since: date | None = None) -> Sequence[ToBill]:
    """What is to be billed or credited of bookings up to and including a day, by group and moment.

    What was billed before and costs something else by now is in it whenever it is, and so is what
    was called off and costs something, or is certain and was to be paid online before. What was
    never billed counts from `since`: by itself the day on which the house began to bill, or the
    first of this year. One question, whatever there is.
    """
    first = since or _since(venue) or until.replace(month=1, day=1)
    starts, ends = moment(first, 0), moment(until, MINUTES_A_DAY)
    billed, lines = _billed(), _lines()
    costs = _costs()
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
            costs != billed,
            or_(Owed.booking_id.is_(None), Owed.state != State.TO_DECIDE),
            or_(lines > 0, and_(Booking.from_at >= starts, is_due)),
        )
        .options(joinedload(Booking.room), joinedload(Booking.initiative))
    )
    found = [
        ToBill(each, int(cents), count > 0, bool(monthly))
        for each, cents, count, monthly in db.session.execute(asked)
    ]
    return sorted(found, key=_by_group)


def _by_group(item: ToBill) -> tuple[str, int, object, int]:
    booking = item.booking
    group = booking.initiative
    return group.name.casefold(), group.id, booking.from_at, booking.id


def _since(venue: Venue) -> date | None:
    account = db.session.get(HouseAccount, venue.id)
    return None if account is None else account.bills_from


def _costs() -> ColumnElement[int]:
    """As `costs.costs_of`, all together, in the words of the database."""
    price = case((Booking.status.in_(CHARGED), Booking.total_cents), else_=0)
    of_owed = case((Owed.state == State.DUE, Owed.cents), else_=0)
    return case((Owed.booking_id.is_(None), price), else_=of_owed)


def _billed() -> ColumnElement[int]:
    whole = InvoiceLine.cents + InvoiceLine.vat_cents
    signed = case((Invoice.kind == Kind.CREDIT_NOTE, -whole), else_=whole)
    asked = select(func.coalesce(func.sum(signed), 0)).join(Invoice)
    of_it = asked.where(InvoiceLine.booking_id == Booking.id)
    return of_it.correlate(Booking).scalar_subquery()


def _lines() -> ColumnElement[int]:
    asked = select(func.count()).select_from(InvoiceLine)
    return asked.where(InvoiceLine.booking_id == Booking.id).correlate(Booking).scalar_subquery()
