"""The rate cards of all houses as this process knows them; for pages that read."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from buurthuis.foundation.keeping import kept
from buurthuis.tariffs.models import RateCard

NewestFirst = dict[int, list[RateCard]]


@kept
def _cards(session: Session) -> NewestFirst:
    found: NewestFirst = {}
    for card in session.scalars(select(RateCard).order_by(RateCard.valid_from.desc())):
        found.setdefault(card.venue_id, []).append(card)
    return found


def cards_known_on(venue_ids: Iterable[int], day: date) -> dict[int, RateCard] | None:
    """The rate card that holds on a day, by house; None for whoever must ask the rows themselves."""
    known = _cards()
    if known is None:
        return None
    holding = {
        venue_id: next((card for card in known.get(venue_id, ()) if card.valid_from <= day), None)
        for venue_id in venue_ids
    }
    return {venue_id: card for venue_id, card in holding.items() if card is not None}
