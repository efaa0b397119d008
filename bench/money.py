"""What money costs: its pages beside many invoices, a file of the bank, and five hundred invoices at once.

`python -m bench.money --engine postgresql --invoices 5000 50000` makes the demo and puts so many
invoices of years before into its first house, nearly all of them paid.
"""

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import event, func, insert, select, update

from bench.requests import fill, program
from bench.tasks import signed_in
from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.remembered import shelf
from buurthuis.handover.newcomers import groups_of
from buurthuis.imports.demo_people import MANAGER
from buurthuis.payments.bank import actions, bringing
from buurthuis.payments.bank.looking import look
from buurthuis.payments.bank.queries import waiting
from buurthuis.payments.bank.reading import Found, Statement
from buurthuis.payments.invoices.actions import issue_month
from buurthuis.payments.invoices.models import BillingParty, Invoice, InvoiceLine, Kind
from buurthuis.payments.ledger.models import LedgerEntry
from buurthuis.payments.receiving.models import Payment, Settlement
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.paying.open_items import How
from buurthuis.rules.paying.ways import Means
from buurthuis.rules.states import Status
from buurthuis.venues.models import Venue

HOUSE = "de-meevaart"
TURNS = 7
BATCH = 500
LINES = 300
OPEN_OF_A_HUNDRED = 4
CENTS = 3750
PAGES = (
    "/houses/{house}/money",
    "/houses/{house}/money/open",
    "/houses/{house}/money/invoices",
    "/houses/{house}/money/to-bill",
    "/houses/{house}/money/books",
    "/houses/{house}/money/refunds",
    "/houses/{house}/money/deposits",
    "/houses/{house}/money/bank",
    "/invoices/{invoice}",
    "/invoices/{invoice}.pdf",
)


def main() -> None:
    """Measure beside as many invoices as were asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    asked.add_argument("--bookings", type=int, default=5000)
    asked.add_argument("--invoices", type=int, nargs="+", default=[5000])
    given = asked.parse_args()
    for count in given.invoices:
        with tempfile.TemporaryDirectory(prefix="buurthuis-bench-") as folder:
            app = program(given.engine, Path(folder))
            fill(app, given.bookings)
            with app.app_context():
                venue = db.session.scalars(select(Venue).where(Venue.slug == HOUSE)).one()
                _invoices(venue, count)
                print(f"{given.engine}, {count:,} invoices of before", flush=True)
                for line in _verbs(venue):
                    print(line, flush=True)
            for line in _pages(app):
                print(line, flush=True)
            with app.app_context():
                db.engine.dispose()


def _invoices(venue: Venue, count: int) -> None:
    """Invoices of the years before, a few a hundred of them open, with their money and their books."""
    groups, today = [each.id for each in groups_of(venue)], day_of(clock.now())
    days = [today - timedelta(days=40 + number * 1500 // count) for number in range(count)]
    facts = {"venue_id": venue.id, "net_cents": CENTS, "vat_cents": 0, "total_cents": CENTS}
    bills = [
        {
            **facts,
            "kind": Kind.INVOICE,
            "year": 1990,
            "number": at + 1,
            "name": f"X-1990-{at + 1}",
            "reference": f"RFX{at:08}",
            "initiative_id": groups[at % len(groups)],
            "issued_on": day,
            "due_on": day + timedelta(days=14),
            "issued_at": clock.now(),
            "language": "nl",
            "seller": {"name": venue.name},
            "buyer": {"name": "Repair Café"},
            "note": "",
        }
        for at, day in enumerate(days)
    ]
    ids = _stored(Invoice, bills)
    _stored(InvoiceLine, [_line(number, day) for number, day in zip(ids, days, strict=True)])
    entries = [_entry(venue, day, Account.RECEIVABLE, Account.INCOME) for day in days]
    _stored(LedgerEntry, [{**e, "invoice_id": n} for e, n in zip(entries, ids, strict=True)])
    paid = [at for at in range(count) if at % 100 >= OPEN_OF_A_HUNDRED]
    _paid(venue, [(ids[at], days[at]) for at in paid])
    db.session.commit()


def _paid(venue: Venue, bills: Sequence[tuple[int, date]]) -> None:
    money = {"venue_id": venue.id, "means": Means.BANK, "cents": CENTS, "note": ""}
    now = clock.now()
    payments = _stored(Payment, [{**money, "received_on": day, "made_at": now} for _, day in bills])
    pairs = list(zip(bills, payments, strict=True))
    settled = {"how": How.PAYMENT, "cents": CENTS, "reason": "", "made_at": now}
    _stored(Settlement, [{**settled, "invoice_id": b, "payment_id": p} for (b, _), p in pairs])
    _stored(
        LedgerEntry,
        [
            {
                **_entry(venue, day, Account.BANK, Account.RECEIVABLE),
                "invoice_id": bill,
                "payment_id": number,
            }
            for (bill, day), number in pairs
        ],
    )


def _line(invoice_id: int, day: date) -> dict[str, Any]:
    amount = {"quantity": 1, "unit_cents": CENTS, "cents": CENTS, "vat_bp": None, "vat_cents": 0}
    words = {"what": "hour", "text": "Lesruimte 1", "supplied_on": day, "given_cents": 0}
    return {"invoice_id": invoice_id, "position": 0, **words, **amount}


def _entry(venue: Venue, day: date, debit: Account, credit: Account) -> dict[str, Any]:
    sides = {"debit": debit, "credit": credit, "cents": CENTS, "text": ""}
    return {"venue_id": venue.id, "on": day, "made_at": clock.now(), **sides}


def _stored(model: Any, rows: Sequence[dict[str, Any]]) -> list[int]:
    table = model.__table__
    asked = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    found: list[int] = []
    for first in range(0, len(rows), 1000):
        found += db.session.execute(asked, list(rows[first : first + 1000])).scalars()
    return found


def _verbs(venue: Venue) -> Iterator[str]:
    """What a treasurer does: bill a month, bring a file, look at it, agree with it."""
    person = db.session.scalars(select(Person).where(Person.email == MANAGER)).one()
    statements = [0]
    event.listen(
        db.engine, "before_cursor_execute", lambda *_: statements.__setitem__(0, statements[0] + 1)
    )
    day = _a_busy_month(venue)
    yield "| verb | elapsed: ms | CPU: ms | statements |"
    yield "|---|--:|--:|--:|"

    def measured(name: str, verb: Callable[[], Any]) -> tuple[str, Any]:
        statements[0] = 0
        began, spent = time.perf_counter(), time.process_time()
        found = verb()
        elapsed = 1000 * (time.perf_counter() - began)
        cpu = 1000 * (time.process_time() - spent)
        return f"| {name} | {elapsed:.0f} | {cpu:.0f} | {statements[0]} |", found

    bill = lambda: issue_month(venue, day.year, day.month, by=person)  # noqa: E731
    told, made = measured(f"bill a month to {BATCH} groups", bill)
    assert len(made) >= BATCH
    yield told
    yield measured("the same again", bill)[0]
    lines = [Found(day, each.total_cents, text=each.reference) for each in made[:LINES]]
    bring = lambda: bringing.bring(venue, Statement(tuple(lines)), name="x", by=person)  # noqa: E731
    yield measured(f"bring a file of {LINES} lines", bring)[0]
    db.session.commit()
    told, seen = measured("look what they are for", lambda: look(venue, waiting(venue, most=LINES)))
    yield told
    agree = [actions.Answer(row.line.id, row.proposal.splits) for row in seen.rows]
    db.session.commit()
    half = agree[: len(agree) // 2]
    yield measured(f"agree with {len(half)}", lambda: actions.confirm_all(venue, half, by=person))[
        0
    ]


def _a_busy_month(venue: Venue) -> date:
    """Last month five hundred groups that get one invoice a month had a booking each."""
    last = day_of(clock.now()).replace(day=1) - timedelta(days=5)
    model = db.session.scalars(
        select(Booking)
        .where(Booking.venue_id == venue.id, Booking.status == Status.CONFIRMED)
        .where(Booking.total_cents > 0, Booking.from_at < clock.now() - timedelta(days=60))
        .order_by(Booking.from_at.desc())
    ).first()
    assert model is not None
    kind = db.session.get_one(Initiative, model.initiative_id).kind
    names = [
        {"name": f"Groep {at}", "kind": kind, "created_at": clock.now()} for at in range(BATCH)
    ]
    groups = _stored(Initiative, names)
    db.session.execute(
        insert(BillingParty), [{"initiative_id": at, "is_monthly": True} for at in groups]
    )
    own = {c.key: getattr(model, c.key) for c in Booking.__mapper__.column_attrs if c.key != "id"}
    later = timedelta(days=(last - day_of(model.from_at)).days)
    moved = {"from_at": model.from_at + later, "to_at": model.to_at + later}
    alone = {"submission": None, "series_id": None, "bundle_id": None, "series_day": None}
    copies = [{**own, **moved, **alone, "uid": f"copy-{at}", "initiative_id": at} for at in groups]
    _stored(Booking, copies)
    db.session.execute(update(BillingParty).values(is_monthly=True))
    db.session.commit()
    return last


def _pages(app: Flask) -> Iterator[str]:
    """Each page for a manager, the first time and again, in one process."""
    client = signed_in(app, MANAGER)
    with app.app_context():
        newest = db.session.scalar(select(func.max(Invoice.id)).where(Invoice.kind == Kind.INVOICE))
        engine, forget = db.engine, shelf().clear
    statements = [0]
    event.listen(
        engine, "before_cursor_execute", lambda *_: statements.__setitem__(0, statements[0] + 1)
    )
    gc.collect()
    gc.freeze()
    yield "\n| page | first: ms CPU | again: ms CPU | statements | kB |"
    yield "|---|--:|--:|--:|--:|"
    for page in PAGES:
        path, spent, size = page.format(house=HOUSE, invoice=newest), [], 0
        for _ in range(1 + TURNS):
            forget()
            statements[0], began = 0, time.process_time()
            answer = client.get(path)
            size = len(answer.get_data())
            spent.append(1000 * (time.process_time() - began))
            assert answer.status_code == 200, f"{path}: {answer.status}"
        again = median(spent[1:])
        yield f"| {page} | {spent[0]:.0f} | {again:.0f} | {statements[0]} | {size // 1000} |"


if __name__ == "__main__":
    main()
