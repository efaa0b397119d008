"""What the demo's bookings cost: asked of the real tariffs, once for all that must cost the same."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from buurthuis.bookings import pricing
from buurthuis.bookings.models import Booking
from buurthuis.demo.neighbours import Neighbour
from buurthuis.rules.calendar import clock_minutes, day_of, minute_of
from buurthuis.rules.cancellation import Policy
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose, recognised
from buurthuis.rules.tariffs import NoRate
from buurthuis.tariffs.models import RateCard
from buurthuis.tariffs.policies import policy_on
from buurthuis.tariffs.queries import Priced, cards_of, priced_by
from buurthuis.venues.models import Room

Frozen = dict[str, Any]
"""The columns of a booking that hold its price."""


class Price(NamedTuple):
    """What the tariffs say, the same as it is kept on a booking, and what cancelling it costs."""

    priced: Priced
    frozen: Frozen
    policy: Policy | None


class Prices:
    """Prices by all that the tariffs look at: the room, its card, the clock, the standing, a party."""

    def __init__(self, rooms: Sequence[Room]) -> None:
        venues = {room.venue_id: room.venue for room in rooms}
        self._cards = {venue_id: cards_of(venue) for venue_id, venue in venues.items()}
        self._known: dict[tuple[object, ...], Price | None] = {}

    def of(self, room: Room, period: Period, who: Neighbour, purpose: Purpose) -> Price | None:
        """The price of a room at a time, or None when the house sells nothing that covers it."""
        day = day_of(period.start)
        card = self._card_on(room.venue_id, day)
        standing = recognised(who.recognised, venue=room.venue_id, on=day)
        key = (
            room.id,
            None if card is None else card.id,
            minute_of(period.start),
            clock_minutes(period),
            who.initiative.kind,
            standing,
            purpose is Purpose.PARTY,
        )
        if key not in self._known:
            try:
                priced = priced_by(
                    card,
                    room,
                    period,
                    initiative=who.initiative,
                    standing=standing,
                    purpose=purpose,
                )
            except NoRate:
                self._known[key] = None
            else:
                policy = policy_on(card, priced.standing)
                self._known[key] = Price(priced, _frozen(priced), policy)
        return self._known[key]

    def _card_on(self, venue_id: int, day: date) -> RateCard | None:
        holding = [card for card in self._cards[venue_id] if card.valid_from <= day]
        return holding[-1] if holding else None


def _frozen(priced: Priced) -> Frozen:
    """The price as a real booking keeps it."""
    booking = Booking()
    pricing.freeze(booking, priced)
    return {name: value for name, value in vars(booking).items() if not name.startswith("_")}
