"""A rate card that nobody decided yet, to price with and never to be kept."""

from dataclasses import replace

from buurthuis.imports.house import HouseCard
from buurthuis.imports.storing_cards import card_row
from buurthuis.tariffs.models import RateCard
from buurthuis.venues.models import Venue


def draft_card(venue: Venue, card: HouseCard, extras: set[str]) -> RateCard:
    """The card as a row that belongs to no session.

    Prices of rooms that the house lacks, and of extras other than these, are left out.
    """
    rooms = {room.slug: room for room in venue.rooms}
    known = replace(
        card,
        rates=tuple(each for each in card.rates if each.room in rooms),
        surcharges=tuple(each for each in card.surcharges if each.room in (None, *rooms)),
        extras=tuple(each for each in card.extras if each.extra in extras),
    )
    drafted = card_row(venue, known, rooms)
    for rate in drafted.extra_rates:
        # A row that was never stored is not told the name of its extra.
        rate.name = str(rate.extra_id)
    return drafted
