"""The form of a simple rate card: a price an hour for each room, and what part of it each group pays.

Rooms with prices of another kind keep those.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, Self

from wtforms import Field

from buurthuis.foundation.typed import HundredthsField
from buurthuis.imports.house import (
    House,
    HouseCard,
    HouseRate,
    HouseRoom,
    HouseStanding,
)
from buurthuis.pages.house.card_forms import CardForm, card_on, first_day
from buurthuis.pages.house.fields import DEAREST_CENTS, MOST_PER_CENT
from buurthuis.rules.money import WHOLE
from buurthuis.rules.standing import StandingCode
from buurthuis.tariffs.standing_words import standing_names

HOUR = "hour"


class RatesForm(CardForm):
    """What the rooms cost from a day on."""

    priced: tuple[HouseRoom, ...] = ()
    other: tuple[HouseRoom, ...] = ()
    """Rooms with more than a price an hour: theirs are kept as they are."""
    standings: Mapping[StandingCode, str] = MappingProxyType({})
    """The kinds of groups that are asked, by their code."""

    @classmethod
    def of(cls, house: House, *, today: date = date.min, **more: Any) -> Self:
        """The prices that hold now, to begin a new card with."""
        card = card_on(house, today)
        rooms = [room for room in house.rooms if room.retired_at is None]
        priced = tuple(room for room in rooms if _is_simple(rates_of(card, room.slug)))
        fields = {price_name(room.slug): _price(room.name) for room in priced}
        standings = standing_names(card.standings)
        fields |= {pays_name(code): _pays(words) for code, words in standings.items()}
        own: type[Self] = type(cls.__name__, (cls,), fields)
        form = own(**_stands(card, priced, today), **more)
        form.standings = standings
        form.priced, form.other = priced, tuple(room for room in rooms if room not in priced)
        return form

    def card_from(self, before: HouseCard) -> HouseCard:
        """The card with these prices and shares."""
        return replace(
            before,
            rates=tuple(self._rates(before)),
            standings=tuple(self._standings(before)),
        )

    def _rates(self, before: HouseCard) -> Iterable[HouseRate]:
        asked = {room.slug for room in self.priced}
        yield from (rate for rate in before.rates if rate.room not in asked)
        for room in self.priced:
            cents = self[price_name(room.slug)].data
            known = next(iter(rates_of(before, room.slug)), HouseRate(room.slug, HOUR, 0))
            if cents:
                yield replace(known, cents=cents)

    def _standings(self, before: HouseCard) -> Iterable[HouseStanding]:
        known = {standing.kind: standing for standing in before.standings}
        yield from (each for each in before.standings if each.kind not in self.standings)
        for code, words in self.standings.items():
            pays = self[pays_name(code)].data
            stands = known.get(code)
            if pays is not None and (stands is not None or pays != WHOLE):
                new = stands or HouseStanding(code, words, pays)
                yield replace(new, percentage_bp=pays)

    @property
    def price_fields(self) -> list[Field]:
        """The field of each room."""
        return [self[price_name(room.slug)] for room in self.priced]

    @property
    def pays_fields(self) -> list[Field]:
        """The field of each kind of group."""
        return [self[pays_name(code)] for code in self.standings]


def rates_of(card: HouseCard, room: str) -> list[HouseRate]:
    """The rates of one room."""
    return [rate for rate in card.rates if rate.room == room]


def price_name(room: str) -> str:
    """The name of the field with the price of a room."""
    return f"price_{room}"


def pays_name(code: StandingCode) -> str:
    """The name of the field with what a kind of group pays."""
    return f"pays_{code}"


def _is_simple(rates: list[HouseRate]) -> bool:
    """A price an hour and nothing else, or none at all."""
    return [rate.unit for rate in rates] in ([], [HOUR])


def _price(name: str) -> HundredthsField:
    return HundredthsField(name, most=DEAREST_CENTS)


def _pays(words: Any) -> HundredthsField:
    return HundredthsField(words, most=MOST_PER_CENT * 100)


def _stands(card: HouseCard, priced: Iterable[HouseRoom], today: date) -> dict[str, Any]:
    """What the form begins with."""
    prices = {
        price_name(room.slug): rate.cents for room in priced for rate in rates_of(card, room.slug)
    }
    pays = {pays_name(standing.kind): standing.percentage_bp for standing in card.standings}
    return {**prices, **pays, "valid_from": first_day(card, today)}
