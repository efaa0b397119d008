"""The form of what goes off: for groups that begin, and for groups that come often."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field

from buurthuis.foundation.typed import HundredthsField, WholeField
from buurthuis.imports.charge_values import HouseReduction
from buurthuis.imports.charges import MOST_BOOKINGS, MOST_MONTHS, MOST_REDUCTIONS
from buurthuis.imports.house import House, HouseCard
from buurthuis.pages.house.card_forms import CardForm, card_on, first_day
from buurthuis.pages.house.charge_forms import ListField
from buurthuis.rules.reductions import Reason, Span

EVERYBODY = ""
SPANS = {Span.MONTH: _l("a month"), Span.QUARTER: _l("a quarter"), Span.YEAR: _l("a year")}
NAMES = ("off", "least", "kind")


class ReductionsForm(CardForm):
    """Who pays less for beginning or for coming often; an empty row does not count."""

    per = ListField(_l("We count the bookings of"), words=SPANS)

    many: dict[Reason, int]

    @classmethod
    def of(cls, house: House, *, today: date = date.min, **more: Any) -> Self:
        """What holds now, and room for one more of each."""
        card = card_on(house, today)
        kinds = {EVERYBODY: _("All groups")} | {each.kind: each.label for each in card.standings}
        fields: dict[str, Any] = {}
        stands: dict[str, Any] = {"per": Span.YEAR, "valid_from": first_day(card, today)}
        many: dict[Reason, int] = {}
        for reason in Reason:
            known = [each for each in card.reductions if each.reason is reason]
            most = max(MOST_REDUCTIONS // len(Reason), len(known))
            many[reason] = min(len(known) + 1, most)
            for number in range(many[reason]):
                off, least, kind = _names(reason, number)
                fields[off] = HundredthsField(_l("How much less?"), most=10_000)
                fields[least] = _least(reason)
                fields[kind] = ListField(_l("For whom?"), words=kinds)
                stands[kind] = EVERYBODY
            for number, each in enumerate(known):
                values = (each.off_bp, each.months or each.from_nth, each.kind or EVERYBODY)
                stands |= dict(zip(_names(reason, number), values, strict=True))
                stands["per"] = each.per or stands["per"]
        own: type[Self] = type(cls.__name__, (cls,), fields)
        form = own(**stands, **more)
        form.many = many
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself, and that both numbers of a row are there."""
        is_right = bool(super().validate(extra_validators))
        for off, least, _kind in [*self.starting, *self.frequent]:
            for given, lacking in ((off, least), (least, off)):
                if given.data and not lacking.data and not lacking.errors:
                    self.wrong(lacking, _("Write both, or leave both empty."))
        return is_right and not self.errors

    def card_from(self, before: HouseCard) -> HouseCard:
        """The card with these reductions."""
        return replace(before, reductions=tuple(dict.fromkeys(self._reductions())))

    @property
    def starting(self) -> list[list[Field]]:
        """The rows for groups that begin: how much less, for how many months, for whom."""
        return self._rows(Reason.STARTING)

    @property
    def frequent(self) -> list[list[Field]]:
        """The rows for groups that come often: how much less, from which booking, for whom."""
        return self._rows(Reason.FREQUENT)

    def _rows(self, reason: Reason) -> list[list[Field]]:
        return [
            [self[name] for name in _names(reason, number)] for number in range(self.many[reason])
        ]

    def _reductions(self) -> Iterator[HouseReduction]:
        for off, least, kind in self.starting:
            if off.data:
                yield HouseReduction(Reason.STARTING, off.data, kind.data or None, least.data)
        for off, least, kind in self.frequent:
            if off.data:
                counted: dict[str, Any] = {"from_nth": least.data, "per": Span(self.per.data)}
                yield HouseReduction(Reason.FREQUENT, off.data, kind.data or None, **counted)


def _names(reason: Reason, number: int) -> tuple[str, str, str]:
    off, least, kind = (f"{reason}_{name}_{number}" for name in NAMES)
    return off, least, kind


def _least(reason: Reason) -> WholeField:
    if reason is Reason.STARTING:
        return WholeField(_l("For how many months?"), least=1, most=MOST_MONTHS)
    return WholeField(_l("From which booking on?"), least=2, most=MOST_BOOKINGS)
