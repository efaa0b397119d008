"""What something costs for somebody, and what is recognised of whom; these questions never commit."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import and_, func, select

from buurthuis.accounts.models import Initiative
from buurthuis.foundation.db import db
from buurthuis.rules import tariffs
from buurthuis.rules.calendar import day_of
from buurthuis.rules.periods import Period
from buurthuis.rules.reductions import known_since
from buurthuis.rules.standing import Purpose, StandingCode, recognised
from buurthuis.rules.standing import Recognition as RecognisedStanding
from buurthuis.tariffs.by_card import Priced, priced_by
from buurthuis.tariffs.charges import ALONE, Beside
from buurthuis.tariffs.known import card_known, cards_known_on
from buurthuis.tariffs.models import RateCard, Recognition
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.venues.models import Room, Venue

__all__ = [
    "Priced",
    "card_by_id",
    "card_on",
    "cards_of",
    "cards_on",
    "price",
    "price_many",
    "priced_by",
    "recognitions_in",
    "recognitions_of",
    "standing_and_since",
    "standing_of",
]


def price(
    room: Room,
    period: Period,
    *,
    initiative: Initiative | None,
    purpose: Purpose,
    beside: Beside = ALONE,
) -> Priced:
    """What a booking of a room costs this initiative; None is a visitor.

    Raises:
        NoPrice: the house sells nothing of this room that covers this time.
    """
    priced = price_many([room], period, initiative=initiative, purpose=purpose, beside=beside)
    if room.id not in priced:
        raise NoPrice(room=room.name)
    return priced[room.id]


def price_many(
    rooms: Iterable[Room],
    period: Period,
    *,
    initiative: Initiative | None,
    purpose: Purpose,
    beside: Beside = ALONE,
) -> dict[int, Priced]:
    """What each room costs, by its id; a room without a price for this time is left out.

    The number of statements does not grow with the number of rooms. Since when a house knows the
    group is looked up here; how often it booked is for whoever asks to say.
    """
    wanted = list(rooms)
    day = day_of(period.start)
    cards = cards_on({room.venue_id for room in wanted}, day)
    standings = _recognised_in(cards, initiative, day, purpose)
    found: dict[int, Priced] = {}
    for room in wanted:
        standing, since = standings.get(room.venue_id, (None, None))
        known = replace(beside, history=replace(beside.history, recognised_since=since))
        try:
            found[room.id] = priced_by(
                cards.get(room.venue_id),
                room,
                period,
                initiative=initiative,
                standing=standing,
                purpose=purpose,
                beside=known,
            )
        except tariffs.NoRate:
            continue
    return found


def cards_of(venue: Venue) -> Sequence[RateCard]:
    """All rate cards of a house, the oldest first."""
    asked = select(RateCard).where(RateCard.venue_id == venue.id).order_by(RateCard.valid_from)
    return db.session.scalars(asked).all()


def card_on(venue_id: int, day: date) -> RateCard | None:
    """The rate card that holds in a house on a day."""
    return cards_on({venue_id}, day).get(venue_id)


def card_by_id(card_id: int) -> RateCard | None:
    """One rate card, of whatever house."""
    return card_known(card_id) or db.session.get(RateCard, card_id)


def cards_by_id(card_ids: Iterable[int]) -> dict[int, RateCard]:
    """These rate cards by their id; who holds them spares `card_by_id` its question."""
    asked = select(RateCard).where(RateCard.id.in_(set(card_ids)))
    return {card.id: card for card in db.session.scalars(asked)}


def cards_on(venue_ids: Iterable[int], day: date) -> dict[int, RateCard]:
    """The rate card that holds on a day, by house."""
    houses = list(venue_ids)
    known = cards_known_on(houses, day)
    if known is not None:
        return known
    newest = (
        select(RateCard.venue_id, func.max(RateCard.valid_from).label("valid_from"))
        .where(RateCard.venue_id.in_(houses), RateCard.valid_from <= day)
        .group_by(RateCard.venue_id)
        .subquery()
    )
    holding = and_(
        RateCard.venue_id == newest.c.venue_id, RateCard.valid_from == newest.c.valid_from
    )
    cards = db.session.scalars(select(RateCard).join(newest, holding))
    return {card.venue_id: card for card in cards}


def recognitions_of(initiative_id: int) -> Sequence[Recognition]:
    """What houses ever recognised of an initiative, the oldest first."""
    asked = select(Recognition).where(Recognition.initiative_id == initiative_id)
    return db.session.scalars(asked.order_by(Recognition.decided_at, Recognition.id)).all()


def recognitions_in(venue: Venue, *, on: date) -> Sequence[Recognition]:
    """What a house itself recognises on a day, or will, the newest first."""
    asked = select(Recognition).where(
        Recognition.venue_id == venue.id,
        Recognition.valid_to.is_(None) | (Recognition.valid_to >= on),
    )
    return db.session.scalars(asked.order_by(Recognition.decided_at.desc())).all()


def standing_of(initiative: Initiative, venue: Venue, *, on: date) -> StandingCode | None:
    """The standing that counts for everything an initiative does in a house on a day."""
    return recognised(_as_rules(initiative), venue=venue.id, on=on)


def _as_rules(initiative: Initiative) -> list[RecognisedStanding]:
    return [
        RecognisedStanding(each.kind, each.venue_id, each.valid_from, each.valid_to, each.purpose)
        for each in recognitions_of(initiative.id)
    ]


def _recognised_in(
    venue_ids: Iterable[int], initiative: Initiative | None, day: date, purpose: Purpose
) -> dict[int, tuple[StandingCode | None, date | None]]:
    """The standing in each house, and since when the house knows the group."""
    if initiative is None:
        return {}
    known = _as_rules(initiative)
    return {
        venue_id: standing_and_since(known, venue=venue_id, on=day, purpose=purpose)
        for venue_id in venue_ids
    }


def standing_and_since(
    known: Sequence[RecognisedStanding], *, venue: int, on: date, purpose: Purpose
) -> tuple[StandingCode | None, date | None]:
    """What counts in a house on a day, and since when the house knows the group; else None and None."""
    standing = recognised(known, venue=venue, on=on, purpose=purpose) if known else None
    return standing, None if standing is None else known_since(known, venue=venue, on=on)
