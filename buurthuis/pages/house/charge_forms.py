"""The forms of what comes on top of a room: prices of extras, and surcharges for a time or a service."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from buurthuis.foundation.formatting import weekdays
from buurthuis.foundation.forms import NOT_ON_THE_LIST, LineField
from buurthuis.foundation.typed import AtField, HundredthsField, TicksField, ends_after
from buurthuis.imports.charge_values import WHOLE_DAY, HouseExtraRate, HouseSurcharge
from buurthuis.imports.charges import LONGEST_NAME, MOST_MORE_PER_CENT, MOST_SURCHARGES
from buurthuis.imports.house import House, HouseCard, HouseExtra
from buurthuis.pages.house.card_forms import CardForm, card_on, first_day
from buurthuis.pages.house.fields import DEAREST_CENTS
from buurthuis.rules.calendar import MINUTES_A_DAY
from buurthuis.rules.charges import Measure
from buurthuis.rules.opening import LATEST_CLOSING

MEASURES_OF_EXTRAS: Mapping[Measure, Any] = {
    Measure.PIECE: _l("for each piece"),
    Measure.PERSON: _l("for each person"),
    Measure.HOUR: _l("for each hour"),
    Measure.BOOKING: _l("for a booking"),
}
MEASURES_OF_SURCHARGES: Mapping[Measure, Any] = {
    Measure.SHARE: _l("per cent of the price"),
    Measure.HOUR: _l("€ for each hour"),
    Measure.BOOKING: _l("€ for a booking"),
}
EVERYWHERE = ""


class ListField(SelectField):
    """One of a few words, as they were offered."""

    def __init__(self, label: Any = None, *, words: Mapping[Any, Any], **kwargs: Any) -> None:
        choices = [SelectChoice(str(value), text) for value, text in words.items()]
        super().__init__(label, choices=choices, validate_choice=False, **kwargs)

    def pre_validate(self, _form: Any) -> None:
        """Only what is on the list."""
        if self.data not in {choice.value for choice in self.choices or ()}:
            raise ValidationError(str(NOT_ON_THE_LIST))


class ExtraPricesForm(CardForm):
    """What each extra costs; empty is free."""

    extras: tuple[HouseExtra, ...] = ()

    @classmethod
    def of(cls, house: House, *, today: date = date.min, **more: Any) -> Self:
        """The prices that hold now."""
        card = card_on(house, today)
        known = {rate.extra: rate for rate in card.extras}
        fields: dict[str, Any] = {}
        stands: dict[str, Any] = {"valid_from": first_day(card, today)}
        for extra in house.extras:
            cents, per, vat = _names(extra.slug)
            fields[cents] = HundredthsField(extra.name, most=DEAREST_CENTS)
            fields[per] = ListField(_l("This is"), words=MEASURES_OF_EXTRAS)
            fields[vat] = HundredthsField(_l("VAT on top"), most=10_000)
            rate = known.get(extra.slug)
            stands[per] = Measure.PIECE if rate is None else rate.measure
            stands |= {} if rate is None else {cents: rate.cents, vat: rate.vat_bp}
        own: type[Self] = type(cls.__name__, (cls,), fields)
        form = own(**stands, **more)
        form.extras = house.extras
        return form

    def card_from(self, before: HouseCard) -> HouseCard:
        """The card with these prices."""
        return replace(before, extras=tuple(self._rates()))

    def _rates(self) -> Iterator[HouseExtraRate]:
        for extra in self.extras:
            cents, per, vat = (self[name].data for name in _names(extra.slug))
            if cents:
                yield HouseExtraRate(extra.slug, Measure(per), cents, vat)

    @property
    def rows(self) -> list[list[Field]]:
        """The fields of each extra: what it costs, for what, and the VAT."""
        return [[self[name] for name in _names(extra.slug)] for extra in self.extras]


class SurchargesForm(CardForm):
    """What the house asks more; a row without a name does not count."""

    many: int = 0
    known: int = 0
    """How many rows tell what holds already; who empties the name of one takes it away."""

    @classmethod
    def of(cls, house: House, *, today: date = date.min, **more: Any) -> Self:
        """What holds now, and room for one more."""
        card = card_on(house, today)
        rooms = {EVERYWHERE: _("All rooms")} | {
            room.slug: room.name
            for room in house.rooms
            if room.retired_at is None or room.slug in {each.room for each in card.surcharges}
        }
        many = min(len(card.surcharges) + 1, MOST_SURCHARGES)
        fields = {
            name: field
            for number in range(many)
            for name, field in zip(_row_names(number), _row_fields(rooms), strict=True)
        }
        own: type[Self] = type(cls.__name__, (cls,), fields)
        stands = {
            name: value
            for number, each in enumerate(card.surcharges)
            for name, value in zip(_row_names(number), _row_values(each), strict=True)
        }
        blank = {f"measure_{many - 1}": Measure.SHARE, f"room_{many - 1}": EVERYWHERE}
        form = own(valid_from=first_day(card, today), **{**blank, **stands}, **more)
        form.many, form.known = many, len(card.surcharges)
        for number in range(many):
            form[f"days_{number}"].offer((str(day), weekdays()[day][1]) for day in range(7))
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself, and then that each row makes sense."""
        is_right = bool(super().validate(extra_validators))
        names: set[str] = set()
        for number, row in enumerate(self.rows):
            name, measure, amount, _days, starts, ends, _room, _vat = row
            is_taken_away = number < self.known and not name.typed
            if is_taken_away or (not name.data and amount.data is None):
                continue
            self._look_at_time(starts, ends)
            if not name.data and not name.errors:
                self.wrong(name, _("Write what it is for, such as weekend."))
            elif name.data in names:
                self.wrong(name, _("This name is here twice. Choose another one."))
            names.add(name.data)
            if not amount.data and not amount.errors:
                self.wrong(amount, _("Write how much it is."))
            elif measure.data == Measure.SHARE and amount.data > MOST_MORE_PER_CENT * 100:
                self.wrong(amount, _("Write at most %(most)s %%.", most=MOST_MORE_PER_CENT))
        return is_right and not self.errors

    def card_from(self, before: HouseCard) -> HouseCard:
        """The card with these surcharges."""
        return replace(before, surcharges=tuple(self._surcharges()))

    @property
    def rows(self) -> list[list[Any]]:
        """The fields of each row, in the order of `_row_names`."""
        return [[self[name] for name in _row_names(number)] for number in range(self.many)]

    def _surcharges(self) -> Iterator[HouseSurcharge]:
        for row in self.rows:
            name, measure, amount, days, starts, ends, room, vat = (each.data for each in row)
            if not name:
                continue
            span = WHOLE_DAY if starts is None else (starts, ends_after(starts, ends))
            is_service = measure == Measure.BOOKING
            yield HouseSurcharge(
                name=name,
                measure=Measure(measure),
                amount=amount,
                weekdays=tuple(int(day) for day in days or ()),
                starts=span[0],
                ends=span[1],
                room=room or None,
                vat_bp=vat if is_service else None,
            )

    def _look_at_time(self, starts: Field, ends: Field) -> None:
        if starts.errors or ends.errors:
            return
        if (starts.data is None) != (ends.data is None):
            lacking = starts if starts.data is None else ends
            self.wrong(lacking, _("Write both times, or leave both empty."))
        elif starts.data is not None and starts.data >= MINUTES_A_DAY:
            self.wrong(starts, _("Begin before midnight."))
        elif starts.data is not None and ends_after(starts.data, ends.data) > LATEST_CLOSING:
            self.wrong(ends, _("End at noon of the next day at the latest."))


def _names(extra: str) -> tuple[str, str, str]:
    return f"cents_{extra}", f"per_{extra}", f"vat_{extra}"


def _row_names(number: int) -> tuple[str, ...]:
    names = ("name", "measure", "amount", "days", "starts", "ends", "room", "vat")
    return tuple(f"{name}_{number}" for name in names)


def _row_fields(rooms: Mapping[str, str]) -> Iterable[Any]:
    return (
        LineField(_l("What is it for?"), longest=LONGEST_NAME),
        ListField(_l("This is"), words=MEASURES_OF_SURCHARGES),
        HundredthsField(_l("How much more?"), most=DEAREST_CENTS),
        TicksField(_l("Only on these days")),
        AtField(_l("From")),
        AtField(_l("Until")),
        ListField(_l("In which room?"), words=rooms),
        HundredthsField(_l("VAT on top"), most=10_000),
    )


def _row_values(each: HouseSurcharge) -> Iterable[Any]:
    is_all_day = (each.starts, each.ends) == WHOLE_DAY
    return (
        each.name,
        each.measure,
        each.amount,
        [str(day) for day in each.weekdays],
        None if is_all_day else each.starts,
        None if is_all_day else each.ends,
        each.room or EVERYWHERE,
        each.vat_bp,
    )
