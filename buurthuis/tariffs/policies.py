"""What a rate card says about cancelling and not coming, for one standing; these questions never commit.

A card with which bookings were priced is never edited. So a booking that keeps its card and its
standing keeps its policy: what was seen is what is paid.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from buurthuis.foundation.db import db
from buurthuis.rules.cancellation import Policy
from buurthuis.rules.standing import StandingCode
from buurthuis.tariffs import policy_models
from buurthuis.tariffs.known import cards_known
from buurthuis.tariffs.models import RateCard

CardAndStanding = tuple[int | None, StandingCode | None]
"""The id of a rate card and the standing that counted; both as they are frozen on a booking."""


def policies_for(asked: Collection[CardAndStanding]) -> Mapping[CardAndStanding, Policy | None]:
    """The policy of each: that of its standing, else that of everybody; None where nothing is due.

    The number of statements does not grow with the cards.
    """
    known = _by_card({card for card, _ in asked if card is not None})
    return {
        (card, standing): known.get((card, standing)) or known.get((card, None))
        for card, standing in asked
    }


def policy_for(card_id: int | None, standing: StandingCode | None) -> Policy | None:
    """The same for one."""
    return policies_for([(card_id, standing)])[card_id, standing]


def policy_on(card: RateCard | None, standing: StandingCode | None) -> Policy | None:
    """The same for a card that is at hand; asks the database nothing."""
    known = {each.kind: each for each in card.policies} if card is not None else {}
    found = known.get(standing) or known.get(None)
    return None if found is None else found.as_rule


def _by_card(card_ids: Collection[int]) -> dict[CardAndStanding, Policy]:
    if not card_ids:
        return {}
    known = cards_known()
    if known is None:
        rows = select(policy_models.Policy).where(policy_models.Policy.card_id.in_(card_ids))
        return {(each.card_id, each.kind): each.as_rule for each in db.session.scalars(rows)}
    cards = (card for of_house in known.values() for card in of_house if card.id in card_ids)
    return {(card.id, each.kind): each.as_rule for card in cards for each in card.policies}
