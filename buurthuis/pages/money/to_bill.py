"""What is to be billed: looked at group by group, and made into invoices; and a month for regular groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.door import per_person
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.formatting import euros
from buurthuis.foundation.formatting import month as month_name
from buurthuis.foundation.rows import row_number
from buurthuis.pages.desk_door import booking_here
from buurthuis.pages.money.door import Answer, blueprint, house, money_page
from buurthuis.payments.invoices import actions
from buurthuis.payments.invoices.models import Invoice, Kind
from buurthuis.payments.invoices.waiting import ToBill, first_day, left_behind
from buurthuis.payments.invoices.waiting import to_bill as waiting_in
from buurthuis.payments.refusals import NothingToBill
from buurthuis.rules.calendar import NoSuchDay, day_of, parse_day
from buurthuis.rules.money import Cents
from buurthuis.tariffs.ways.queries import account_of
from buurthuis.venues.models import Venue

MOST_GROUPS: Final = 25
"""Groups on a page: what one has looked at is made, and then come the next."""


@dataclass(frozen=True, slots=True)
class Group:
    """What a group is to be billed, or gets off."""

    initiative: Initiative
    items: tuple[ToBill, ...]

    @property
    def cents(self) -> Cents:
        """All together; below nothing the group gets it off."""
        return sum(each.cents for each in self.items)

    @property
    def ids(self) -> list[int]:
        """The numbers of the bookings."""
        return [each.booking.id for each in self.items]


@blueprint.get("/to-bill")
@needs("money.see", house)
def to_bill(venue: Venue) -> str:
    """Look first: which bookings, of which groups, for how much.

    Who looks further back than the house does bills by hand, also what else comes once a month.
    """
    today, since = day_of(clock.now()), _since_asked()
    found = waiting_in(venue, today, since)
    now = _by_group([each for each in found if since or not _waits(each)])
    later = _by_group([each for each in found if not since and _waits(each)])
    first = since or first_day(venue, today)
    return money_page(
        "to_bill",
        venue,
        today=today,
        groups=now[:MOST_GROUPS],
        more=max(0, len(now) - MOST_GROUPS),
        later=later,
        since=since,
        first=first,
        before=left_behind(venue, first),
        is_by_itself=(account := account_of(venue)) is not None and account.bills_from is not None,
        cents=sum(each.cents for each in now),
        months=[
            (month_name(first), url_for("money.month", slug=venue.slug, month=f"{first:%Y-%m}"))
            for first in _months(later)
        ],
    )


@blueprint.post("/to-bill")
@needs("money.do", house)
@per_person
def bill(venue: Venue) -> Answer:
    """Make the invoices of the bookings that were looked at, of all groups or of one."""
    since = _since_asked()
    numbers = set(request.form.getlist("booking", type=row_number))
    group = request.form.get("group", type=row_number)
    # Who looked a while ago may name what somebody else has billed meanwhile.
    wanted = [
        each.booking.id
        for each in waiting_in(venue, day_of(clock.now()), since)
        if each.booking.id in numbers and group in {None, each.booking.initiative_id}
    ]
    try:
        found = actions.issue(wanted, by=visitor()) if wanted else []
    except NothingToBill:
        found = []
    _tell(found)
    return redirect(url_for("money.to_bill", slug=venue.slug, since=since), 303)


@blueprint.post("/bookings/<int:booking_id>/bill")
@needs("money.do", booking_here)
@per_person
def bill_one(booking: Booking) -> Answer:
    """Make the invoice of one booking now, also before its day: somebody pays at the desk."""
    try:
        found = actions.issue([booking.id], by=visitor())
    except NothingToBill:
        there = url_for("desk.booking", slug=booking.venue.slug, booking_id=booking.id)
        return redirect(there, 303)
    _tell(found)
    return redirect(url_for("invoices.show", invoice_id=found[0].id), 303)


@blueprint.get("/month")
@needs("money.see", house)
def month(venue: Venue) -> str:
    """Look first: what groups with one invoice a month get for a month."""
    today = day_of(clock.now())
    first = _month_asked(today)
    last = _last_of(first)
    found = [
        each
        for each in waiting_in(venue, last)
        if each.is_monthly and day_of(each.booking.from_at) <= last
    ]
    return money_page(
        "month",
        venue,
        today=today,
        first=first,
        is_over=last < today,
        groups=(groups := _by_group(found)),
        rows=[(each.initiative.name, len(each.items), euros(each.cents)) for each in groups],
        before=_leaf(venue, first - timedelta(days=1)),
        after=_leaf(venue, last + timedelta(days=1)) if last < today else None,
    )


@blueprint.post("/month")
@needs("money.do", house)
@per_person
def bill_month(venue: Venue) -> Answer:
    """Make them; a second time makes nothing more."""
    today = day_of(clock.now())
    first = _month_asked(today)
    if _last_of(first) >= today:
        raise NotFound
    _tell(actions.issue_month(venue, first.year, first.month, by=visitor()))
    return redirect(url_for("money.month", slug=venue.slug, month=f"{first:%Y-%m}"), 303)


def _waits(item: ToBill) -> bool:
    """It comes on the one invoice of its month."""
    return item.is_monthly and not item.is_begun


def _tell(found: Sequence[Invoice]) -> None:
    """How many were made; the letters are on their way."""
    notes = sum(each.kind == Kind.CREDIT_NOTE for each in found)
    made = len(found) - notes
    if not found:
        flash(_("There was nothing to make any more."), "attention")
    if made:
        flash(ngettext("%(num)s invoice is made.", "%(num)s invoices are made.", made), "ok")
    if notes:
        words = ngettext("%(num)s credit note is made.", "%(num)s credit notes are made.", notes)
        flash(words, "ok")


def _by_group(found: Sequence[ToBill]) -> list[Group]:
    """The same by group; they come in that order."""
    return [
        Group(items[0].booking.initiative, tuple(items))
        for _id, of_group in groupby(found, key=lambda each: each.booking.initiative_id)
        for items in [list(of_group)]
    ]


def _months(later: Sequence[Group]) -> list[date]:
    """The months of which something waits for one invoice, the first one first."""
    days = {day_of(each.booking.from_at) for group in later for each in group.items}
    return sorted({day.replace(day=1) for day in days})


def _since_asked() -> date | None:
    """The day in the address; None where it names none."""
    try:
        return parse_day(request.args.get("since", ""))
    except NoSuchDay:
        return None


def _month_asked(today: date) -> date:
    """The first day of the month in the address; the month before this one, when it names none."""
    named = request.args.get("month", "")
    try:
        year, number = map(int, named.split("-"))
        found = date(year, number, 1)
    except ValueError:
        found = date.min
    if not 2000 <= found.year <= today.year + 3:
        return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    return found


def _last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _leaf(venue: Venue, day: date) -> tuple[str, str]:
    first = day.replace(day=1)
    return month_name(first), url_for("money.month", slug=venue.slug, month=f"{first:%Y-%m}")
