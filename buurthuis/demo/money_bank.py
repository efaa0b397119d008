"""Statements of the bank in the demo: a month each, with what came for invoices, and a few lines to match."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from stdnum import iban

from buurthuis.accounts.models import Person
from buurthuis.demo.money_rows import Paid, luck, store, stored
from buurthuis.demo.rows import Row
from buurthuis.payments.bank.models import BankLine, BankStatement
from buurthuis.payments.invoices.models import Invoice
from buurthuis.rules.calendar import moment
from buurthuis.rules.money import Cents
from buurthuis.venues.models import Venue

EVENING: Final = 20 * 60
FORGETS: Final = 0.15
"""So many write no reference with their money, only what it is for."""


def bring_statements(venue: Venue, treasurer: Person, paid: Sequence[Paid]) -> None:
    """The statement of each month, whose lines are matched with the payments they were."""
    months: dict[date, list[Paid]] = defaultdict(list)
    for each in paid:
        months[each.day.replace(day=1)].append(each)
    order = sorted(months)
    rows = [_statement_row(venue, treasurer, max(p.day for p in months[first])) for first in order]
    for first, number in zip(order, stored(BankStatement, rows), strict=True):
        lines = sorted(months[first], key=lambda each: (each.day, each.id))
        store(
            BankLine,
            [
                _line_row(venue, treasurer, number, position, each)
                for position, each in enumerate(lines)
            ],
        )


def bring_open_lines(
    venue: Venue, treasurer: Person, still_open: Sequence[tuple[Invoice, Cents]], *, now: datetime
) -> None:
    """Lines of this week that nobody looked at yet: some say what they are for, others do not."""
    today = now.date() - timedelta(days=1)
    [number] = stored(BankStatement, [_statement_row(venue, treasurer, today)])
    told = [
        (cents, each.initiative.name, each.initiative_id, each.reference if place == 0 else "")
        for place, (each, cents) in enumerate(still_open)
    ]
    told += [(2500, "Stichting Onbekend", 9_999, ""), (-18_240, "Energie voor de Buurt", 9_998, "")]
    store(
        BankLine,
        [
            {
                **_bare(venue, number, position, today, cents),
                "key": f"demo-open-{number}-{position}",
                "counterparty": name,
                "iban": account_of(group),
                "reference": reference,
                "text": "Zaalhuur" if cents > 0 else "Termijn stroom en gas",
                "payment_id": None,
                "matched_at": None,
                "matched_by_id": None,
            }
            for position, (cents, name, group, reference) in enumerate(told)
        ],
    )


def account_of(group: int) -> str:
    """An account at a bank that does not exist."""
    body = f"NL00EXBK{1_000_000_000 + group:010d}"
    return f"NL{iban.calc_check_digits(body)}{body[4:]}"


def _statement_row(venue: Venue, treasurer: Person, last: date) -> Row:
    brought_at = moment(last, EVENING)
    return {
        "venue_id": venue.id,
        "name": f"afschrift-{last:%Y-%m-%d}.xml",
        "brought_at": brought_at,
        "brought_by_id": treasurer.id,
    }


def _line_row(venue: Venue, treasurer: Person, statement: int, position: int, paid: Paid) -> Row:
    row, group = paid.sheet.row, paid.sheet.initiative
    forgets = luck("forgets", row["name"]) < FORGETS
    return {
        **_bare(venue, statement, position, paid.day, paid.cents),
        "key": f"demo-{paid.id}",
        "counterparty": group.name,
        "iban": account_of(group.id),
        "text": f"Factuur {row['name']}" if forgets else row["reference"],
        "reference": "" if forgets else row["reference"],
        "payment_id": paid.id,
        "matched_by_id": treasurer.id,
        "matched_at": moment(paid.day, EVENING),
    }


def _bare(venue: Venue, statement: int, position: int, day: date, cents: Cents) -> Row:
    return {
        "venue_id": venue.id,
        "statement_id": statement,
        "position": position,
        "booked_on": day,
        "cents": cents,
    }
