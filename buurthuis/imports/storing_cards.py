"""Writing rate cards: a card with which bookings were priced is never edited, only added to.

It may gain rates for rooms that are new, and lose those of rooms that go: neither touches what
anybody was charged.
"""

from collections.abc import Collection
from dataclasses import asdict, replace

from buurthuis.foundation.db import db
from buurthuis.imports.house import House, HouseCard, HouseRate, HouseStanding
from buurthuis.imports.house_order import card_in_order
from buurthuis.imports.policies import policy_row
from buurthuis.imports.queries import card_of, used_cards
from buurthuis.imports.refusals import CardInUse
from buurthuis.imports.storing_charges import booked_extras, charge_rows, extra_rate_rows
from buurthuis.imports.storing_told import decision_row
from buurthuis.tariffs.models import Rate, RateCard, Standing
from buurthuis.tariffs.queries import cards_of
from buurthuis.venues.models import Room, Venue

Rooms = dict[str, Room]


def store_cards(
    venue: Venue, house: House, going: Collection[Room], revived: Collection[str] = ()
) -> None:
    """The rate cards of the file; `revived` are extras that were gone, and of which it may not tell.

    Raises:
        CardInUse: a card would change or go with which bookings were priced.
    """
    rooms = {room.slug: room for room in venue.rooms}
    used = used_cards(venue)
    known = {card.valid_from: card for card in cards_of(venue)}
    for described in house.rate_cards:
        card = known.pop(described.valid_from, None)
        if card is None:
            db.session.add(card_row(venue, described, rooms))
        elif card.id in used:
            _keep(card, described, house, venue, {room.slug for room in going})
            _keep_extras(card, described, house, venue, revived)
        elif _as_described(card, house, rooms) != described:
            _drop(card)
            db.session.add(card_row(venue, described, rooms))
    for card in known.values():
        if card.id in used:
            raise CardInUse(valid_from=card.valid_from)
        _drop(card)
    db.session.flush()


def _as_described(card: RateCard, house: House, rooms: Rooms) -> HouseCard:
    slugs = {room.id: room.slug for room in rooms.values()}
    places = {slug: room.position for slug, room in rooms.items()}
    lent = {extra.slug for extra in house.extras}
    return card_in_order(card_of(card, slugs, lent), places)


def _keep(
    card: RateCard, described: HouseCard, house: House, venue: Venue, going: set[str]
) -> None:
    """Keep a used card as it is, but for the rates of rooms and extras that come or go."""
    rooms = {room.slug: room for room in venue.rooms}
    stored = _as_described(card, house, rooms)
    priced = {rate.room for rate in stored.rates}
    old = tuple(rate for rate in described.rates if rate.room in priced)
    left = tuple(rate for rate in stored.rates if rate.room not in going)
    asks = tuple(each for each in stored.surcharges if each.room not in going)
    beside = replace(stored, rates=(), extras=(), surcharges=asks)
    if beside != replace(described, rates=(), extras=()) or set(old) != set(left):
        raise CardInUse(valid_from=card.valid_from)
    gone = {rooms[slug].id for slug in going}
    card.rates = [rate for rate in card.rates if rate.room_id not in gone]
    card.surcharges = [each for each in card.surcharges if each.room_id not in gone]
    card.rates.extend(_rate_row(rate, rooms) for rate in described.rates if rate.room not in priced)


def _keep_extras(
    card: RateCard, described: HouseCard, house: House, venue: Venue, revived: Collection[str]
) -> None:
    """An extra that nobody asked for yet may get a price; what an extra cost that went is kept."""
    slugs = {room.id: room.slug for room in venue.rooms}
    stored = set(card_of(card, slugs, {extra.slug for extra in house.extras}).extras)
    known = {each.extra for each in stored}
    new = [each for each in described.extras if each.extra not in known]
    lost = {each.extra for each in stored - set(described.extras)}
    is_asked = bool(new) and not booked_extras(venue).isdisjoint(each.extra for each in new)
    if not lost <= set(revived) or is_asked:
        raise CardInUse(valid_from=card.valid_from)
    card.extra_rates.extend(extra_rate_rows(venue, new))


def _drop(card: RateCard) -> None:
    decision = card.decision
    db.session.delete(card)
    db.session.flush()
    db.session.delete(decision)


def card_row(venue: Venue, card: HouseCard, rooms: Rooms) -> RateCard:
    """A card as it is stored, with all that belongs to it; nothing keeps it yet."""
    return RateCard(
        venue_id=venue.id,
        valid_from=card.valid_from,
        decision=decision_row(venue, card.decision),
        free_gap_between_parts=card.free_gap_between_parts,
        party_multiplier_bp=card.party_multiplier_bp,
        party_cleaning_cents=card.party_cleaning_cents,
        **charge_rows(venue, card, rooms),
        rates=[_rate_row(rate, rooms) for rate in card.rates],
        standings=[_standing_row(standing) for standing in card.standings],
        policies=[policy_row(policy) for policy in card.policies],
    )


def _standing_row(standing: HouseStanding) -> Standing:
    return Standing(**{**asdict(standing), "asks": list(map(str, standing.asks))})


def _rate_row(rate: HouseRate, rooms: Rooms) -> Rate:
    return Rate(
        room_id=rooms[rate.room].id,
        unit=rate.unit,
        name=rate.name,
        starts_minute=rate.starts,
        ends_minute=rate.ends,
        cents=rate.cents,
        rounding_minutes=rate.rounding_minutes,
        vat_bp=rate.vat_bp,
        grace_minutes=rate.grace_minutes,
        block_minutes=rate.block_minutes,
        kind=rate.kind,
    )
