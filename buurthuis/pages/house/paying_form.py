"""The form of how groups pay in a house: where to, within how many days, and in which ways."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from stdnum import iban as ibans
from wtforms import Field, ValidationError

from buurthuis.foundation.clock import now as the_moment
from buurthuis.foundation.forms import LineField, WordField
from buurthuis.foundation.typed import OnDayField, TicksField, WholeField
from buurthuis.imports.house import House
from buurthuis.imports.models import Part
from buurthuis.imports.paying import OFFERS, HousePaying, Ways, as_iban, in_order, is_iban
from buurthuis.pages.house.card_forms import card_on
from buurthuis.pages.house.field_words import FIELDS
from buurthuis.pages.house.forms import ChangeForm
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.standing import StandingCode
from buurthuis.tariffs.ways.models import LONGEST_EXEMPTION, LONGEST_HOLDER, MOST_DAYS
from buurthuis.tariffs.ways.words import WAYS


class PayingForm(ChangeForm):
    """How groups pay; a group for which nothing is ticked pays as everybody does."""

    part = Part.PAYING

    iban = LineField(FIELDS["iban"], longest=60)
    holder = LineField(FIELDS["holder"], longest=LONGEST_HOLDER)
    days = WholeField(
        FIELDS["days"], least=0, most=MOST_DAYS, missing=_l("Write a number of days, such as 14.")
    )
    bills_from = OnDayField(FIELDS["bills_from"])
    exemption = LineField(FIELDS["exemption"], longest=LONGEST_EXEMPTION)
    ways = TicksField(FIELDS["ways"])
    first = WordField(_l("Which way comes first?"), words=Way)

    @classmethod
    def of(cls, house: House, **more: Any) -> Self:
        """What holds now, with a row of ways for each standing of the house."""
        now, standings = house.paying, dict(_standings(house))
        apart = dict(now.by_standing)
        fields = {_name(code): TicksField(words) for code, words in standings.items()}
        form: Any = type("PayingFormOfHouse", (cls,), fields)
        typed: dict[str, Any] = {_name(code): _codes(apart.get(code, ())) for code in standings}
        made = form(
            iban=ibans.format(now.iban),
            holder=now.holder,
            days=now.days,
            bills_from=now.bills_from,
            exemption=now.exemption,
            ways=_codes(now.ways),
            first=now.ways[0].value,
            **typed,
            **more,
        )
        made.standings = list(standings)
        made.first.options = [(way.value, str(WAYS[way])) for way in OFFERS]
        for ticks in (made.ways, *made.apart):
            ticks.offer((way.value, WAYS[way]) for way in OFFERS)
        return made  # type: ignore[no-any-return]

    standings: list[StandingCode]

    @property
    def apart(self) -> list[Field]:
        """The ways of each standing."""
        return [self[_name(code)] for code in self.standings]

    def told_of(self, ticks: Field) -> str:
        """What is ticked for a standing, in a word."""
        ticked = set(ticks.data or ())
        return ", ".join(str(WAYS[way]) for way in OFFERS if way in ticked) or _("as everybody")

    def edited(self, house: House) -> House:
        """The house with these ways; a standing that is not on the page keeps its own."""
        before = dict(house.paying.by_standing)
        shown = {code: self[_name(code)].data for code in self.standings}
        apart = {code: ways for code, ways in before.items() if code not in shown}
        apart |= {
            code: _as_ways(typed, before.get(code, ())) for code, typed in shown.items() if typed
        }
        paying = HousePaying(
            iban=as_iban(self.iban.data or ""),
            holder=self.holder.data or "",
            days=self.days.data,
            bills_from=self.bills_from.data,
            exemption=self.exemption.data or "",
            ways=_as_ways(self.ways.data, (self.first.data, *house.paying.ways)),
            by_standing=in_order(apart.items()),
        )
        return replace(house, paying=paying)

    def validate_iban(self, field: Field) -> None:
        """A number whose check digits are right, or none."""
        if field.data and not is_iban(field.data):
            raise ValidationError(_("This bank account number is not right. Look at it once more."))

    def validate_ways(self, field: Field) -> None:
        """Everybody can pay somehow."""
        if not field.data:
            raise ValidationError(_("Choose one way at least."))


def _standings(house: House) -> Iterator[tuple[StandingCode, str]]:
    """The standings of the prices that hold today, by the name that the house gives them."""
    for each in card_on(house, day_of(the_moment())).standings:
        yield each.kind, each.label


def _name(code: StandingCode) -> str:
    return f"ways_{code.replace('-', '__')}"


def _codes(ways: Iterable[Way]) -> list[str]:
    return [way.value for way in ways]


def _as_ways(typed: Iterable[str], before: Iterable[Way | None]) -> Ways:
    """What was ticked: in the order that is known, and then what is new."""
    ticked = set(map(Way, typed))
    return tuple(way for way in dict.fromkeys((*before, *OFFERS)) if way in ticked)
