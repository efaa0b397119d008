"""How groups pay in a house and where to: read from its file, written to it, and stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import tomlkit
from sqlalchemy import delete
from stdnum import iban as ibans
from tomlkit.items import Table as TomlTable

from buurthuis.foundation.db import db
from buurthuis.imports.table import Table
from buurthuis.imports.values import filled_table
from buurthuis.rules.paying.ways import USUAL, Way
from buurthuis.rules.standing import Kind, StandingCode, is_code, place_of
from buurthuis.tariffs.ways.models import (
    EVERYBODY,
    LONGEST_EXEMPTION,
    LONGEST_HOLDER,
    MOST_DAYS,
    USUAL_DAYS,
    HouseAccount,
    WayToPay,
)
from buurthuis.tariffs.ways.queries import account_of, ways_of
from buurthuis.venues.models import Venue

OFFERS: Final = (Way.ONLINE, Way.INVOICE, Way.DESK)
"""The ways that a house can offer; what costs nothing needs none."""

Ways = tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class HousePaying:
    """What a house says about paying; a standing that is not named pays as everybody does."""

    iban: str = ""
    holder: str = ""
    days: int = USUAL_DAYS
    bills_from: date | None = None
    exemption: str = ""
    ways: Ways = USUAL
    by_standing: tuple[tuple[StandingCode, Ways], ...] = ()


AS_USUAL: Final = HousePaying()
OF_ACCOUNT: Final = ("iban", "holder", "days", "bills_from", "exemption")


def read_paying(table: Table) -> HousePaying:
    """How groups pay, and where to."""
    paying = HousePaying(
        iban=_iban(table),
        holder=table.line("holder", longest=LONGEST_HOLDER),
        days=table.whole("days", USUAL_DAYS, least=0, most=MOST_DAYS),
        bills_from=table.day("bills_from"),
        exemption=table.line("exemption", longest=LONGEST_EXEMPTION),
        ways=_ways(table, "ways") if table.has("ways") else USUAL,
        by_standing=_by_standing(table.table("by_standing")),
    )
    table.close()
    return paying


def paying_table(paying: HousePaying) -> TomlTable:
    """The same as it stands in a house file."""
    table = filled_table(
        {
            "iban": paying.iban or None,
            "holder": paying.holder or None,
            "days": paying.days,
            "bills_from": paying.bills_from,
            "exemption": paying.exemption or None,
            "ways": _written(paying.ways),
        }
    )
    if paying.by_standing:
        by_standing = tomlkit.table()
        for code, ways in paying.by_standing:
            by_standing.add(str(code), _written(ways))
        table.add("by_standing", by_standing)
    return table


def stored_paying(venue: Venue) -> HousePaying:
    """What is stored of a house."""
    account, ways = account_of(venue), dict(ways_of(venue.id))
    told = {} if account is None else {name: getattr(account, name) for name in OF_ACCOUNT}
    everybody = ways.pop(EVERYBODY, USUAL)
    return HousePaying(**told, ways=everybody, by_standing=in_order(ways.items()))


def store_paying(venue: Venue, paying: HousePaying) -> None:
    """Store it; a house that never said a thing has no rows, and what says the same stays untouched."""
    before = stored_paying(venue)
    if paying == before:
        return
    account = account_of(venue)
    if account is None:
        account = HouseAccount(venue_id=venue.id)
        db.session.add(account)
    for name in OF_ACCOUNT:
        setattr(account, name, getattr(paying, name))
    if (paying.ways, paying.by_standing) == (before.ways, before.by_standing):
        return
    db.session.execute(delete(WayToPay).where(WayToPay.venue_id == venue.id))
    said = () if paying.ways == USUAL else ((EVERYBODY, paying.ways),)
    db.session.add_all(
        WayToPay(venue_id=venue.id, standing=code, position=place, way=way)
        for code, ways in (*said, *paying.by_standing)
        for place, way in enumerate(ways)
    )


def in_order(
    by_standing: Iterable[tuple[StandingCode, Ways]],
) -> tuple[tuple[StandingCode, Ways], ...]:
    """The standings in their agreed order; the ways of each keep the order of the house."""
    return tuple(sorted(by_standing, key=lambda each: place_of(each[0])))


def is_iban(text: str) -> bool:
    """A bank account number whose check digits are right."""
    return bool(ibans.is_valid(text))


def as_iban(text: str) -> str:
    """A bank account number without what people put in between."""
    return str(ibans.compact(text))


def _iban(table: Table) -> str:
    typed = table.line("iban", longest=60)
    if typed and not is_iban(typed):
        table.note("iban", "not_an_iban")
        return ""
    return as_iban(typed)


def _ways(table: Table, key: str) -> Ways:
    words = table.words(key, most=len(OFFERS))
    if any(word not in OFFERS for word in words) or not words:
        table.note(key, "not_a_choice", choices=", ".join(OFFERS))
        return USUAL
    return tuple(dict.fromkeys(map(Way, words)))


def _by_standing(table: Table) -> tuple[tuple[StandingCode, Ways], ...]:
    found = []
    for code in table.keys_here():
        if is_code(code):
            found.append((code, _ways(table, code)))
        else:
            table.raw(code)
            table.note(code, "not_a_standing", choices=", ".join(Kind))
    return in_order(found)


def _written(ways: Ways) -> list[str]:
    return [way.value for way in ways]
