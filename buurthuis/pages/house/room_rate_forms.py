"""The form of all prices of one room, for everybody or for one kind of group.

As with the simple prices, what is booked keeps its card: a change is a card from a day on. The
other rooms and kinds of groups take over what they have.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field

from buurthuis.foundation.formatting import clock
from buurthuis.foundation.typed import HundredthsField, TicksField, WholeField
from buurthuis.imports.card_reader import LONGEST_BLOCK, LONGEST_GRACE, SHORTEST_BLOCK
from buurthuis.imports.house import (
    House,
    HouseCard,
    HouseDayPart,
    HouseRate,
    HouseRoom,
    HouseStanding,
)
from buurthuis.pages.house.card_forms import CardForm, card_on, first_day
from buurthuis.pages.house.fields import DEAREST_CENTS
from buurthuis.rules.money import WHOLE
from buurthuis.rules.standing import StandingCode
from buurthuis.tariffs.models import BY_THE_HOUR
from buurthuis.tariffs.standing_words import standing_name


def _euros(label: Any) -> HundredthsField:
    return HundredthsField(label, most=DEAREST_CENTS)


class RoomRatesForm(CardForm):
    """What one room costs from a day on."""

    hour = _euros(_l("An hour"))
    metre_hour = _euros(_l("An hour for each m²"))
    rounding = WholeField(_l("Count hours in pieces of"), least=1, most=60)
    grace = WholeField(_l("Of each piece but the first is free"), least=0, most=59)
    block_minutes = WholeField(_l("A block is"), least=SHORTEST_BLOCK, most=LONGEST_BLOCK)
    block = _euros(_l("A block costs"))
    block_grace = WholeField(_l("After a block is free"), least=0, most=LONGEST_GRACE)
    hour_on_top = _euros(_l("An extra hour with a part of the day or a block"))
    booking = _euros(_l("A booking of any length"))
    least = _euros(_l("A booking costs at least"))
    vat = HundredthsField(_l("VAT on top"), most=10_000)
    also = TicksField(_l("The same for these rooms"))

    room: HouseRoom
    kind: StandingCode | None = None
    parts: tuple[HouseDayPart, ...] = ()

    @classmethod
    def of(
        cls,
        house: House,
        *,
        room: str = "",
        kind: StandingCode | None = None,
        today: date = date.min,
        **more: Any,
    ) -> Self:
        """The prices that hold now, to begin a new card with."""
        card = card_on(house, today)
        fields = {_part_name(part): _euros(_part_label(part)) for part in house.day_parts}
        own: type[Self] = type(cls.__name__, (cls,), fields)
        form = own(**_stands(card, room, kind, today), **more)
        form.room = next(each for each in house.rooms if each.slug == room)
        form.kind, form.parts = kind, house.day_parts
        others = [each for each in house.rooms if each.slug != room and each.retired_at is None]
        form.also.offer((each.slug, each.name) for each in others)
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, and that what belongs together is there together."""
        is_right = bool(super().validate(extra_validators))
        pairs = ((self.block, self.block_minutes), (self.block_minutes, self.block))
        for given, lacking in pairs:
            if given.data is not None and lacking.data is None and not lacking.errors:
                self.wrong(lacking, _("Say both: how long a block is, and what it costs."))
                is_right = False
        if self.metre_hour.data is not None and self.room.area_m2 is None:
            self.wrong(
                self.metre_hour, _("First say how large the room is, on the page of the room.")
            )
            is_right = False
        return is_right

    def card_from(self, before: HouseCard) -> HouseCard:
        """The card with these prices of the room, and of those that cost the same."""
        rooms = {self.room.slug, *(self.also.data or ())}
        kept = [rate for rate in before.rates if rate.room not in rooms or rate.kind != self.kind]
        vat = self.vat.data
        taxed = [replace(rate, vat_bp=vat) if rate.room in rooms else rate for rate in kept]
        new = [rate for room in sorted(rooms) for rate in self._rates(before, room)]
        return replace(before, rates=(*taxed, *new), standings=tuple(self._standings(before)))

    def _standings(self, before: HouseCard) -> Iterator[HouseStanding]:
        """A kind of group with prices of its own is named on the card."""
        yield from before.standings
        if self.kind is not None and all(each.kind != self.kind for each in before.standings):
            yield HouseStanding(self.kind, standing_name(self.kind), WHOLE)

    def _rates(self, before: HouseCard, room: str) -> Iterator[HouseRate]:
        """The rates that were typed, and the parts of the day that the form does not ask."""
        asked = {(part.starts, part.ends) for part in self.parts}
        for rate in _own(before, room, self.kind):
            if rate.unit == "part" and (rate.starts, rate.ends) not in asked:
                yield replace(rate, vat_bp=self.vat.data)
        common: dict[str, Any] = {"vat_bp": self.vat.data, "kind": self.kind}
        for part in self.parts:
            cents = self[_part_name(part)].data
            if cents is not None:
                yield HouseRate(room, "part", cents, part.name, part.starts, part.ends, **common)
        counted: dict[str, Any] = {
            "rounding_minutes": self.rounding.data or 15,
            "grace_minutes": self.grace.data or 0,
        }
        for unit in ("hour", "metre_hour", "hour_on_top", "booking", "least"):
            if self[unit].data is not None:
                more: dict[str, Any] = counted if unit in BY_THE_HOUR else {}
                yield HouseRate(room, unit, self[unit].data, **common, **more)
        if self.block.data is not None:
            long: dict[str, Any] = {
                "block_minutes": self.block_minutes.data,
                "grace_minutes": self.block_grace.data or 0,
            }
            yield HouseRate(room, "block", self.block.data, **common, **long)

    @property
    def part_fields(self) -> list[Field]:
        """The field of each part of the day."""
        return [self[_part_name(part)] for part in self.parts]


def _own(card: HouseCard, room: str, kind: StandingCode | None) -> list[HouseRate]:
    return [rate for rate in card.rates if (rate.room, rate.kind) == (room, kind)]


def _part_name(part: HouseDayPart) -> str:
    return f"part_{part.starts}_{part.ends}"


def _part_label(part: HouseDayPart) -> str:
    return f"{part.name} {clock(part.starts)}–{clock(part.ends)}"


def _stands(card: HouseCard, room: str, kind: StandingCode | None, today: date) -> dict[str, Any]:
    """What the form begins with."""
    own = _own(card, room, kind)
    found: dict[str, Any] = {"valid_from": first_day(card, today)}
    found["vat"] = next((rate.vat_bp for rate in card.rates if rate.room == room), None)
    for rate in own:
        if rate.unit == "part":
            found[f"part_{rate.starts}_{rate.ends}"] = rate.cents
        elif rate.unit == "block":
            found |= {"block": rate.cents, "block_minutes": rate.block_minutes}
            found["block_grace"] = rate.grace_minutes or None
        else:
            found[rate.unit] = rate.cents
            if rate.unit in BY_THE_HOUR:
                found |= {"rounding": rate.rounding_minutes, "grace": rate.grace_minutes or None}
    return found
