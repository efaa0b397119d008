"""What many wishes cost, each by the card of its own day, in a constant number of questions."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import bindparam, select

from buurthuis.accounts.models import Initiative
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import clock_minutes, day_of, minute_of
from buurthuis.rules.periods import Period
from buurthuis.rules.reductions import History, Span, counts
from buurthuis.rules.standing import Purpose, Recognition, StandingCode
from buurthuis.rules.tariffs import NoRate
from buurthuis.tariffs import models
from buurthuis.tariffs.by_card import Priced, priced_by
from buurthuis.tariffs.charges import (
    ALONE,
    Beside,
    counts_by,
    follows_from,
)
from buurthuis.tariffs.known import NewestFirst, card_of, cards_known, newest_first
from buurthuis.tariffs.models import RateCard
from buurthuis.tariffs.queries import standing_and_since
from buurthuis.venues.models import Room

_SamePrice: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One room at one time; without an initiative it is a visitor who asks.

    `booking_id` is that of a booking that is priced again. Of `beside` the history is found here.
    What is `only_seen` will not be booked, so it does not count for the next ones.
    """

    room: Room
    period: Period
    initiative: Initiative | None
    purpose: Purpose
    beside: Beside = ALONE
    booking_id: int | None = None
    only_seen: bool = False


Counting = Callable[[Sequence[tuple[Wanted, Span]]], Sequence[int]]
"""How many bookings each group made in the house before, in the span of the day that it wants."""


def price_each(
    wanted: Sequence[Wanted],
    *,
    recognitions: Mapping[int, Sequence[Recognition]] = MappingProxyType({}),
    counting: Counting | None = None,
) -> list[Priced | None]:
    """What each of these costs, in their order; None where the house sells nothing that covers it.

    `recognitions` are those of groups that have been asked already, so they are not asked again.
    `counting` is asked once, and only where a card takes something off for who comes often.
    """
    cases = _cases(wanted, recognitions)
    had = _had_before(cases, counting)
    found: dict[_SamePrice, Priced | None] = {}
    prices = []
    for place, case in enumerate(cases):
        history = History(case.since, had.get(place))
        same = _same_price(case, history)
        if same not in found:
            found[same] = _priced(case, history)
        priced = found[same]
        is_other = priced is not None and priced.history != history
        prices.append(replace(priced, history=history) if priced and is_other else priced)
    return prices


class _Case(NamedTuple):
    """What somebody wants, with the card of its day and how the house knows the group."""

    wanted: Wanted
    day: date
    card: RateCard | None
    standing: StandingCode | None
    since: date | None


def _cases(
    wanted: Sequence[Wanted], recognitions: Mapping[int, Sequence[Recognition]]
) -> list[_Case]:
    cards = _cards_of({each.room.venue_id for each in wanted})
    groups = {each.initiative.id for each in wanted if each.initiative is not None}
    standings = {**recognitions_of_each(groups - recognitions.keys()), **recognitions}
    cases = []
    for each in wanted:
        venue_id, day = each.room.venue_id, day_of(each.period.start)
        card = card_of(cards, venue_id, day)
        known = standings[each.initiative.id] if card and each.initiative else ()
        standing, since = standing_and_since(known, venue=venue_id, on=day, purpose=each.purpose)
        cases.append(_Case(each, day, card, standing, since))
    return cases


def _had_before(cases: Sequence[_Case], counting: Counting | None) -> dict[int, int]:
    """What was counted, by the place of each case for which a card asks it."""
    spans = {
        place: span
        for place, case in enumerate(cases)
        if counting and case.card and case.wanted.initiative and (span := counts_by(case.card))
    }
    if counting is None or not spans:
        return {}
    asked = [(cases[place].wanted, span) for place, span in spans.items()]
    return dict(zip(spans, counting(asked), strict=True))


def _same_price(case: _Case, history: History) -> _SamePrice:
    """What a price follows from: the clock on the wall, and of the day only what its card asks."""
    each, card = case.wanted, case.card
    clock = minute_of(each.period.start), clock_minutes(each.period)
    group = None if each.initiative is None else each.initiative.id
    same = each.room.id, *clock, group, each.purpose, case.standing
    if card is None:
        return same
    asks = follows_from(card)
    return (
        *same,
        card.id,
        case.day.weekday() if asks.by_weekday else None,
        each.beside.people if asks.by_people else None,
        each.beside.extras,
        tuple([counts(offer, case.day, history) for offer in asks.offers]),
    )


def _priced(case: _Case, history: History) -> Priced | None:
    each = case.wanted
    try:
        return priced_by(
            case.card,
            each.room,
            each.period,
            initiative=each.initiative,
            standing=case.standing,
            purpose=each.purpose,
            beside=replace(each.beside, history=history),
        )
    except NoRate:
        return None


def _cards_of(venue_ids: Collection[int]) -> NewestFirst:
    known = cards_known()
    if known is not None:
        return known
    asked = select(RateCard).where(RateCard.venue_id.in_(venue_ids))
    return newest_first(db.session.scalars(asked))


def recognitions_of_each(initiative_ids: Collection[int]) -> dict[int, list[Recognition]]:
    """What houses ever recognised of these initiatives, the oldest first."""
    found: dict[int, list[Recognition]] = {each: [] for each in initiative_ids}
    asked = {"initiatives": list(initiative_ids)}
    for row in db.session.execute(_RECOGNITIONS, asked) if initiative_ids else ():
        rule = Recognition(row.kind, row.venue_id, row.valid_from, row.valid_to, row.purpose)
        found[row.initiative_id].append(rule)
    return found


_RECOGNITIONS = (
    select(
        models.Recognition.initiative_id,
        models.Recognition.kind,
        models.Recognition.venue_id,
        models.Recognition.valid_from,
        models.Recognition.valid_to,
        models.Recognition.purpose,
    )
    .where(models.Recognition.initiative_id.in_(bindparam("initiatives", expanding=True)))
    .order_by(models.Recognition.decided_at, models.Recognition.id)
)
