"""Verbs of what a board writes down in versions: money, words, targets, and rates of an hour."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.evidence.year.models import (
    MoneyKind,
    Target,
    WordsKind,
    Written,
    YearMoney,
    YearWords,
)
from buurthuis.evidence.year.refusals import NoSource, TooManyWords, WrittenMeanwhile
from buurthuis.evidence.year.told_models import VolunteerRate
from buurthuis.evidence.year.versions import Yearly, last_seen, latest, latest_rates
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.rules.few_words import MOST_WORDS, words_in
from buurthuis.rules.money import Cents
from buurthuis.venues.models import Venue

V = TypeVar("V", bound=Written)
Versions = Mapping[tuple[str | int, ...], V]

DEEDS: Final[dict[type[Written], str]] = {
    YearMoney: "year_money.written",
    YearWords: "year_words.written",
    Target: "target.set",
    VolunteerRate: "hour_rate.set",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """Money with where it stands; without cents nobody knows it."""

    cents: Cents | None
    source: str = ""


@action
def write_money(
    venue: Venue,
    year: int,
    amounts: Mapping[MoneyKind, Amount],
    *,
    by: Person,
    seen: int | None = None,
) -> int:
    """Write down amounts of a year, in cents; gives how many of them were new.

    `seen` is the number of the newest row that was shown, 0 for none.

    Raises:
        NotFound, NotAllowed: this person does not write down money here.
        NoSource: an amount does not say where it stands.
        WrittenMeanwhile: somebody else was earlier.
    """
    demand(by, "year.money", venue)
    rows = []
    for kind, amount in amounts.items():
        if amount.cents is not None and not amount.source:
            raise NoSource(kind=kind)
        source = "" if amount.cents is None else amount.source
        told = {"kind": kind, "cents": amount.cents, "source": source}
        rows.append(YearMoney(venue_id=venue.id, year=year, **told))
    _lock(venue.id)
    return _write(rows, latest(YearMoney, venue.id, year), by=by, seen=seen)


@action
def write_words(
    venue: Venue,
    year: int,
    texts: Mapping[WordsKind, str],
    *,
    by: Person,
    seen: int | None = None,
) -> int:
    """Write down words about a year; gives how many texts were new.

    Raises:
        NotFound, NotAllowed: this person does not speak for the house.
        TooManyWords: a text is longer than fits on a sheet.
        WrittenMeanwhile: somebody else was earlier.
    """
    demand(by, "year.words", venue)
    for kind, text in texts.items():
        if words_in(text) > MOST_WORDS:
            raise TooManyWords(kind=kind, words=words_in(text))
    rows = [
        YearWords(venue_id=venue.id, year=year, kind=kind, text=text)
        for kind, text in texts.items()
    ]
    _lock(venue.id)
    return _write(rows, latest(YearWords, venue.id, year), by=by, seen=seen)


@action
def set_targets(
    venue: Venue | None,
    year: int,
    parts: Mapping[str, int | None],
    *,
    by: Person,
    seen: int | None = None,
) -> int:
    """Set what figures should be, in ten-thousandths of their unit; gives how many were new.

    Without a house they are for all houses together.

    Raises:
        NotFound, NotAllowed: this person sets no targets here.
        WrittenMeanwhile: somebody else was earlier.
    """
    demand(by, "year.targets", venue)
    place = None if venue is None else venue.id
    rows = [
        Target(venue_id=place, year=year, code=code, parts=value) for code, value in parts.items()
    ]
    _lock(place)
    return _write(rows, latest(Target, place, year), by=by, seen=seen)


@action
def write_again(version: Yearly, *, by: Person) -> None:
    """Let an older version count again: it is written once more, as the newest one.

    Raises:
        NotFound, NotAllowed: this person does not write this here.
    """
    demand(by, "version.again", version)
    _lock(version.venue_id)
    before = latest(type(version), version.venue_id, version.year)
    _write([version.again()], before, by=by, seen=None)


@action
def set_rate(rate: VolunteerRate, *, by: Person) -> None:
    """Write down what an hour of a volunteer is worth from a month on, in all houses.

    Raises:
        NotFound: this person does not set rates.
        NoSource: the rate does not say who says so.
    """
    demand(by, "hour_rate.set")
    if rate.hour_cents is not None and not rate.source:
        raise NoSource
    _lock(None)
    _write([rate], latest_rates(), by=by, seen=None)


@action
def take_rate_back(rate: VolunteerRate, *, by: Person) -> None:
    """Say that a rate was a mistake; what it was stays to be read.

    Raises:
        NotFound: this person does not set rates.
    """
    demand(by, "hour_rate.set")
    _lock(None)
    nothing = VolunteerRate(level=rate.level, year=rate.year, month=rate.month, hour_cents=None)
    nothing.source = nothing.link = ""
    _write([nothing], latest_rates(), by=by, seen=None)


def _lock(venue_id: int | None) -> None:
    """Let nobody write a version meanwhile; for all houses together one of them stands for all."""
    houses = select(Venue.id).order_by(Venue.id).limit(1).with_for_update()
    if venue_id is not None:
        houses = houses.where(Venue.id == venue_id)
    db.session.execute(houses)


def _write(rows: Iterable[V], before: Versions[V], *, by: Person, seen: int | None) -> int:
    """Keep the rows that say something new; gives how many."""
    if seen is not None and seen != last_seen(before.values()):
        raise WrittenMeanwhile
    written = 0
    for row in rows:
        old = before.get(row.key)
        is_old_news = row.is_taken_back if old is None else row.content == old.content
        if not is_old_news:
            _keep(row, old, by)
            written += 1
    return written


def _keep(row: Written, old: Written | None, by: Person) -> None:
    row.number = 1 if old is None else old.number + 1
    row.made_at, row.made_by_id = clock.now(), by.id
    db.session.add(row)
    db.session.flush()
    venue_id = getattr(row, "venue_id", None)
    about = ".".join(str(each) for each in row.key)
    logbook.note(DEEDS[type(row)], row, by=by, venue_id=venue_id, about=about, version=row.number)
