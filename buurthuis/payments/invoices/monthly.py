"""One invoice a month for groups that want that, made as often as one likes without making two."""

from datetime import date, datetime, timedelta

from buurthuis.accounts.models import Person
from buurthuis.payments.invoices.issuing import bill_each
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
    last = _last_day(year, month)
    waiting = [each.booking for each in to_bill(venue, last) if each.is_monthly]
    ours = [each for each in waiting if day_of(each.from_at) <= last]
    return bill_each(ours, by=by, now=now, run=f"{year}-{month:02d}")


def _last_day(year: int, month: int) -> date:
    return (date(year, month, 1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
