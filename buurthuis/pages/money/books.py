"""The books of a house: each account, each entry, and both as a file to take home."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, Self

from flask import Response, request, url_for
from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.spreadsheet import Cell, Table, write_csv
from buurthuis.pages.money.books_queries import Days, Line, Written, accounts_of, entries_of, walk
from buurthuis.pages.money.door import Place, blueprint, house, money_page
from buurthuis.payments.ledger.queries import balances_of
from buurthuis.payments.words import ACCOUNTS, ACCOUNTS_TELL
from buurthuis.rules.calendar import NoSuchDay, day_of, parse_day
from buurthuis.rules.paying.ledger import Account
from buurthuis.venues.models import Venue

PER_PAGE: Final = 25
COLUMNS: Final = ("date", "document", "text", "group", "debit", "credit", "amount")
OF_ACCOUNTS: Final = ("account", "name", "before", "more", "less", "after")
KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which days, which account and which page; days that make no sense are those of this year."""

    days: Days
    account: Account | None
    page: int

    @classmethod
    def of_address(cls, today: date) -> Self:
        """What the address asks for."""
        first = _day("from") or date(today.year, 1, 1)
        last = _day("until") or date(first.year, 12, 31)
        if last < first:
            first, last = date(today.year, 1, 1), date(today.year, 12, 31)
        named = request.args.get("account", "")
        account = Account(named) if named in set(Account) else None
        page = min(max(request.args.get("page", 1, type=int), 1), 10_000)
        return cls(Days(first, last), account, page)

    @property
    def in_address(self) -> dict[str, Any]:
        """The same for another address."""
        days = {"from": self.days.first.isoformat(), "until": self.days.last.isoformat()}
        return {**days, "account": self.account and str(self.account)}


@blueprint.get("/books")
@needs("money.see", house)
def books(venue: Venue) -> str:
    """What stands on each account, and how it came there."""

    def here(**chosen: Any) -> str:
        return url_for("money.books", slug=venue.slug, **chosen)

    today = day_of(clock.now())
    choice = Choice.of_address(today)
    lines = accounts_of(venue.id, choice.days)
    before = next((line.before for line in lines if line.account is choice.account), 0)
    first = (choice.page - 1) * PER_PAGE
    found = entries_of(venue.id, choice.days, choice.account, first=first, count=PER_PAGE + 1)
    return money_page(
        "books",
        venue,
        choice=choice,
        lines=lines,
        names=ACCOUNTS,
        tells=ACCOUNTS_TELL,
        entries=[_shown(each, before) for each in found[:PER_PAGE]],
        address_of=lambda account: here(**{**choice.in_address, "account": str(account)}),
        all=here(**{**choice.in_address, "account": None}),
        periods=_periods(today, choice, here),
        pages=_pages(choice, here, has_more=len(found) > PER_PAGE),
        is_in_balance=not sum(balances_of(venue.id).values()),
        files=[(kind, _file(venue, choice, kind)) for kind in KINDS],
    )


@blueprint.get("/books.<any(csv, xlsx):kind>")
@needs("money.see", lambda slug, kind: house(slug))
def books_file(venue: Venue) -> Response:
    """All entries of these days; the workbook has a sheet with the accounts as well."""
    kind = (request.view_args or {})["kind"]
    days = Choice.of_address(day_of(clock.now())).days
    file = io.BytesIO()
    if kind == "csv":
        write_csv(entry_table(venue, days), file)
    else:
        # It takes long to read in, and most processes never write one.
        from buurthuis.foundation.workbook import write_workbook

        write_workbook([entry_table(venue, days), account_table(venue, days)], file)
    answer = Response(file.getvalue(), content_type=KINDS[kind])
    name = f"{venue.slug}-books-{days.first}-{days.last}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def entry_table(venue: Venue, days: Days) -> Table:
    """Each entry with its two accounts; the amount is never below nothing."""
    return Table("entries", COLUMNS, _entry_rows(venue, days))


def account_table(venue: Venue, days: Days) -> Table:
    """What stood on each account before and after, and what moved."""
    rows: list[tuple[Cell, ...]] = [
        (str(line.account), str(ACCOUNTS[line.account]), *map(_euros, _sums(line)))
        for line in accounts_of(venue.id, days)
    ]
    return Table("accounts", OF_ACCOUNTS, rows)


def _entry_rows(venue: Venue, days: Days) -> Iterator[tuple[Cell, ...]]:
    for each in walk(venue.id, days):
        entry = each.entry
        sides = (str(entry.debit), str(entry.credit))
        yield (entry.on, each.document, entry.text, each.group, *sides, _euros(entry.cents))


def _sums(line: Line) -> tuple[int, int, int, int]:
    return line.before, line.more, line.less, line.after


def _euros(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2).quantize(Decimal("0.01"))


def _shown(each: Written, before: int) -> Written:
    """With what stood on the account before these days."""
    if each.stands is None:
        return each
    return Written(each.entry, each.document, each.group, before + each.stands)


def _day(name: str) -> date | None:
    try:
        return parse_day(request.args.get(name, ""))
    except NoSuchDay:
        return None


def _periods(today: date, choice: Choice, here: Callable[..., str]) -> list[Place]:
    """The days that treasurers ask for: this month and the one before, this year and the one before."""
    month = today.replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    spans = (
        (_("This month"), Days(month, _last_of(month))),
        (_("Last month"), Days(before, _last_of(before))),
        (str(today.year), Days(date(today.year, 1, 1), date(today.year, 12, 31))),
        (str(today.year - 1), Days(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))),
    )
    kept = choice.in_address
    return [
        (
            words,
            here(**{**kept, "from": days.first.isoformat(), "until": days.last.isoformat()}),
            days == choice.days,
        )
        for words, days in spans
    ]


def _last_of(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _pages(
    choice: Choice, here: Callable[..., str], *, has_more: bool
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    before = (_("Previous"), here(**choice.in_address, page=choice.page - 1))
    after = (_("Next"), here(**choice.in_address, page=choice.page + 1))
    return before if choice.page > 1 else None, after if has_more else None


def _file(venue: Venue, choice: Choice, kind: str) -> str:
    days = {name: choice.in_address[name] for name in ("from", "until")}
    return url_for("money.books_file", slug=venue.slug, kind=kind, **days)
