"""The form of the kinds of groups: what a house calls them, what they pay, and what it asks of them.

A kind that is taken away takes its own prices, reductions and rules of cancelling with it. Whoever
was recognised as that kind pays the normal price from that day on.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field

from buurthuis.foundation.forms import LineField
from buurthuis.foundation.typed import HundredthsField, TicksField
from buurthuis.imports.card_reader import MOST_STANDINGS
from buurthuis.imports.house import House, HouseCard, HouseStanding
from buurthuis.pages.house.card_forms import CardForm, card_on, first_day
from buurthuis.pages.house.charge_forms import ListField
from buurthuis.pages.house.fields import MOST_PER_CENT
from buurthuis.pages.standing_words import CLAIMS
from buurthuis.rules.criteria import Criterion
from buurthuis.rules.money import WHOLE
from buurthuis.rules.standing import StandingCode, code_for
from buurthuis.tariffs.standing_words import KIND_WORDS, standing_names

LONGEST_LABEL = 80
NEW = "_new"  # No code of a kind begins like this.
OWN = ""


class GroupsForm(CardForm):
    """The kinds of groups from a day on; one without a name does not count."""

    codes: tuple[StandingCode, ...] = ()
    """The kinds that the card has now."""
    can_add: bool = False

    @classmethod
    def of(cls, house: House, *, today: date = date.min, **more: Any) -> Self:
        """What holds now, and room for one more."""
        card = card_on(house, today)
        codes = tuple(each.kind for each in card.standings)
        can_add = len(codes) < MOST_STANDINGS
        names = [*codes, NEW] if can_add else [*codes]
        fields: dict[str, Any] = {
            name: field for code in names for name, field in _fields(code, card).items()
        }
        others = {code: words for code, words in KIND_WORDS.items() if code not in codes}
        fields["kind_new"] = ListField(
            _l("What is it?"), words={OWN: _l("Something of our own"), **others}
        )
        stands: dict[str, Any] = {"valid_from": first_day(card, today), "kind_new": OWN}
        for each in card.standings:
            stands |= {
                f"name_{each.kind}": each.label,
                f"pays_{each.kind}": each.percentage_bp,
                f"asks_{each.kind}": list(map(str, each.asks)),
            }
        own: type[Self] = type(cls.__name__, (cls,), fields)
        form = own(**stands, **more)
        form.codes, form.can_add = codes, can_add
        for code in names:
            form[f"asks_{code}"].offer((str(each), words) for each, words in CLAIMS.items())
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself; a name stands for one kind alone, and says what it pays."""
        is_right = bool(super().validate(extra_validators))
        names: set[str] = set()
        for name, pays, _asks in self.rows:
            if not name.data:
                continue
            if name.data.casefold() in names:
                self.wrong(name, _("This name is here twice. Choose another one."))
            names.add(name.data.casefold())
            if pays.data is None and not pays.errors:
                self.wrong(pays, _("Write what part of the price they pay. 100 is all of it."))
        return is_right and not self.errors

    def card_from(self, before: HouseCard) -> HouseCard:
        """The card with these kinds, without what belonged to those that went."""
        standings = tuple(self._standings(before))
        kept = {None, *(each.kind for each in standings)}
        return replace(
            before,
            standings=standings,
            rates=tuple(each for each in before.rates if each.kind in kept),
            reductions=tuple(each for each in before.reductions if each.kind in kept),
            policies=tuple(each for each in before.policies if each.kind in kept),
        )

    @property
    def rows(self) -> list[list[Field]]:
        """The name, the part and the questions of each kind; the last row is for a new one."""
        names = [*self.codes, NEW] if self.can_add else self.codes
        return [[self[f"{what}_{code}"] for what in ("name", "pays", "asks")] for code in names]

    def _standings(self, before: HouseCard) -> Iterator[HouseStanding]:
        known = {each.kind: each for each in before.standings}
        yield from (each for code, each in known.items() if code not in self.codes)
        for code in self.codes:
            stands = known.get(code, HouseStanding(code, "", WHOLE))
            if self[f"name_{code}"].data:
                yield self._written(stands, code)
        new = self._new({*known, *self.codes})
        if new is not None:
            yield self._written(new, NEW)

    def _new(self, taken: set[str]) -> HouseStanding | None:
        label, kind = self[f"name_{NEW}"].data if self.can_add else "", self["kind_new"].data
        if not label:
            return None
        return HouseStanding(kind or code_for(label, taken), label, WHOLE)

    def _written(self, standing: HouseStanding, name: str) -> HouseStanding:
        asked = set(self[f"asks_{name}"].data or ())
        return replace(
            standing,
            label=self[f"name_{name}"].data,
            percentage_bp=self[f"pays_{name}"].data,
            asks=tuple(each for each in Criterion if each in asked),
        )


def _fields(code: StandingCode, card: HouseCard) -> dict[str, Any]:
    """The fields of one kind."""
    words = standing_names(card.standings).get(code)
    return {
        f"name_{code}": LineField(
            _l("How do you call them?"), longest=LONGEST_LABEL, description=words or ""
        ),
        f"pays_{code}": HundredthsField(
            _l("What part of it do they pay?"), most=MOST_PER_CENT * 100
        ),
        f"asks_{code}": TicksField(_l("What must they meet?")),
    }
