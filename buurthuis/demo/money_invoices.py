"""Invoices of the demo: one a booking the day after, or one a month, numbered in the order of issue."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from buurthuis.bookings.models import Booking
from buurthuis.demo.money_rows import Sheet, entry_rows, store, stored
from buurthuis.demo.rows import Row
from buurthuis.foundation.db import db
from buurthuis.payments.invoices import lines
from buurthuis.payments.invoices.documents import entries_of
from buurthuis.payments.invoices.models import (
    Invoice,
    InvoiceCount,
    InvoiceLine,
    Kind,
)
from buurthuis.payments.invoices.numbers import number_of
from buurthuis.payments.invoices.parties import DAYS, parties_of, seller_of
from buurthuis.payments.ledger.models import LedgerEntry
from buurthuis.rules.calendar import day_of, moment
from buurthuis.tariffs.queries import cards_of
from buurthuis.tariffs.ways.models import HouseAccount
from buurthuis.venues.models import Venue

EARLY: Final = 5 * 60
"""The worker bills before anybody is up."""
NAMES: Final = (
    *("booking_id", "position", "what", "text", "supplied_on", "quantity", "unit_cents"),
    *("cents", "vat_bp", "vat_cents", "given_cents"),
)


def sheets_of(
    bookings: Iterable[Booking],
    called_off: Iterable[Booking],
    monthly: set[int],
    *,
    now: datetime,
) -> list[Sheet]:
    """What goes on which invoice, in the order in which they are issued.

    Those that were called off later had their invoice soon after they were booked.
    """
    found = [
        Sheet(each.initiative, [each], min(now, _next_morning(each.created_at)))
        for each in called_off
    ]
    of_month: dict[tuple[int, int, int], list[Booking]] = defaultdict(list)
    for each in bookings:
        if each.initiative_id in monthly:
            day = day_of(each.from_at)
            of_month[each.initiative_id, day.year, day.month].append(each)
        else:
            found.append(Sheet(each.initiative, [each], min(now, _next_morning(each.to_at))))
    for (initiative_id, year, month), group in of_month.items():
        issued_at = _first_of_next(group[0].from_at)
        if issued_at <= now:
            batch = f"{year}-{month:02d}/{initiative_id}"
            found.append(Sheet(group[0].initiative, group, issued_at, batch))
    return sorted(found, key=lambda each: (each.issued_at, each.bookings[0].id))


def issue(venue: Venue, sheets: Sequence[Sheet]) -> None:
    """Store invoices with their lines, numbers and entries, inside a transaction.

    The cards of the house are held on to meanwhile: each line of a discount looks its name up there.
    """
    _cards = cards_of(venue)
    _write(venue, sheets)
    for sheet, number in zip(sheets, stored(Invoice, [each.row for each in sheets]), strict=True):
        sheet.id = number
    store(InvoiceLine, [row for sheet in sheets for row in _line_rows(sheet)])
    store(LedgerEntry, [row for sheet in sheets for row in _entries(sheet)])


def _write(venue: Venue, sheets: Sequence[Sheet]) -> None:
    account = db.session.get(HouseAccount, venue.id)
    days = timedelta(days=DAYS if account is None else account.days)
    seller, parties = seller_of(venue, account), parties_of(each.initiative for each in sheets)
    last: dict[int, int] = defaultdict(int)
    for sheet in sheets:
        year = day_of(sheet.issued_at).year
        last[year] += 1
        sheet.lines = [line for each in sheet.bookings for line in lines.of_price(each)]
        sheet.row = {
            "venue_id": venue.id,
            "seller": seller,
            "buyer": parties[sheet.initiative.id].side,
            "year": year,
            **number_of(venue, year, last[year])._asdict(),
            **_written(sheet, days),
        }
    store(
        InvoiceCount,
        [{"venue_id": venue.id, "year": year, "last": most} for year, most in last.items()],
    )


def _written(sheet: Sheet, days: timedelta) -> Row:
    issued_on = day_of(sheet.issued_at)
    net, vat = (sum(getattr(line, name) for line in sheet.lines) for name in ("cents", "vat_cents"))
    return {
        "kind": Kind.INVOICE,
        "initiative_id": sheet.initiative.id,
        "corrects_id": None,
        "issued_on": issued_on,
        "due_on": issued_on + days,
        "issued_at": sheet.issued_at,
        "issued_by_id": None,
        "language": "nl",
        "batch": sheet.batch,
        "note": "",
        "net_cents": net,
        "vat_cents": vat,
        "total_cents": net + vat,
    }


def _line_rows(sheet: Sheet) -> list[Row]:
    for position, line in enumerate(sheet.lines):
        line.position = position
    return [
        {"invoice_id": sheet.id, **{name: getattr(line, name) for name in NAMES}}
        for line in sheet.lines
    ]


def _entries(sheet: Sheet) -> list[Row]:
    row = sheet.row
    return entry_rows(
        entries_of(Kind.INVOICE, sheet.lines),
        venue_id=row["venue_id"],
        on=row["issued_on"],
        made_at=row["issued_at"],
        text=row["name"],
        initiative_id=row["initiative_id"],
        invoice_id=sheet.id,
    )


def _next_morning(at: datetime) -> datetime:
    return moment(day_of(at) + timedelta(days=1), EARLY)


def _first_of_next(at: datetime) -> datetime:
    return moment((day_of(at).replace(day=1) + timedelta(days=32)).replace(day=1), EARLY)
