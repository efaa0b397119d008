"""What many wishes cost, each by the card of its own day, in a constant number of questions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from sqlalchemy import bindparam, select

from buurthuis.accounts.models import Initiative
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import clock_minutes, day_of, minute_of
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose, Recognition, StandingCode, recognised
from buurthuis.rules.tariffs import NoRate
from buurthuis.tariffs import models
from buurthuis.tariffs.known import NewestFirst, card_of, cards_known, newest_first
from buurthuis.tariffs.models import RateCard
from buurthuis.tariffs.queries import Priced, priced_by
from buurthuis.venues.models import Room

_SamePrice: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One room at one time; without an initiative it is a visitor who asks."""

    room: Room
    period: Period
    initiative: Initiative | None
    purpose: Purpose


def price_each(
    wanted: Sequence[Wanted],
    *,
    recognitions: Mapping[int, Sequence[Recognition]] = MappingProxyType({}),
) -> list[Priced | None]:
    """What each of these costs, in their order; None where the house sells nothing that covers it.

    `recognitions` are those of groups that have been asked already, so they are not asked again.
    """
    cards = _cards_of({each.room.venue_id for each in wanted})
    groups = {each.initiative.id for each in wanted if each.initiative is not None}
    standings = {**recognitions_of_each(groups - recognitions.keys()), **recognitions}
    found: dict[_SamePrice, Priced | None] = {}
    prices = []
    for each in wanted:
        venue_id, day = each.room.venue_id, day_of(each.period.start)
        card = card_of(cards, venue_id, day)
        known = standings[each.initiative.id] if card and each.initiative else ()
        standing = recognised(known, venue=venue_id, on=day)
        same = _same_price(each, card, standing)
        if same not in found:
            found[same] = _priced(each, card, standing)
        prices.append(found[same])
    return prices


def _same_price(each: Wanted, card: RateCard | None, standing: StandingCode | None) -> _SamePrice:
    """What a price follows from: the clock on the wall and not the day, but for its card."""
    clock = minute_of(each.period.start), clock_minutes(each.period)
    group = None if each.initiative is None else each.initiative.id
    return each.room.id, *clock, group, each.purpose, None if card is None else card.id, standing


def _priced(each: Wanted, card: RateCard | None, standing: StandingCode | None) -> Priced | None:
    try:
        return priced_by(
            card,
            each.room,
            each.period,
            initiative=each.initiative,
            standing=standing,
            purpose=each.purpose,
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
        rule = Recognition(row.kind, row.venue_id, row.valid_from, row.valid_to)
        found[row.initiative_id].append(rule)
    return found


_RECOGNITIONS = (
    select(
        models.Recognition.initiative_id,
        models.Recognition.kind,
        models.Recognition.venue_id,
        models.Recognition.valid_from,
        models.Recognition.valid_to,
    )
    .where(models.Recognition.initiative_id.in_(bindparam("initiatives", expanding=True)))
    .order_by(models.Recognition.decided_at, models.Recognition.id)
)
