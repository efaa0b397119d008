"""What the demo's bookings cost: asked of the real tariffs, once for all that must cost the same."""

from datetime import date
from typing import Any, NamedTuple

from buurthuis.bookings import pricing
from buurthuis.bookings.models import Booking
from buurthuis.demo.neighbours import Neighbour
from buurthuis.rules.calendar import clock_minutes, day_of, minute_of
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose, recognised
from buurthuis.tariffs.queries import Priced, cards_of, price_many
from buurthuis.venues.models import Room

Frozen = dict[str, Any]
"""The columns of a booking that hold its price."""


class Price(NamedTuple):
    """What the tariffs say, and the same as it is kept on a booking."""

    priced: Priced
    frozen: Frozen


class Prices:
    """Prices by all that the tariffs look at: the room, its card, the clock, the standing, a party."""

    def __init__(self, rooms: list[Room]) -> None:
        self._rooms: dict[int, list[Room]] = {}
        for room in rooms:
            self._rooms.setdefault(room.venue_id, []).append(room)
        self._cards = {
            own[0].venue_id: [(card.valid_from, card.id) for card in cards_of(own[0].venue)]
            for own in self._rooms.values()
        }
        self._known: dict[tuple[object, ...], dict[int, Price]] = {}

    def of(self, room: Room, period: Period, who: Neighbour, purpose: Purpose) -> Price | None:
        """The price of a room at a time, or None when the house sells nothing that covers it."""
        day, venue_id = day_of(period.start), room.venue_id
        key = (
            venue_id,
            self._card_on(venue_id, day),
            (minute_of(period.start), clock_minutes(period)),
            (who.initiative.kind, recognised(who.recognised, venue=venue_id, on=day)),
            purpose is Purpose.PARTY,
        )
        if key not in self._known:
            self._known[key] = self._asked(venue_id, period, who, purpose)
        return self._known[key].get(room.id)

    def _card_on(self, venue_id: int, day: date) -> int | None:
        holding = [card for valid_from, card in self._cards[venue_id] if valid_from <= day]
        return holding[-1] if holding else None

    def _asked(
        self, venue_id: int, period: Period, who: Neighbour, purpose: Purpose
    ) -> dict[int, Price]:
        """Every room of the house at once, frozen as on a real booking."""
        priced = price_many(
            self._rooms[venue_id], period, initiative=who.initiative, purpose=purpose
        )
        found: dict[int, Price] = {}
        for room_id, each in priced.items():
            booking = Booking()
            pricing.freeze(booking, each)
            columns = {n: value for n, value in vars(booking).items() if not n.startswith("_")}
            found[room_id] = Price(each, columns)
        return found
