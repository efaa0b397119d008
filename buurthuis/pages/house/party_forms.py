"""The form of what holds for the whole card: joined parts of the day, and parties."""

from dataclasses import replace
from datetime import date
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from buurthuis.foundation.typed import HundredthsField, TicksField
from buurthuis.imports.house import House, HouseCard
from buurthuis.pages.house.card_forms import CardForm, card_on, first_day
from buurthuis.pages.house.fields import DEAREST_CENTS, MOST_PER_CENT
from buurthuis.rules.money import WHOLE


class PartyForm(CardForm):
    """What a party pays, and whether the time between two parts of the day is free."""

    free_gap = BooleanField(_l("The time between two parts of the day is free for who books both"))
    share = HundredthsField(_l("A party pays of the price"), most=MOST_PER_CENT * 100)
    cleaning = HundredthsField(_l("Cleaning after a party"), most=DEAREST_CENTS)
    spared = TicksField(_l("For whom does a party cost nothing more?"))

    @classmethod
    def of(cls, house: House, *, today: date = date.min, **more: Any) -> Self:
        """What holds now, to begin a new card with."""
        card = card_on(house, today)
        form = cls(
            valid_from=first_day(card, today),
            free_gap=card.free_gap_between_parts,
            share=card.party_multiplier_bp,
            cleaning=card.party_cleaning_cents,
            spared=[each.kind for each in card.standings if not each.has_party_surcharge],
            **more,
        )
        form.spared.offer((each.kind, each.label) for each in card.standings)
        return form

    def card_from(self, before: HouseCard) -> HouseCard:
        """The card with these rules."""
        spared = set(self.spared.data or ())
        return replace(
            before,
            free_gap_between_parts=self.free_gap.data,
            party_multiplier_bp=WHOLE if self.share.data is None else self.share.data,
            party_cleaning_cents=self.cleaning.data or 0,
            standings=tuple(
                replace(each, has_party_surcharge=each.kind not in spared)
                for each in before.standings
            ),
        )
