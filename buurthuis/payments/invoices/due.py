"""What the worker bills by itself where houses want that, and puts right wherever they billed before."""

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, ParamSpec

from sqlalchemy import or_, select

from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.reading import reading
from buurthuis.payments.invoices import letters
from buurthuis.payments.invoices.issuing import bill
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.invoices.monthly import bill_month
from buurthuis.payments.invoices.queries import invoice as invoice_with_all
from buurthuis.payments.invoices.queries import locked_open_cents
from buurthuis.payments.invoices.reminding import ask_again, due_for_reminder
from buurthuis.payments.invoices.waiting import ToBill, to_bill
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.states import Status
from buurthuis.tariffs.ways.models import HouseAccount
from buurthuis.venues.models import Venue

P = ParamSpec("P")

log = logging.getLogger(__name__)

SETTLES_DOWN: Final = timedelta(minutes=15)
"""A booking that was changed just now may be changed again; then one document tells of both."""
AT_THE_DESK: Final = timedelta(days=7)
"""Who said to pay at the desk, and did not, gets an invoice after all."""


def issue_due() -> int:
    """Bill what is due where houses bill by themselves, and put right what any billed; how many documents.

    Each group is a transaction of its own: one that cannot be billed keeps nobody else waiting.
    Looking for what is due takes no lock.
    """
    now = clock.now()
    with reading():
        groups, months = _found(now)
    issued = sum(_tried(_issue, group, now) for group in groups)
    return issued + sum(_tried(_issue_month, number, last, now) for number, last in months)


def remind_due() -> int:
    """Ask once more for what is a week late, and three weeks; returns how often."""
    now = clock.now()
    with reading():
        late = due_for_reminder(now)
    return sum(_tried(_remind, number, now) for number in late)


def _found(now: datetime) -> tuple[list[list[int]], list[tuple[int, date]]]:
    """The bookings that go on one invoice, by id, and the houses in which a month is to be billed.

    A house that bills by hand still puts right what it billed, so that nobody waits for their money.
    """
    asked = select(Venue, HouseAccount.bills_from).outerjoin(
        HouseAccount, HouseAccount.venue_id == Venue.id
    )
    has_billed = select(Invoice.id).where(Invoice.venue_id == Venue.id).exists()
    before = day_of(now).replace(day=1) - timedelta(days=1)
    groups, months = [], []
    for venue, since in db.session.execute(asked.where(or_(has_billed, _BY_ITSELF))).all():
        waiting = [each for each in to_bill(venue, day_of(now)) if since or each.is_begun]
        for _, group in groupby(_due(waiting, now), key=_together):
            groups.append([item.booking.id for item in group])
        of_before = (day_of(item.booking.from_at) <= before for item in waiting if item.is_monthly)
        if since and any(of_before):
            months.append((venue.id, before))
    return groups, months


_BY_ITSELF = HouseAccount.bills_from.is_not(None)


def _tried(deed: Callable[P, int], *args: P.args, **kwargs: P.kwargs) -> int:
    try:
        return deed(*args, **kwargs)
    except Exception:
        log.exception("an invoice could not be made")
        return 0


def _due(waiting: Iterable[ToBill], now: datetime) -> list[ToBill]:
    return [item for item in waiting if is_due(item, now)]


def is_due(item: ToBill, now: datetime) -> bool:
    """Whether it is time to bill a booking by itself.

    What was billed before is put right soon; a group with one invoice a month waits for that, but
    gets back at once what it paid too much. What was to be paid online, or is owed for a booking
    that was called off, is billed soon; the rest the day after it took place.
    """
    booking = item.booking
    if booking.changed_at > now - SETTLES_DOWN:
        return False
    if item.is_monthly:
        return item.cents < 0
    if item.is_begun or booking.pays_by == Way.ONLINE or booking.status == Status.CANCELLED:
        return True
    waits = AT_THE_DESK if booking.pays_by == Way.DESK else timedelta(0)
    return day_of(booking.to_at + waits) < day_of(now)


def _together(item: ToBill) -> tuple[int, int, int]:
    """Rooms that go together stand on one invoice."""
    booking = item.booking
    return booking.initiative_id, booking.bundle_id or 0, 0 if booking.bundle_id else booking.id


@action
def _issue(booking_ids: list[int], now: datetime) -> int:
    asked = select(Booking).where(Booking.id.in_(booking_ids))
    found = bill(db.session.scalars(asked).all(), by=None, now=now)
    letters.issued(found)
    return len(found)


@action
def _issue_month(venue_id: int, last: date, now: datetime) -> int:
    venue = db.session.get_one(Venue, venue_id)
    found = bill_month(venue, last.year, last.month, by=None, now=now)
    letters.issued(found)
    return len(found)


@action
def _remind(invoice_id: int, now: datetime) -> int:
    still = locked_open_cents(invoice_id)
    if still <= 0 or invoice_id not in due_for_reminder(now):
        return 0
    ask_again(invoice_with_all(invoice_id), still, by=None, now=now)
    return 1
