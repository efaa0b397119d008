"""Questions about what a board wrote down, for figures, sheets and pages: a constant number each."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import ColumnElement, or_, select

from buurthuis.evidence.year.models import (
    MoneyKind,
    Target,
    WordsKind,
    YearMoney,
    YearWords,
)
from buurthuis.evidence.year.told_models import RateLevel, SocialOutcome, Story, VolunteerRate
from buurthuis.evidence.year.versions import standing
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.facts import Outcome
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.money import WHOLE, Cents, half_up
from buurthuis.rules.yearly import falls_in, years_in
from buurthuis.venues.queries import are_all

Yearly = Mapping[tuple[int, int], Mapping[MoneyKind, YearMoney]]
"""Amounts by house and year."""


@dataclass(frozen=True, slots=True)
class Money:
    """What falls into a span of what houses wrote down, by days; None where a house wrote nothing."""

    cents: Mapping[MoneyKind, Cents | None]
    covered: Mapping[MoneyKind, int]
    """How many of the houses wrote this down for every year of the span."""
    houses: int


@dataclass(frozen=True, slots=True)
class Told:
    """A story that may be shown. `teller` is empty unless the teller wants to be named."""

    id: int
    venue_id: int
    title: str
    text: str
    code: str
    told_on: date
    teller: str
    is_public: bool


def money_of(venue_ids: Collection[int], span: Span, yearly: Yearly | None = None) -> Money:
    """The yearly money of houses for a span, each year by its share of days; `yearly` was read before."""
    if yearly is None:
        yearly = money_by_house(venue_ids, years_in(span))
    cents: dict[MoneyKind, Cents | None] = {}
    covered: dict[MoneyKind, int] = {}
    for kind in MoneyKind:
        parts = [_of_span(yearly, venue, kind, span) for venue in venue_ids]
        known = [each for each in parts if each is not None]
        covered[kind] = len(known)
        is_whole = bool(parts) and len(known) == len(parts)
        cents[kind] = half_up(sum(known, Fraction(0))) if is_whole else None
    return Money(cents, covered, len(venue_ids))


def _of_span(
    yearly: Yearly,
    venue: int,
    kind: MoneyKind,
    span: Span,
) -> Fraction | None:
    amounts = {
        year: yearly[venue, year][kind].cents or 0
        for year in years_in(span)
        if kind in yearly.get((venue, year), {})
    }
    return falls_in(amounts, span)


def money_by_house(
    venue_ids: Collection[int], years: Collection[int]
) -> dict[tuple[int, int], dict[MoneyKind, YearMoney]]:
    """The amounts that count, by house and year, with who gave them; nothing where none is known."""
    asked = select(YearMoney).where(YearMoney.venue_id.in_(venue_ids), YearMoney.year.in_(years))
    newest = standing(
        db.session.scalars(asked.order_by(YearMoney.number)),
        lambda each: (each.venue_id, each.year, each.kind),
    )
    found: dict[tuple[int, int], dict[MoneyKind, YearMoney]] = {}
    for (venue, year, kind), each in newest.items():
        found.setdefault((venue, year), {})[kind] = each
    return found


def rates() -> dict[str, list[tuple[date, Cents]]]:
    """What an hour of a volunteer is worth, by `low`, `mid` and `high`: from which day, the oldest first."""
    found: dict[str, list[tuple[date, Cents]]] = {level.value: [] for level in RateLevel}
    for each in rates_written():
        found[each.level].append((each.from_on, each.hour_cents or 0))
    return {level: rows for level, rows in found.items() if rows}


def rates_written() -> list[VolunteerRate]:
    """The rates that count, with their sources, the oldest first."""
    newest = standing(
        db.session.scalars(select(VolunteerRate).order_by(VolunteerRate.number)),
        lambda each: (each.level, each.year, each.month),
    )
    return sorted(newest.values(), key=lambda each: each.from_on)


def outcomes_of(
    venue_ids: Collection[int], span: Span, known: Iterable[SocialOutcome] | None = None
) -> tuple[Outcome, ...]:
    """The results for society with a price for a span inside one year; none while nobody wrote any.

    Those of one house go before those of all houses together, so that nothing counts twice. `known`
    are those of some years, and asks nothing again.
    """
    if len(years_in(span)) > 1:
        return ()
    year = span.first.year
    written = outcomes_written(year) if known is None else known
    found = [each for each in written if each.year == year]
    own = [each for each in found if {each.venue_id} == set(venue_ids)]
    shared = [each for each in found if each.venue_id is None]
    return tuple(_outcome(each) for each in own or shared)


def outcomes_written(*years: int) -> list[SocialOutcome]:
    """The outcomes of some years that stand, of every house, the oldest first."""
    asked = select(SocialOutcome).where(
        SocialOutcome.year.in_(years), SocialOutcome.withdrawn_at.is_(None)
    )
    return list(db.session.scalars(asked.order_by(SocialOutcome.id)))


def outcomes_told(year: int) -> list[SocialOutcome]:
    """Every outcome of a year, of every house, the oldest first; also those that were taken away."""
    asked = select(SocialOutcome).where(SocialOutcome.year == year)
    return list(db.session.scalars(asked.order_by(SocialOutcome.id)))


def _outcome(row: SocialOutcome) -> Outcome:
    """As the rules read it: the careful bound first, so of what would happen anyway the larger one."""
    return Outcome(
        code=row.code,
        price_cents=(row.price_low_cents, row.price_high_cents),
        deadweight=(
            Fraction(row.deadweight_high_bp, WHOLE),
            Fraction(row.deadweight_low_bp, WHOLE),
        ),
        attribution=(
            Fraction(row.attribution_low_bp, WHOLE),
            Fraction(row.attribution_high_bp, WHOLE),
        ),
    )


def targets_of(venue_ids: Collection[int], year: int) -> dict[str, Fraction]:
    """What figures should be at the end of a year, by code.

    Of one house its own. Of all houses together what was written for all; in some of several
    houses nobody set a target.
    """
    wanted = [Target.venue_id.in_(venue_ids)] if len(venue_ids) == 1 else []
    if are_all(venue_ids):
        wanted.append(Target.venue_id.is_(None))
    if not wanted:
        return {}
    rows = targets_written(or_(*wanted), year)
    ordered = sorted(rows, key=lambda each: each.venue_id is not None)
    return {each.code: each.value for each in ordered if each.value is not None}


def targets_written(which: ColumnElement[bool], year: int) -> list[Target]:
    """The targets of a year that count."""
    asked = select(Target).where(Target.year == year, which)
    newest = standing(
        db.session.scalars(asked.order_by(Target.number)), lambda each: (each.venue_id, each.code)
    )
    return list(newest.values())


def stories_of(venue_ids: Collection[int], span: Span, *, public_only: bool = False) -> list[Told]:
    """The stories that may be shown today, the newest first: never one without consent."""
    today = day_of(clock.now())
    asked = select(Story).where(
        Story.venue_id.in_(venue_ids),
        Story.told_on >= span.first,
        Story.told_on < span.after,
        Story.withdrawn_at.is_(None),
        or_(Story.consent_until.is_(None), Story.consent_until >= today),
    )
    if public_only:
        asked = asked.where(Story.is_public.is_(True))
    rows = db.session.scalars(asked.order_by(Story.told_on.desc(), Story.id.desc()))
    return [_told(each) for each in rows]


def told_in(venue_ids: Collection[int], span: Span) -> list[Story]:
    """Every story of a span for who keeps them, the newest first; of one that was withdrawn no word."""
    asked = select(Story).where(
        Story.venue_id.in_(venue_ids), Story.told_on >= span.first, Story.told_on < span.after
    )
    return list(db.session.scalars(asked.order_by(Story.told_on.desc(), Story.id.desc())))


def _told(row: Story) -> Told:
    teller = row.teller if row.names_teller else ""
    public = row.is_public
    return Told(row.id, row.venue_id, row.title, row.text, row.code, row.told_on, teller, public)


def words_of(venue_ids: Collection[int], year: int) -> dict[int, dict[WordsKind, str]]:
    """What the boards of houses said about a year, by house."""
    asked = select(YearWords).where(YearWords.venue_id.in_(venue_ids), YearWords.year == year)
    newest = standing(
        db.session.scalars(asked.order_by(YearWords.number)),
        lambda each: (each.venue_id, each.kind),
    )
    found: dict[int, dict[WordsKind, str]] = {}
    for (venue, kind), each in newest.items():
        found.setdefault(venue, {})[kind] = each.text
    return found
