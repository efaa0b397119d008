"""What became of invoices of the demo: paid by bank, online or at the desk, in part, late, or let go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.demo.money_bank import bring_statements
from buurthuis.demo.money_rows import Paid, Sheet, entry_rows, luck, store, stored
from buurthuis.demo.rows import Row
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.invoices.models import Reminder
from buurthuis.payments.ledger.models import LedgerEntry
from buurthuis.payments.receiving.models import Payment, Settlement
from buurthuis.rules.calendar import day_of, moment
from buurthuis.rules.paying.checkout import State
from buurthuis.rules.paying.ledger import Account, entries
from buurthuis.rules.paying.open_items import How
from buurthuis.rules.paying.ways import Means
from buurthuis.venues.models import Venue

PAID_BY_AGE: Final = ((90, 0.985), (60, 0.97), (30, 0.93), (0, 0.8), (-1000, 0.4))
"""Which part of the invoices is paid, by how many days ago they were due, the oldest first."""
IN_PART: Final = 0.04
WAYS: Final = (
    (0.6, Means.BANK),
    (0.8, Means.ONLINE),
    (0.9, Means.CARD),
    (1.01, Means.CASH),
)
LET_GO_AFTER: Final = 75
REMINDED_AFTER: Final = (7, 21)
"""So many days after it was due a group is asked again, as the worker does."""
MORNING, EVENING = 5 * 60, 20 * 60
LET_GO: Final = "De groep is gestopt. Het bestuur besloot er niet meer om te vragen."


@dataclass(frozen=True, slots=True)
class _Look:
    """From when and by whose luck one looks at what became of invoices."""

    venue: Venue
    treasurer: Person
    seed: int
    now: datetime

    @property
    def today(self) -> date:
        return day_of(self.now)

    def luck(self, what: str, sheet: Sheet) -> float:
        return luck(self.seed, what, sheet.row["name"])

    def late(self, sheet: Sheet) -> int:
        """How many days ago it was due."""
        days: int = (self.today - sheet.row["due_on"]).days
        return days


def settle(
    venue: Venue,
    treasurer: Person,
    sheets: Sequence[Sheet],
    called_off: Sequence[Booking],
    *,
    seed: int,
    now: datetime,
) -> None:
    """Let groups pay their invoices, inside a transaction; who called off had paid before."""
    look = _Look(venue, treasurer, seed, now)
    certain = {each.id for each in called_off}
    paid = []
    for sheet in sheets:
        found = _paid(sheet, look, is_certain=sheet.bookings[0].id in certain)
        if found is not None:
            paid.append(found)
    _store_payments(paid, look)
    bring_statements(venue, treasurer, [each for each in paid if each.means is Means.BANK])
    in_full = {each.sheet.id for each in paid if each.cents == each.sheet.cents}
    _store_reminders([each for each in sheets if each.id not in in_full], look)
    settled = {each.sheet.id for each in paid}
    _let_go([each for each in sheets if each.id not in settled], look)


def _paid(sheet: Sheet, look: _Look, *, is_certain: bool) -> Paid | None:
    days = 1 + int(look.luck("days", sheet) * 18)
    day = min(sheet.row["issued_on"] + timedelta(days=days), look.today - timedelta(days=1))
    if day <= sheet.row["issued_on"]:
        return None
    if is_certain:
        return Paid(sheet, sheet.cents, day, Means.BANK)
    chance = next(share for bound, share in PAID_BY_AGE if look.late(sheet) > bound)
    if look.luck("pays", sheet) > chance:
        return None
    means = next(way for bound, way in WAYS if look.luck("way", sheet) < bound)
    is_part = look.luck("part", sheet) < IN_PART and sheet.cents > 2000
    cents = sheet.cents // 200 * 100 if is_part else sheet.cents
    return Paid(sheet, cents, day, means)


def _store_payments(paid: Sequence[Paid], look: _Look) -> None:
    online = [each for each in paid if each.means is Means.ONLINE]
    attempts = stored(Checkout, [_attempt_row(each, look) for each in online])
    attempt_of = {each.sheet.id: number for each, number in zip(online, attempts, strict=True)}
    rows = [_payment_row(each, look, attempt_of.get(each.sheet.id)) for each in paid]
    for each, number in zip(paid, stored(Payment, rows), strict=True):
        each.id = number
    store(Settlement, [_settlement_row(each, look) for each in paid])
    store(LedgerEntry, [row for each in paid for row in _entries(each, look)])


def _made_at(paid: Paid, look: _Look) -> datetime:
    """Online it is known at once; what came by bank is written down when the treasurer has time."""
    later = timedelta(days=3 if paid.means is Means.BANK else 0)
    return min(look.now, moment(paid.day + later, EVENING))


def _attempt_row(paid: Paid, look: _Look) -> Row:
    made_at = moment(paid.day, EVENING)
    return {
        "venue_id": look.venue.id,
        "booking_id": None,
        "invoice_id": paid.sheet.id,
        "person_id": paid.sheet.bookings[0].booked_by_id,
        "is_live": False,
        "flag": None,
        "mark": f"demo-{paid.sheet.row['reference']}",
        "cents": paid.cents,
        "state": State.PAID,
        "made_at": made_at,
        "closes_at": made_at + timedelta(minutes=31),
        "asked_at": made_at,
        "ended_at": made_at + timedelta(minutes=4),
    }


def _payment_row(paid: Paid, look: _Look, attempt: int | None) -> Row:
    by_id = None if paid.means is Means.ONLINE else look.treasurer.id
    return {
        "venue_id": look.venue.id,
        "initiative_id": paid.sheet.initiative.id,
        "means": paid.means,
        "cents": paid.cents,
        "received_on": paid.day,
        "by_id": by_id,
        "made_at": _made_at(paid, look),
        "checkout_id": attempt,
    }


def _settlement_row(paid: Paid, look: _Look) -> Row:
    by_id = None if paid.means is Means.ONLINE else look.treasurer.id
    return {
        "invoice_id": paid.sheet.id,
        "how": How.PAYMENT,
        "cents": paid.cents,
        "payment_id": paid.id,
        "made_at": _made_at(paid, look),
        "by_id": by_id,
    }


def _entries(paid: Paid, look: _Look) -> Iterator[Row]:
    """Money comes in, and then turns out to be for an invoice, as it does at the desk."""
    moves = (
        ("", None, (Account(paid.means), Account.UNALLOCATED, paid.cents)),
        (
            paid.sheet.row["name"],
            paid.sheet.id,
            (Account.UNALLOCATED, Account.RECEIVABLE, paid.cents),
        ),
    )
    for text, invoice_id, move in moves:
        yield from entry_rows(
            entries(move),
            venue_id=look.venue.id,
            on=paid.day,
            made_at=_made_at(paid, look),
            text=text,
            initiative_id=paid.sheet.initiative.id,
            invoice_id=invoice_id,
            payment_id=paid.id,
        )


def _store_reminders(sheets: Sequence[Sheet], look: _Look) -> None:
    rows = [
        {
            "invoice_id": sheet.id,
            "number": number,
            "by_id": None,
            "sent_at": min(look.now, moment(sheet.row["due_on"] + timedelta(days=days), MORNING)),
        }
        for sheet in sheets
        for number, days in enumerate(REMINDED_AFTER, start=1)
        if look.late(sheet) >= days
    ]
    store(Reminder, rows)


def _let_go(sheets: Sequence[Sheet], look: _Look) -> None:
    """Half of what is very old, and the oldest in any case, the house asks no more."""
    old = [each for each in sheets if look.late(each) > LET_GO_AFTER]
    late = [each for each in sheets if look.late(each) > 0]
    gone = [*late[:1], *(each for each in old[1:] if look.luck("let go", each) < 0.5)]
    store(
        Settlement,
        [
            {
                "invoice_id": each.id,
                "how": How.WRITE_OFF,
                "cents": each.cents,
                "reason": LET_GO,
                "made_at": look.now,
                "by_id": look.treasurer.id,
            }
            for each in gone
        ],
    )
    rows = []
    for each in gone:
        moves = entries((Account.WRITTEN_OFF, Account.RECEIVABLE, each.cents))
        rows += entry_rows(
            moves,
            venue_id=look.venue.id,
            on=look.today,
            made_at=look.now,
            text=each.row["name"],
            initiative_id=each.initiative.id,
            invoice_id=each.id,
        )
    store(LedgerEntry, rows)
