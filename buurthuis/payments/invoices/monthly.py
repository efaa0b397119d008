"""One invoice a month for groups that want that, made as often as one likes without making two."""

from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import func, select

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import db
from buurthuis.payments.invoices.issuing import bill
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.invoices.waiting import to_bill
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue


def bill_month(
    venue: Venue, year: int, month: int, *, by: Person | None, now: datetime
) -> list[Invoice]:
    """Bill what took place up to the end of a month to the groups with one invoice a month.

    What was forgotten of an earlier month is on it too. A step inside a transaction: what was
    billed a moment ago is not billed again, for the bookings are locked first.
    """
    waiting = [each for each in to_bill(venue, _last_day(year, month)) if each.is_monthly]
    ours = [
        each.booking for each in waiting if day_of(each.booking.from_at) <= _last_day(year, month)
    ]
    found = []
    for initiative_id, group in groupby(ours, key=lambda each: each.initiative_id):
        run = f"{year}-{month:02d}/{initiative_id}"
        found += bill(list(group), by=by, now=now, batch=_next(venue, run))
    return found


def _next(venue: Venue, run: str) -> str:
    """The name of a run: what came up later in a month is on a second invoice of it."""
    asked = select(func.count()).select_from(Invoice)
    made = db.session.scalar(
        asked.where(Invoice.venue_id == venue.id, Invoice.batch.in_([run, *_later(run)]))
    )
    return run if not made else f"{run}/{made + 1}"


def _later(run: str) -> list[str]:
    return [f"{run}/{number}" for number in range(2, 32)]


def _last_day(year: int, month: int) -> date:
    return (date(year, month, 1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
