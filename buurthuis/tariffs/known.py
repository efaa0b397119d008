"""The rate cards of all houses as this process knows them; for pages that read."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from buurthuis.foundation.keeping import kept
from buurthuis.tariffs.models import RateCard

NewestFirst = dict[int, list[RateCard]]
"""The rate cards of each house, by its id."""


@kept
def cards_known(session: Session) -> NewestFirst:
    """All cards; None for whoever must ask the rows themselves."""
    return newest_first(session.scalars(select(RateCard)))


def newest_first(cards: Iterable[RateCard]) -> NewestFirst:
    """Cards by house, in the order in which one looks for the card of a day."""
    found: NewestFirst = {}
    for card in sorted(cards, key=lambda card: card.valid_from, reverse=True):
        found.setdefault(card.venue_id, []).append(card)
    return found


def card_of(cards: NewestFirst, venue_id: int, day: date) -> RateCard | None:
    """The card that holds in a house on a day."""
    return next((card for card in cards.get(venue_id, ()) if card.valid_from <= day), None)


def cards_known_on(venue_ids: Iterable[int], day: date) -> dict[int, RateCard] | None:
    """The rate card that holds on a day, by house; None for whoever must ask the rows themselves."""
    known = cards_known()
    if known is None:
        return None
    holding = {venue_id: card_of(known, venue_id, day) for venue_id in venue_ids}
    return {venue_id: card for venue_id, card in holding.items() if card is not None}


def card_known(card_id: int) -> RateCard | None:
    """One card by its id, where this process keeps them."""
    kept_cards = cards_known() or {}
    every = (card for cards in kept_cards.values() for card in cards)
    return next((card for card in every if card.id == card_id), None)
