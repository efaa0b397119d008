"""What a house decided about fair use: read from its file, written to it, stored, and put in order."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import select
from tomlkit.items import Table as TomlTable

from buurthuis.foundation.db import db
from buurthuis.imports.table import Table
from buurthuis.imports.values import clock_from, filled_table, list_of
from buurthuis.imports.weekdays import WEEKDAYS, weekday_in
from buurthuis.rules.fair_use import NO_RULES, FairUse, Quota
from buurthuis.rules.prime_time import Per, PrimeTime
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.venues import fair_use as tables
from buurthuis.venues.models import Venue

MOST_DAYS = 3660
MOST_MINUTES = 100_000
MOST_BOOKINGS = 10_000
MOST_WINDOWS = 100
MOST_QUOTAS = 20

Word = TypeVar("Word", bound=StrEnum)


def read_fair_use(table: Table) -> FairUse:
    """The rules of fair use of a house."""
    rules = FairUse(
        others_days=_number(table, "others_days", most=MOST_DAYS),
        first_kinds=_words(table, "first_kinds", Kind),
        first_purposes=_words(table, "first_purposes", Purpose),
        series_percentage=_number(table, "series_percentage", most=100),
        series_days=table.whole("series_days", 0, least=0, most=MOST_DAYS),
        prime_time=tuple(_windows(table)),
        quotas=tuple(_quotas(table)),
    )
    if needs_prime_time(rules) and not table.has("prime_time"):
        table.note("prime_time", "missing")
    table.close()
    return in_order(rules)


def needs_prime_time(rules: FairUse) -> bool:
    """Some of these rules are about prime time."""
    of_prime_time = any(quota.is_prime_only for quota in rules.quotas)
    return of_prime_time or rules.others_days is not None or rules.series_percentage is not None


def in_order(rules: FairUse) -> FairUse:
    """The same rules with their lists in the agreed order; what stands twice stands once."""
    return replace(
        rules,
        prime_time=tuple(sorted(set(rules.prime_time))),
        quotas=tuple(sorted(set(rules.quotas), key=_quota_key)),
    )


def fair_use_table(rules: FairUse) -> TomlTable:
    """The rules as they stand in a house file."""
    table = filled_table(
        {
            "others_days": rules.others_days,
            "first_kinds": _written(rules.first_kinds, Kind),
            "first_purposes": _written(rules.first_purposes, Purpose),
            "series_percentage": rules.series_percentage,
            "series_days": rules.series_days,
        }
    )
    if rules.prime_time:
        table.add("prime_time", list_of(map(_window_table, rules.prime_time)))
    if rules.quotas:
        table.add("quotas", list_of(map(_quota_table, rules.quotas)))
    return table


def stored_fair_use(venue: Venue) -> FairUse:
    """What is stored of a house."""
    row = _row(venue)
    return NO_RULES if row is None else in_order(row.as_rule)


def store_fair_use(venue: Venue, rules: FairUse) -> None:
    """Store the rules of a house; what says the same stays untouched."""
    row = _row(venue)
    if rules == stored_fair_use(venue):
        return
    if rules == NO_RULES:
        db.session.delete(row)
        return
    if row is None:
        row = tables.FairUseRules(venue_id=venue.id)
        db.session.add(row)
    row.others_days, row.series_percentage = rules.others_days, rules.series_percentage
    row.series_days = rules.series_days
    row.first_kinds = _written(rules.first_kinds, Kind)
    row.first_purposes = _written(rules.first_purposes, Purpose)
    row.prime_time = [
        tables.PrimeTime(weekday=each.weekday, starts_minute=each.starts, ends_minute=each.ends)
        for each in rules.prime_time
    ]
    row.quotas = [
        tables.Quota(
            per=quota.per,
            most_minutes=quota.most_minutes,
            most_bookings=quota.most_bookings,
            is_prime_only=quota.is_prime_only,
            kinds=_written(quota.kinds, Kind),
        )
        for quota in rules.quotas
    ]


def _row(venue: Venue) -> tables.FairUseRules | None:
    rules = tables.FairUseRules
    return db.session.scalar(select(rules).where(rules.venue_id == venue.id))


def _windows(table: Table) -> Iterator[PrimeTime]:
    for entry in table.tables("prime_time", most=MOST_WINDOWS):
        weekday, span = weekday_in(entry), entry.span("from", "to")
        if weekday is not None and span is not None:
            yield PrimeTime(weekday, *span)


def _quotas(table: Table) -> Iterator[Quota]:
    for entry in table.tables("quotas", most=MOST_QUOTAS):
        entry.needed("per")
        per = entry.choice("per", Per)
        minutes = _number(entry, "most_minutes", least=1, most=MOST_MINUTES)
        bookings = _number(entry, "most_bookings", least=1, most=MOST_BOOKINGS)
        if not entry.has("most_minutes") and not entry.has("most_bookings"):
            entry.note("most_minutes", "missing")
        is_prime_only = entry.yes("is_prime_only", False)
        kinds = _words(entry, "kinds", Kind)
        if per is not None:
            yield Quota(per, minutes, bookings, is_prime_only, kinds)


def _number(table: Table, key: str, *, least: int = 0, most: int) -> int | None:
    return table.whole(key, least, least=least, most=most) if table.has(key) else None


def _words(table: Table, key: str, kind: type[Word]) -> frozenset[Word]:
    words = table.words(key, most=len(kind))
    found = (table.as_choice(key, word, kind) for word in words)
    return frozenset(word for word in found if word is not None)


def _written(words: frozenset[Word], kind: type[Word]) -> list[str]:
    """Words in the order in which they are told."""
    return [word.value for word in kind if word in words]


def _window_table(window: PrimeTime) -> TomlTable:
    return filled_table(
        {
            "weekday": WEEKDAYS[window.weekday],
            "from": clock_from(0, window.starts),
            "to": clock_from(window.starts, window.ends),
        }
    )


def _quota_table(quota: Quota) -> TomlTable:
    return filled_table(
        {
            "per": quota.per.value,
            "most_minutes": quota.most_minutes,
            "most_bookings": quota.most_bookings,
            "is_prime_only": quota.is_prime_only,
            "kinds": _written(quota.kinds, Kind) or None,
        }
    )


def _quota_key(quota: Quota) -> tuple[Any, ...]:
    return (
        list(Per).index(quota.per),
        quota.is_prime_only,
        _written(quota.kinds, Kind),
        quota.most_minutes or 0,
        quota.most_bookings or 0,
    )
