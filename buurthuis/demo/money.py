"""Money of the demo: houses bill by themselves since some months, and most groups paid, as groups do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from flask_babel import force_locale
from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.orm import joinedload

from buurthuis.accounts import actions, roles
from buurthuis.accounts.models import Initiative, Person, RoleName
from buurthuis.accounts.queries import person_with_address
from buurthuis.bookings.models import Booking
from buurthuis.demo.money_fate import settle
from buurthuis.demo.money_invoices import issue, sheets_of
from buurthuis.demo.money_odd import bring_odd_cases, called_off
from buurthuis.demo.money_rows import luck
from buurthuis.demo.roster_people import houses_of_demo
from buurthuis.demo.rows import PREFIX
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.imports.actions import change
from buurthuis.imports.demo_people import HOME
from buurthuis.imports.models import Part
from buurthuis.payments.invoices.costs import CHARGED
from buurthuis.payments.invoices.models import BillingParty, Invoice
from buurthuis.rules.calendar import day_of, moment
from buurthuis.tariffs.ways.models import HouseAccount
from buurthuis.venues.models import Venue

MONTHS: Final = (6, 5, 4, 3, 2)
"""So many months are billed at most; fewer where that would be very much."""
MOST: Final = 3000
MONTHLY: Final = 0.6
"""So many of the groups that come often get one invoice a month."""
OFTEN: Final = 6


def bring_money(*, seed: int) -> int:
    """Bill the last months of each house of the demo, and let groups pay; says how many invoices.

    Where anything was billed before, nothing is added.
    """
    today = day_of(clock.now())
    houses = [each for each in houses_of_demo() if _is_new(each[0])]
    if not houses:
        return 0
    since = _since([venue.id for venue, _ in houses], today)
    _say_who_gets_one_a_month(since, seed=seed)
    count = 0
    for venue, manager in houses:
        treasurer = _treasurer(venue)
        _begin(venue, manager, since)
        with force_locale("nl"):
            count += _bill(venue, treasurer, since, seed)
            bring_odd_cases(venue, treasurer, manager, since, is_home=venue.slug == HOME)
    return count


def _treasurer(venue: Venue) -> Person:
    """Who looks after the money of a house of the demo."""
    address = f"kas@{venue.slug}.example"
    known = person_with_address(address)
    if known is not None:
        return known
    name = venue.name.removesuffix(" (voorbeeld)")
    person = actions.make_person(f"Kas {name}", address)
    roles.give_role(person, RoleName.TREASURER, venue, by=None)
    return person


def _is_new(venue: Venue) -> bool:
    has_account = db.session.get(HouseAccount, venue.id) is not None
    billed = select(Invoice.id).where(Invoice.venue_id == venue.id).limit(1)
    return has_account and db.session.scalar(billed) is None


def _since(venue_ids: Sequence[int], today: date) -> date:
    """The first day of the month in which billing begins."""
    for months in MONTHS:
        first = _months_before(today, months)
        asked = select(func.count()).select_from(Booking)
        found = asked.where(*_to_bill(first, today), Booking.venue_id.in_(venue_ids))
        if (db.session.scalar(found) or 0) <= MOST:
            return first
    return first


def _months_before(today: date, months: int) -> date:
    number = today.year * 12 + today.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _to_bill(first: date, today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Booking.uid.startswith(PREFIX, autoescape=True),
        Booking.from_at >= moment(first, 0),
        Booking.to_at < moment(today, 0),
        Booking.status.in_(CHARGED),
        Booking.total_cents > 0,
    )


@action
def _say_who_gets_one_a_month(since: date, *, seed: int) -> None:
    """Groups that come often, and like one invoice better than many."""
    asked = select(Initiative.id, Initiative.name).join(
        Booking, Booking.initiative_id == Initiative.id
    )
    come = asked.where(*_to_bill(since, day_of(clock.now()))).group_by(Initiative.id)
    often = come.having(func.count() >= OFTEN).order_by(Initiative.id)
    known = set(db.session.scalars(select(BillingParty.initiative_id)))
    rows = [
        {"initiative_id": number, "is_monthly": True}
        for number, name in db.session.execute(often)
        if number not in known and luck(seed, "monthly", name) < MONTHLY
    ]
    if rows:
        db.session.execute(insert(BillingParty), rows)


def _begin(venue: Venue, treasurer: Person, since: date) -> None:
    """From the first of that month on, the house bills by itself; that is a version of the house."""
    change(
        venue.slug,
        lambda now: replace(now, paying=replace(now.paying, bills_from=since)),
        part=Part.PAYING,
        by=treasurer,
    )


@action
def _bill(venue: Venue, treasurer: Person, since: date, seed: int) -> int:
    """The invoices of one house, and what became of each."""
    now = clock.now()
    asked = (
        select(Booking)
        .where(Booking.venue_id == venue.id, *_to_bill(since, day_of(now)))
        .options(joinedload(Booking.room), joinedload(Booking.initiative))
        .order_by(Booking.to_at, Booking.id)
    )
    monthly = set(
        db.session.scalars(
            select(BillingParty.initiative_id).where(BillingParty.is_monthly.is_(True))
        )
    )
    bookings = db.session.scalars(asked).all()
    gone = called_off(venue, since, now=now)
    sheets = sheets_of(bookings, gone, monthly, now=now)
    issue(venue, sheets)
    settle(venue, treasurer, sheets, gone, seed=seed, now=now)
    return len(sheets)
