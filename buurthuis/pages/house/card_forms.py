"""What every form of prices shares: a change is a new card from a day on.

A card with which bookings were priced is never edited. The new card takes over from the card
before it what its form does not ask.
"""

from dataclasses import replace
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from buurthuis.foundation.typed import OnDayField
from buurthuis.imports.house import House, HouseCard, HouseDecision
from buurthuis.imports.models import Part
from buurthuis.pages.house.forms import DecidedForm


class CardForm(DecidedForm):
    """Something about the prices of a house from a day on."""

    part = Part.RATES

    valid_from = OnDayField(_l("From which day?"), missing=_l("Choose the first day."))

    def edited(self, house: House) -> House:
        """The house with a card from that day on."""
        day = self.valid_from.data
        fresh = replace(card_on(house, day), valid_from=day, decision=self.decision)
        others = [each for each in house.rate_cards if each.valid_from != day]
        return replace(house, rate_cards=(*others, self.card_from(fresh)))

    def card_from(self, before: HouseCard) -> HouseCard:
        """The new card, made from the one before, which has the day and the decision already."""
        raise NotImplementedError


def card_on(house: House, day: date) -> HouseCard:
    """The card that holds on a day; an empty one when none has begun."""
    begun = [card for card in house.rate_cards if card.valid_from <= day]
    return begun[-1] if begun else HouseCard(day, HouseDecision(day, ""))


def first_day(card: HouseCard, today: date) -> date:
    """From when on a form proposes a change: the day after today, or today for a first card."""
    return today + timedelta(days=1) if card.rates else today
